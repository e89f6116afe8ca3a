import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { describeGoneFolder } from './failure.ts';

/**
 * The absolute path of git. A name would be looked up by the system, which on Windows begins in the current folder, and
 * npm puts `node_modules/.bin` first in PATH: both can hold a git that the repository brought.
 */
export function findGit(host: Host): string {
  const path = host.platform === 'win32' ? win32 : posix;
  const name = host.platform === 'win32' ? 'git.exe' : 'git';
  const top = nearestRepository(host);
  const looked: string[] = [];
  for (const folder of searchPath(host).split(path.delimiter)) {
    if (!path.isAbsolute(folder) || isBroughtByRepository(folder, top, host)) continue;
    looked.push(folder);
    const candidate = path.join(folder, name);
    if (isProgram(candidate)) return candidate;
  }
  throw new KeyguardError('git', whyMissing(host, looked));
}

function searchPath(host: Host): string {
  if (host.platform !== 'win32') return host.env['PATH'] ?? '';
  return Object.entries(host.env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
}

function isBroughtByRepository(folder: string, top: string | null, host: Host): boolean {
  const path = host.platform === 'win32' ? win32 : posix;
  if (folder.split(/[\\/]/u).includes('node_modules')) return true;
  if (top === null || !isWithin(folder, top, host)) return false;
  // Somebody who keeps the home folder (or the whole machine) in git has git itself inside of that repository.
  const home = host.env['HOME'] ?? host.env['USERPROFILE'];
  return home === undefined || !path.isAbsolute(home) || !isWithin(home, top, host);
}

/** The folder with `.git`, which is a file in a linked worktree and in a submodule; null outside of a repository. */
export function nearestRepository(host: Host): string | null {
  const path = host.platform === 'win32' ? win32 : posix;
  for (let folder = host.cwd; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (path.dirname(folder) === folder) return null;
  }
}

function isWithin(folder: string, top: string, host: Host): boolean {
  const path = host.platform === 'win32' ? win32 : posix;
  const way = path.relative(top, folder);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function isProgram(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    return statSync(candidate).isFile();
  } catch {
    return false;
  }
}

function whyMissing(host: Host, looked: readonly string[]): string {
  if (!existsSync(host.cwd)) return describeGoneFolder(host.cwd);
  const where = looked.length === 0 ? 'no usable folder there' : looked.join(', ');
  return `git was not found on PATH (looked in ${where}); install it from https://git-scm.com or add its folder to PATH.`;
}
