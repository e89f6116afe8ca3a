import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ruleset } from '#compiled/ruleset';
import { loadPolicy } from '../config/load-policy.ts';
import { BASELINE_FILE, CONFIG_FILE, IGNORE_FILE, type Policy, type PolicyFiles } from '../config/policy.ts';
import { whyNotSkippable } from '../config/rule-ids.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { KNOWN_RULES } from './known-rules.ts';
import { ifThere, readRegular } from './read-regular.ts';
import { readSmallFiles } from '../sources/git/small-files.ts';
import { mayHold } from '../sources/git/read-index.ts';
import type { Repository } from '../sources/git/repository.ts';
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
type ReadRuleFile = (path: string) => Promise<Uint8Array | null>;

const POLICY_FILES = [CONFIG_FILE, IGNORE_FILE, BASELINE_FILE];

/** What is about to be committed decides: a new allow counts, one that lies in the working tree only does not. */
export async function policyOfIndex(
  repository: Repository,
  index: Buffer,
  host: Host,
  settings: PolicySettings,
): Promise<LoadedPolicy> {
  // Most repositories have none of these files, and asking git for them costs a hook as much as scanning.
  const [files, filesBefore] = mayHold(index, POLICY_FILES) ? await readPolicyFiles(repository) : [NO_FILES, NO_FILES];
  const fromIndex = async (path: string): Promise<Uint8Array | null> =>
    (await readSmallFiles(repository.git, [`:${path}`]))[0] ?? null;
  const policy = await policyFrom(files, 'the index', host, settings, fromIndex);
  return { ...policy, before: await policyBefore(filesBefore, files, policy, host, settings) };
}

/** As for a commit; which silence is new is told by what the receiver of a push has. */
export async function policyOfPush(
  repository: Repository,
  index: Buffer,
  base: () => Promise<string | null>,
  host: Host,
  settings: PolicySettings,
): Promise<LoadedPolicy> {
  const policy = await policyOfIndex(repository, index, host, settings);
  if (!mayHold(index, POLICY_FILES)) return policy;
  const commit = await base();
  try {
    return { ...policy, before: await policyOfCommit(repository, commit, 'the remote', host, settings) };
  } catch (error) {
    if (!(error instanceof KeyguardError) || error.code !== 'config') throw error;
    return { ...policy, before: await policyOfCommit(repository, null, 'the remote', host, settings) };
  }
}

const NO_FILES: PolicyFiles = { config: null, ignore: null, baseline: null };

/** As the index and as HEAD hold them, in one question; before the first commit HEAD holds nothing. */
async function readPolicyFiles({ git }: Repository): Promise<readonly [index: PolicyFiles, head: PolicyFiles]> {
  const names = ['', 'HEAD'].flatMap((commit) => POLICY_FILES.map((name) => `${commit}:${name}`));
  const [config = null, ignore = null, baseline = null, ...before] = await readSmallFiles(git, names);
  const [configBefore = null, ignoreBefore = null, baselineBefore = null] = before;
  return [
    { config, ignore, baseline },
    { config: configBefore, ignore: ignoreBefore, baseline: baselineBefore },
  ];
}

async function policyBefore(
  before: PolicyFiles,
  now: PolicyFiles,
  policy: LoadedPolicy,
  host: Host,
  settings: PolicySettings,
): Promise<Policy> {
  if (isSame(before.config, now.config) && isSame(before.ignore, now.ignore) && isSame(before.baseline, now.baseline))
    return policy;
  try {
    return await policyOver(before, 'HEAD', host, settings, policy.userRules);
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    // HEAD holds a broken file, which this change may be mending: it silenced nothing.
    return policyOver(NO_FILES, 'HEAD', host, settings, policy.userRules);
  }
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other;
  return Buffer.compare(one, other) === 0;
}

/**
 * What a commit holds decides, so that what comes after it cannot silence itself: neither by these files nor by a comment
 * beside a key. null is a repository without commits.
 */
export async function policyOfCommit(
  { git }: Pick<Repository, 'git'>,
  commit: string | null,
  from: string,
  host: Host,
  settings: PolicySettings,
): Promise<LoadedPolicy> {
  const named = async (names: readonly string[]): Promise<readonly (Buffer | null)[]> =>
    commit === null
      ? []
      : readSmallFiles(
          git,
          names.map((name) => `${commit}:${name}`),
        );
  const [config = null, ignore = null, baseline = null] = await named(POLICY_FILES);
  const fromCommit: ReadRuleFile = async (path) => (await named([path]))[0] ?? null;
  return {
    ...(await policyFrom({ config, ignore, baseline }, from, host, settings, fromCommit)),
    honoursAllows: false,
  };
}

/**
 * For who guards against those that write here: what HEAD holds, rules and all. What it silences counts only while the
 * working tree says the same.
 */
export async function policyOfHead(repository: Repository, host: Host): Promise<LoadedPolicy> {
  const { git, head, top } = repository;
  const settings: PolicySettings = { skipRules: [], failOn: null, config: null };
  const policy = await policyOfCommit(repository, head, 'HEAD', host, settings);
  const there = POLICY_FILES.map((name) => readRegular(join(top, name)));
  const committed =
    head === null
      ? []
      : await readSmallFiles(
          git,
          POLICY_FILES.map((name) => `${head}:${name}`),
        );
  if (there.every((bytes, i) => isSame(bytes, committed[i] ?? null))) return policy;
  return { ...policy, isIgnored: () => false, isSwitchedOff: () => false, accepted: new Map() };
}

/** The files at the top of the repository, or in the current folder where there is none. */
export async function policyOfFolder(folder: string, host: Host, settings: PolicySettings): Promise<LoadedPolicy> {
  const files = {
    config: readRegular(join(folder, CONFIG_FILE)),
    ignore: readRegular(join(folder, IGNORE_FILE)),
    baseline: readRegular(join(folder, BASELINE_FILE)),
  };
  return policyFrom(files, 'the working tree', host, settings, async (path) => readRegular(join(folder, path)));
}

async function policyFrom(
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
async function policyOver(
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
