import { join } from 'node:path';
import { BASELINE_FILE, CONFIG_FILE, IGNORE_FILE, type Policy, type PolicyFiles } from '../config/policy.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { type LoadedPolicy, policyFrom, policyOver, type PolicySettings, type ReadRuleFile } from './policy-from.ts';
import { readRegular } from './read-regular.ts';
import { readSmallFiles } from '../sources/git/small-files.ts';
import { mayHold } from '../sources/git/read-index.ts';
import type { Repository } from '../sources/git/repository.ts';

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
