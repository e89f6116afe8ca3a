import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { cleanEnv, repoAt, type TestRepo } from './repo.ts';

/** A repository as it lies on a server, and clones of it as build servers make them. */
export interface Server {
  readonly origin: TestRepo;
  /** The id behind a name of the server. */
  readonly id: (name: string) => string;
  /** `git clone`, then what is checked out is not on a branch. */
  readonly clone: (options: CloneOptions) => TestRepo;
  /** As actions/checkout does it: one ref is fetched, and with depth 0 all branches. */
  readonly checkout: (ref: string, depth?: number) => TestRepo;
  /** A file beside the clones, as that of an event. */
  readonly file: (name: string, content: string) => string;
}

export interface CloneOptions {
  readonly at: string;
  readonly depth?: number;
  readonly singleBranch?: string;
}

/** For all tests of a file; `make` fills the server. */
export function server(make: (origin: TestRepo) => void): Server {
  const folder = mkdtempSync(join(tmpdir(), 'keyguard-builds-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const dir = join(folder, 'origin');
  mkdirSync(dir);
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('git', args, { cwd, env: cleanEnv(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  git(folder, 'init', '-q', '-b', 'main', dir);
  const origin = repoAt(dir);
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  make(origin);
  const url = pathToFileURL(dir).href;
  let clones = 0;
  const nextDir = (): string => join(folder, `clone-${(clones += 1)}`);
  return {
    origin,
    id: (name) => origin.git('rev-parse', `${name}^{commit}`).trim(),
    clone: ({ at, depth, singleBranch }) => {
      const to = nextDir();
      const how = [
        ...(depth === undefined ? [] : [`--depth=${depth}`]),
        ...(singleBranch === undefined ? ['--no-single-branch'] : ['--single-branch', `--branch=${singleBranch}`]),
      ];
      git(folder, 'clone', '-q', ...how, url, to);
      git(to, 'checkout', '-q', '--detach', at);
      return repoAt(to);
    },
    checkout: (ref, depth = 1) => {
      const to = nextDir();
      git(folder, 'init', '-q', to);
      git(to, 'remote', 'add', 'origin', url);
      const kept = ref
        .replace(/^refs\/heads\//u, 'refs/remotes/origin/')
        .replace(/^refs\/pull\//u, 'refs/remotes/pull/');
      const all =
        depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'] : [`--depth=${depth}`];
      git(
        to,
        'fetch',
        '-q',
        '--no-tags',
        ...all.filter((one) => one.startsWith('--')),
        'origin',
        ...all.filter((one) => !one.startsWith('--')),
        `+${ref}:${kept}`,
      );
      git(to, 'checkout', '-q', '--detach', kept);
      return repoAt(to);
    },
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}
