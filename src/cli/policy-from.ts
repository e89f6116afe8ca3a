import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ruleset } from '#compiled/ruleset';
import { loadPolicy } from '../config/load-policy.ts';
import { CONFIG_FILE, type Policy, type PolicyFiles } from '../config/policy.ts';
import { whyNotSkippable } from '../config/rule-ids.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { KNOWN_RULES } from './known-rules.ts';
import { ifThere, readRegular } from './read-regular.ts';
import type { UserRules, UserRuleText } from '../user-rules/compile-user-rules.ts';

/** What the command line says of the policy; it beats the files. */
export interface PolicySettings {
  readonly skipRules: readonly string[];
  readonly failOn: 'error' | 'warning' | null;
  /** `--config FILE`, or `none` for `--no-config`; null reads the repository's own. */
  readonly config: { readonly file: string } | 'none' | null;
  /** `--policy FILE`; without it `KEYGUARD_POLICY` may name one. */
  readonly policy?: string | null;
}

/** What a repository decided, and the rules that it brings; null where it brings none. */
export interface LoadedPolicy extends Policy {
  readonly userRules: UserRules | null;
}

/** The bytes of a rule file, by its path from where the config lies; null where there is none. */
export type ReadRuleFile = (path: string) => Promise<Uint8Array | null>;

/** What the bytes of these files decide, together with the command line and whoever starts keyguard. */
export async function policyFrom(
  files: PolicyFiles,
  from: string,
  host: Host,
  settings: PolicySettings,
  readRuleFile: ReadRuleFile,
): Promise<LoadedPolicy> {
  const userRules = await userRulesOf(configOf(files, host, settings), host, settings, readRuleFile);
  return { ...(await policyOver(files, from, host, settings, userRules)), userRules };
}

/** The policy over the rules of keyguard and those of the repository. */
export async function policyOver(
  files: PolicyFiles,
  from: string,
  host: Host,
  settings: PolicySettings,
  userRules: UserRules | null,
): Promise<Policy> {
  const rules = userRules === null ? KNOWN_RULES : [...KNOWN_RULES, ...userRules.rules];
  for (const id of settings.skipRules) {
    const problem = whyNotSkippable(id, rules);
    if (problem !== null) throw new KeyguardError('usage', `--skip-rule: ${problem}`);
  }
  const { bytes, name } = configOf(files, host, settings);
  const policy = await loadPolicy({ ...files, config: bytes }, from, rules, host.today, name);
  const file = outsideFile(host, settings);
  const outside = file === null ? null : await (await import('./outside-policy.ts')).outsidePolicy(file, host, rules);
  return {
    ...policy,
    ...(outside === null ? {} : { outside }),
    failOn: settings.failOn ?? outside?.failOn ?? policy.failOn,
    isSwitchedOff: (ruleId, path) => settings.skipRules.includes(ruleId) || policy.isSwitchedOff(ruleId, path),
  };
}

/** A config that was named on the command line, and a policy from outside, name files beside themselves. */
async function userRulesOf(
  config: NamedBytes,
  host: Host,
  settings: PolicySettings,
  readRuleFile: ReadRuleFile,
): Promise<UserRules | null> {
  const beside = (file: string): ReadRuleFile => {
    const folder = dirname(resolve(host.cwd, file));
    return async (path) => readRegular(join(folder, path));
  };
  const isNamed = settings.config !== null && settings.config !== 'none';
  const outside = outsideFile(host, settings);
  const texts = [
    ...(await ruleTextsOf(config, isNamed ? beside(config.name) : readRuleFile)),
    ...(outside === null ? [] : await ruleTextsOf(outside, beside(outside.name))),
  ];
  if (texts.length === 0) return null;
  return (await import('../user-rules/compile-user-rules.ts')).compileUserRules(texts, ruleset.rules);
}

async function ruleTextsOf({ bytes, name }: NamedBytes, read: ReadRuleFile): Promise<readonly UserRuleText[]> {
  if (bytes === null || !Buffer.from(bytes).includes('"rules"')) return [];
  const paths = await (await import('../config/config-file.ts')).ruleFilesOf(name, bytes);
  return Promise.all(
    paths.map(async (path) => {
      const file = await read(path);
      if (file === null) throw new KeyguardError('config', `${name} names the rule file ${path}, which is not there.`);
      return { name: path, text: Buffer.from(file).toString('utf8') };
    }),
  );
}

interface NamedBytes {
  readonly bytes: Uint8Array | null;
  readonly name: string;
}

/** Whoever starts keyguard says which policy beats that of the repository; null where nobody does. */
function outsideFile(
  { env, cwd }: Host,
  { policy }: PolicySettings,
): (NamedBytes & { readonly bytes: Uint8Array }) | null {
  const name = policy ?? env['KEYGUARD_POLICY'] ?? '';
  if (name === '') return null;
  const path = resolve(cwd, name);
  const bytes = ifThere(path, () => readFileSync(path));
  if (bytes !== null) return { bytes, name };
  throw new KeyguardError('config', `${name} does not exist; --policy and KEYGUARD_POLICY want a file.`);
}

function configOf(files: PolicyFiles, host: Host, { config }: PolicySettings): NamedBytes {
  if (config === null) return { bytes: files.config, name: CONFIG_FILE };
  if (config === 'none') return { bytes: null, name: CONFIG_FILE };
  const path = resolve(host.cwd, config.file);
  // May be a pipe: a shell hands over what a command prints as one.
  const bytes = ifThere(path, () => readFileSync(path));
  if (bytes === null) throw new KeyguardError('config', `${config.file} does not exist; --config wants a file.`);
  return { bytes, name: config.file };
}
