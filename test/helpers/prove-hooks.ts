import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { installHooks, type InstallOptions, type InstallResult } from '../../src/hooks/install.ts';
import { DEFAULT_HOOKS } from '../../src/hooks/hook-names.ts';
import { uninstallHooks } from '../../src/hooks/uninstall.ts';
import { testHost } from '../sources/host.ts';
import { type HookedRepo, snapshot } from './hooked-repo.ts';
import { fakeKey } from './keys.ts';
import { KEYGUARD_BIN } from './run.ts';

/** What a hook of somebody else writes, where RECORD names the file. */
export const EARLIER = 'echo before >> "$RECORD"';

export interface Scenario {
  readonly repo: HookedRepo;
  /** Where git is run, if not at the top. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: Partial<InstallOptions>;
  /** Whether a hook that was there before writes `EARLIER` at each commit. */
  readonly hasEarlier?: boolean;
  /** Merges and pushes are shown elsewhere for this kind of hook. */
  readonly commitsOnly?: boolean;
  /** What is in hooks that a manager writes by itself meanwhile. */
  readonly manager?: RegExp;
}

/**
 * Installs, and shows with git what the issue of an installer is: a key is stopped, a clean commit passes, what was there
 * before still runs, a merge and a push ask keyguard, a second installation changes nothing, and an uninstallation leaves
 * nothing.
 */
export async function proveHooks(scenario: Scenario): Promise<InstallResult> {
  const { repo, cwd = repo.dir, env = {}, hasEarlier = true } = scenario;
  const before = standing(repo, scenario.manager);
  const result = await installIn(scenario);
  const after = snapshot(repo.dir);
  const again = await installIn(scenario);
  expect(again.edits.map(({ done }) => done)).toEqual(again.edits.map(() => 'unchanged'));
  expect(snapshot(repo.dir)).toEqual(after);
  repo.run(['add', '-A'], env, cwd);
  repo.run(['commit', '-qnm', 'the hooks'], env, cwd);
  repo.record();

  stopsKey(repo, cwd, env);
  repo.record();
  expect(commit(repo, cwd, env, 'clean.txt', 'clean\n')).toMatchObject({ code: 0 });
  expect(repo.record().filter((line) => line === 'before').length).toBe(hasEarlier ? 1 : 0);
  if (scenario.commitsOnly !== true) {
    asksForMerge(repo, cwd, env);
    asksForPush(repo, cwd, env);
  }

  await uninstallHooks(testHost(cwd, env), { dryRun: false });
  expect(standing(repo, scenario.manager)).toEqual(before);
  return result;
}

export async function installIn({ repo, cwd = repo.dir, env = {}, options = {} }: Scenario): Promise<InstallResult> {
  return installHooks(testHost(cwd, env), {
    hooks: DEFAULT_HOOKS,
    manager: null,
    ifMissing: 'block',
    dryRun: false,
    keyguardBin: KEYGUARD_BIN,
    ...options,
  });
}

type Env = Readonly<Record<string, string>>;

export function commit(repo: HookedRepo, cwd: string, env: Env, path: string, content: string) {
  writeFileSync(join(cwd, path), content);
  repo.run(['add', '--', path], env, cwd);
  return repo.run(['commit', '-qm', path], env, cwd);
}

export function stopsKey(repo: HookedRepo, cwd: string, env: Env): void {
  const { code, stderr } = commit(repo, cwd, env, 'key.ts', `const key = '${fakeKey('openaiProject')}';\n`);
  expect(stderr).toContain('commit stopped: ');
  expect(code).not.toBe(0);
  repo.run(['rm', '-qf', 'key.ts'], env, cwd);
}

/** The keyguard that records stands in: what a merge or push may bring in is another test's question. */
function asksForMerge(repo: HookedRepo, cwd: string, env: Env): void {
  const asked = { ...env, KEYGUARD_BIN: repo.bin, EXIT: '1' };
  repo.run(['checkout', '-q', '-b', 'side'], env, cwd);
  writeFileSync(join(cwd, 'side.txt'), 'side\n');
  repo.run(['add', '-A'], env, cwd);
  repo.run(['commit', '-qnm', 'side'], env, cwd);
  repo.run(['checkout', '-q', '-'], env, cwd);
  repo.run(['commit', '-qn', '--allow-empty', '-m', 'main'], env, cwd);
  repo.record();
  expect(repo.run(['merge', '-q', '--no-edit', 'side'], asked, cwd).code).not.toBe(0);
  expect(calls(repo)).toContainEqual(['hook', 'pre-merge-commit']);
  repo.run(['merge', '--abort'], env, cwd);
}

function asksForPush(repo: HookedRepo, cwd: string, env: Env): void {
  const remote = join(repo.dir, '..', 'remote of it');
  mkdirSync(remote);
  repo.run(['init', '-q', '--bare', remote], env);
  const push = ['push', '-q', remote, 'HEAD:refs/heads/one', 'HEAD:refs/heads/two'];
  expect(repo.run(push, { ...env, KEYGUARD_BIN: repo.bin, EXIT: '1' }, cwd).code).not.toBe(0);
  const seen = repo.record().filter((line) => line.startsWith('{'));
  expect(seen).toHaveLength(1);
  expect(seen[0]).toContain('"hook","pre-push"');
  expect(seen[0]).toContain('refs/heads/one');
  expect(seen[0]).toContain('refs/heads/two');
}

function calls(repo: HookedRepo): readonly (readonly string[])[] {
  return repo
    .record()
    .filter((line) => line.startsWith('{'))
    .map((line): { readonly argv: readonly string[] } => JSON.parse(line))
    .map(({ argv }) => argv);
}

/** Files, hooks and settings, without their dates; not what commits leave behind. */
function standing(repo: HookedRepo, manager: RegExp = /^$/u): readonly string[] {
  const all = snapshot(repo.dir).map((line) => line.replace(/^(?<file>.* \d+) [\d.]+ /u, '$<file> '));
  const kept = all.filter(
    (line) => !/^(?:node_modules|\.git)\//u.test(line) || /^\.git\/(?:hooks|keyguard|config)/u.test(line),
  );
  return kept.filter((line) => !/^(?:clean|side)\.txt /u.test(line) && !manager.test(line));
}
