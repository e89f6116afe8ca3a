import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleset } from '#compiled/ruleset';
import { loadPolicy } from '../config/load-policy.ts';
import { BASELINE_FILE, CONFIG_FILE, IGNORE_FILE, type Policy, type PolicyFiles } from '../config/policy.ts';
import { whyNotSkippable } from '../config/rule-ids.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { readSmallFiles } from '../sources/git/small-files.ts';
import { mayHold } from '../sources/git/read-index.ts';
import type { Repository } from '../sources/git/repository.ts';

/** What the command line says of the policy; it beats the files. */
export interface PolicySettings {
  readonly skipRules: readonly string[];
  readonly failOn: 'error' | 'warning' | null;
  /** `--config FILE`, or `none` for `--no-config`; null reads the repository's own. */
  readonly config: { readonly file: string } | 'none' | null;
}

const POLICY_FILES = [CONFIG_FILE, IGNORE_FILE, BASELINE_FILE];

/** What is about to be committed decides: a new allow counts, one that lies in the working tree only does not. */
export async function policyOfIndex(
  repository: Repository,
  index: Buffer,
  host: Host,
  settings: PolicySettings,
): Promise<Policy> {
  // Most repositories have none of these files, and asking git for them costs a hook as much as scanning.
  const [files, filesBefore] = mayHold(index, POLICY_FILES) ? await readPolicyFiles(repository) : [NO_FILES, NO_FILES];
  const policy = await policyFrom(files, 'the index', host, settings);
  return { ...policy, before: await policyBefore(filesBefore, files, policy, host, settings) };
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
  policy: Policy,
  host: Host,
  settings: PolicySettings,
): Promise<Policy> {
  if (isSame(before.config, now.config) && isSame(before.ignore, now.ignore) && isSame(before.baseline, now.baseline))
    return policy;
  try {
    return await policyFrom(before, 'HEAD', host, settings);
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    // HEAD holds a broken file, which this change may be mending: it silenced nothing.
    return policyFrom(NO_FILES, 'HEAD', host, settings);
  }
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other;
  return Buffer.compare(one, other) === 0;
}

/** The files at the top of the repository, or in the current folder where there is none. */
export async function policyOfFolder(folder: string, host: Host, settings: PolicySettings): Promise<Policy> {
  const files = {
    config: readRegular(join(folder, CONFIG_FILE)),
    ignore: readRegular(join(folder, IGNORE_FILE)),
    baseline: readRegular(join(folder, BASELINE_FILE)),
  };
  return policyFrom(files, 'the working tree', host, settings);
}

async function policyFrom(files: PolicyFiles, from: string, host: Host, settings: PolicySettings): Promise<Policy> {
  for (const id of settings.skipRules) {
    const problem = whyNotSkippable(id, ruleset.rules);
    if (problem !== null) throw new KeyguardError('usage', `--skip-rule: ${problem}`);
  }
  const { bytes, name } = configOf(files, host, settings);
  const policy = await loadPolicy({ ...files, config: bytes }, from, ruleset.rules, host.today, name);
  return {
    ...policy,
    failOn: settings.failOn ?? policy.failOn,
    isSwitchedOff: (ruleId, path) => settings.skipRules.includes(ruleId) || policy.isSwitchedOff(ruleId, path),
  };
}

function configOf(
  files: PolicyFiles,
  host: Host,
  { config }: PolicySettings,
): { readonly bytes: Uint8Array | null; readonly name: string } {
  if (config === null) return { bytes: files.config, name: CONFIG_FILE };
  if (config === 'none') return { bytes: null, name: CONFIG_FILE };
  const path = resolve(host.cwd, config.file);
  // May be a pipe: a shell hands over what a command prints as one.
  const bytes = ifThere(path, () => readFileSync(path));
  if (bytes === null) throw new KeyguardError('config', `${config.file} does not exist; --config wants a file.`);
  return { bytes, name: config.file };
}

/** A repository can bring a link to a device that never ends; waiting for a pipe, not even a signal would get through. */
function readRegular(path: string): Uint8Array | null {
  return ifThere(path, () => {
    if (!statSync(path).isFile()) throw new KeyguardError('config', `${path} is not a regular file; make it one.`);
    return readFileSync(path);
  });
}

function ifThere(path: string, read: () => Uint8Array): Uint8Array | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyguardError) throw error;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw new KeyguardError('config', `${path} could not be read; make it a readable file.`, { cause: error });
  }
}
