import type { RawPath } from '../model/fragment.ts';
import { acceptedFrom } from './baseline-file.ts';
import type { Config } from './config-file.ts';
import { CONFIG_FILE, type Policy, type PolicyFiles } from './policy.ts';
import type { KnownRule } from './rule-ids.ts';

const NO_CONFIG: Config = { skipRules: [], overrides: [], failOn: 'error' };

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
  // Most repositories have neither file, and their parsers cost a hook more than its scan.
  const config =
    files.config === null
      ? NO_CONFIG
      : await (await import('./config-file.ts')).parseConfig(configName, files.config, rules);
  const isIgnored =
    files.ignore === null ? () => false : (await import('./ignore-file.ts')).parseIgnoreFile(files.ignore);
  return {
    from,
    isIgnored,
    isSwitchedOff: switchedOffBy(config),
    accepted: files.baseline === null ? new Map() : acceptedFrom(files.baseline, today, rules),
    failOn: config.failOn,
    ruleIds: rules.map((rule) => rule.id),
    before: null,
  };
}

export function switchedOffBy(config: Config): (ruleId: string, path: RawPath | null) => boolean {
  const everywhere = new Set(config.skipRules);
  return (ruleId, path) =>
    everywhere.has(ruleId) ||
    (path !== null &&
      config.overrides.some((override) => override.skipRules.includes(ruleId) && override.matches(path)));
}
