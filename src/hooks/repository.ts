import { realpathSync } from 'node:fs';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { type GitSetting, openPorcelain, type Porcelain } from '../sources/git/porcelain.ts';

/** The repository around the current folder, as the installer needs to know it. Paths are absolute. */
export interface HookedRepository {
  /** Of the worktree; of a bare repository, the repository itself. */
  readonly top: string;
  readonly isBare: boolean;
  /** `.git` of the main worktree; a linked worktree has its hooks there too. */
  readonly commonDir: string;
  /** Where git looks for hooks unless `core.hooksPath` says otherwise. */
  readonly hooksDir: string;
  /** Where git looks for hooks now. */
  readonly effectiveDir: string;
  /** The current folder below `top`, `/` as separator; empty at the top. */
  readonly folder: string;
  readonly hooksPath: GitSetting | null;
  readonly gitVersion: readonly number[];
}

export async function findRepository(host: Host, git: Porcelain = openPorcelain(host)): Promise<HookedRepository> {
  const gitVersion = await git.version();
  demandVersion(gitVersion);
  const commonDir = await commonDirOf(git, host);
  const isBare = (await git.revParse('--is-inside-work-tree')) !== 'true';
  if (isBare && (await git.revParse('--is-bare-repository')) !== 'true') throw noWorkTree(host.cwd);
  const hooksPath = await git.setting('core.hookspath');
  return {
    top: isBare ? commonDir : resolve(await git.revParse('--show-toplevel')),
    isBare,
    commonDir,
    hooksDir: join(commonDir, 'hooks'),
    // An empty core.hooksPath is no path to git, and it runs no hook then.
    effectiveDir:
      hooksPath?.value === ''
        ? join(commonDir, 'hooks')
        : resolve(await git.revParse('--path-format=absolute', '--git-path', 'hooks')),
    folder: isBare ? '' : (await git.revParse('--show-prefix')).replace(/\/$/u, ''),
    hooksPath,
    gitVersion,
  };
}

/** The folder below the top that a package is installed in: where its `node_modules` stands, else the current folder. */
export function packageFolder(repository: HookedRepository, keyguardBin: string): string {
  const parts = wayTo(repository, keyguardBin).split('/');
  const depth = parts.indexOf('node_modules');
  return depth === -1 ? repository.folder : parts.slice(0, depth).join('/');
}

/** Keyguard's file from the top of the repository, for a file that others share: no path of this machine. */
export function sharedBin(repository: HookedRepository, keyguardBin: string): string {
  const way = wayTo(repository, keyguardBin);
  const folder = packageFolder(repository, keyguardBin);
  const bin =
    way !== '' && !way.includes('node_modules/') ? way : posix.join(folder, 'node_modules/keyguard/bin/keyguard.js');
  return /^[\w./-]+$/u.test(bin) ? bin : 'node_modules/keyguard/bin/keyguard.js';
}

export function noWorkTree(cwd: string): KeyguardError {
  return new KeyguardError(
    'install',
    `${cwd} has no working tree, so nobody commits in it. Only a server needs a hook there: --hooks pre-receive.`,
  );
}

/** From the top to a file below it, `/` as separator; empty for a file elsewhere. */
function wayTo({ top }: HookedRepository, file: string): string {
  const way = relative(top, realpathSync(file));
  return way.startsWith('..') || isAbsolute(way) ? '' : way.split(sep).join('/');
}

async function commonDirOf(git: Porcelain, host: Host): Promise<string> {
  try {
    return resolve(await git.revParse('--path-format=absolute', '--git-common-dir'));
  } catch (cause) {
    const words = cause instanceof KeyguardError ? `: ${cause.message}` : '';
    throw new KeyguardError(
      'not-a-repository',
      `${host.cwd} is not in a repository that git can open${words}. Run "git init" first, or change to the repository.`,
      { cause },
    );
  }
}

/** `rev-parse --path-format` came with 2.31, pre-merge-commit with 2.24. */
function demandVersion([major = 0, minor = 0, ...rest]: readonly number[]): void {
  if (major > 2 || (major === 2 && minor >= 31)) return;
  throw new KeyguardError(
    'git',
    `keyguard install needs git 2.31 or newer; here is ${[major, minor, ...rest].join('.')}.`,
  );
}
