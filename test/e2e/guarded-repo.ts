import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cleanEnv, repoAt, tempDir, type TestRepo } from '../helpers/repo.ts';
import { keyguard, type RunResult } from '../helpers/run.ts';

export interface GitCall {
  readonly args: readonly string[];
  /** Folder below the top in which it is typed. */
  readonly in?: string;
  readonly input?: string;
}

export interface GuardedRepo extends TestRepo {
  /** Runs git as a user does, hooks included. */
  readonly run: (call: GitCall) => RunResult;
  /** The commit of HEAD; '' before the first. */
  readonly head: () => string;
  /** `git commit` past every hook, for what a repository already holds when a test begins. */
  readonly commitUnchecked: (path: string, content: string | Uint8Array) => void;
}

/** A repository with one commit whose hooks `keyguard install` has written. `initArgs` go to `git init`. */
export function guardedRepo(initArgs: readonly string[] = []): GuardedRepo {
  const dir = join(realpathSync(tempDir()), 'repo');
  mkdirSync(dir);
  execFileSync('git', ['init', '-q', '-b', 'main', ...initArgs, dir], { env: cleanEnv() });
  const repo = guardedAt(dir);
  repo.commit('readme.md', 'A program.\n');
  guard(dir);
  return repo;
}

/** The same handle for a worktree or a submodule; nothing is installed there. */
export function guardedAt(dir: string): GuardedRepo {
  const repo = repoAt(dir);
  return {
    ...repo,
    run: ({ args, in: folder = '.', input = '' }) => {
      const options = { cwd: join(dir, folder), env: cleanEnv(), input, encoding: 'utf8' } as const;
      const done = spawnSync('git', args, options);
      return { code: done.status, stdout: done.stdout, stderr: done.stderr };
    },
    head: () => spawnSync('git', ['rev-parse', '-q', '--verify', 'HEAD'], { cwd: dir, encoding: 'utf8' }).stdout.trim(),
    commitUnchecked: (path, content) => {
      repo.stage(path, content);
      repo.git('commit', '-q', '--no-verify', '-m', `unchecked ${path}`);
    },
  };
}

/** `keyguard install`, which must succeed. */
export function guard(dir: string): void {
  expect(keyguard(dir, ['install'])).toMatchObject({ code: 0, stderr: '' });
}
