import type { RawPath } from '../model/fragment.ts';
import { acceptedFrom } from './baseline-file.ts';
import { type Config, NO_CONFIG, parseConfig } from './config-file.ts';
import { parseIgnoreFile } from './ignore-file.ts';
import { CONFIG_FILE, type Policy, type PolicyFiles } from './policy.ts';
import type { KnownRule } from './rule-ids.ts';

/**
 * Reads the policy of a repository from the bytes of its files. `from` says where they lay ("the index"), `today` is
 * `YYYY-MM-DD`, `configName` how errors name the config. Throws `KeyguardError` (`config`) with file, line and remedy.
 */
export async function loadPolicy(
  files: PolicyFiles,
  from: string,
  rules: readonly KnownRule[],
  today: string,
  configName: string = CONFIG_FILE,
): Promise<Policy> {
  const config = files.config === null ? NO_CONFIG : await parseConfig(configName, files.config, rules);
  return {
    from,
    isIgnored: files.ignore === null ? () => false : parseIgnoreFile(files.ignore),
    isSwitchedOff: switchedOffBy(config),
    accepted: files.baseline === null ? new Map() : acceptedFrom(files.baseline, today),
    failOn: config.failOn,
    ruleIds: rules.map((rule) => rule.id),
  };
}

function switchedOffBy(config: Config): (ruleId: string, path: RawPath | null) => boolean {
  const everywhere = new Set(config.skipRules);
  return (ruleId, path) =>
    everywhere.has(ruleId) ||
    (path !== null &&
      config.overrides.some((override) => override.skipRules.includes(ruleId) && override.matches(path)));
}
