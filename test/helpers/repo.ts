import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Settings of the machine that runs the tests must not reach git: no global or system config, fixed names and dates. */
export const GIT_ENV: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Author',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-11-20T10:00:00Z',
  GIT_COMMITTER_NAME: 'Ada Author',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '2026-11-20T10:00:00Z',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** The environment of this process without what git or a CI has put there, plus `GIT_ENV`. */
export function cleanEnv(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      value === undefined ||
      /^(?:GIT_|CI$|GITHUB_|GITLAB_|TF_BUILD$|BUILDKITE|TRAVIS|HUSKY|KEYGUARD|NO_COLOR$|FORCE_COLOR$)/u.test(name)
    )
      continue;
    kept[name] = value;
  }
  return { ...kept, ...GIT_ENV, ...extra };
}

export interface TestRepo {
  /** Absolute path of the worktree. */
  readonly dir: string;
  readonly git: (...args: string[]) => string;
  /** Writes a file of the worktree, making its folders. */
  readonly write: (path: string, content: string | Uint8Array) => void;
  /** `write` and `git add`. */
  readonly stage: (path: string, content: string | Uint8Array) => void;
  /** `stage` and `git commit`; `message` defaults to "change". */
  readonly commit: (path: string, content: string | Uint8Array, message?: string) => void;
}

/** A folder that goes when the test is over. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'keyguard-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A real repository in a temporary folder, branch `main`. `initArgs` go to `git init`. */
export function tempRepo(initArgs: readonly string[] = []): TestRepo {
  const dir = join(tempDir(), 'repo');
  mkdirSync(dir);
  execFileSync('git', ['init', '-q', '-b', 'main', ...initArgs, dir], { env: cleanEnv() });
  return repoAt(dir);
}

/** The same handle for a repository that a test made itself (a worktree, a clone, a submodule). */
export function repoAt(dir: string): TestRepo {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: dir, env: cleanEnv(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  const stage = (path: string, content: string | Uint8Array): void => {
    write(path, content);
    git('add', '--', path);
  };
  const commit = (path: string, content: string | Uint8Array, message = 'change'): void => {
    stage(path, content);
    git('commit', '-q', '-m', message);
  };
  return { dir, git, write, stage, commit };
}
