import type { Stats } from 'node:fs';
import { existsSync, lstatSync } from 'node:fs';
import type { RawPath } from '../model/fragment.ts';
import { bytesOfPath } from '../model/fragment.ts';

/** One name in the file system, and what is to be done with it. `path` are the bytes to open it by. */
export type Entry =
  | { readonly kind: 'file' | 'link' | 'folder'; readonly place: RawPath; readonly path: Buffer }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  /** In scope, but it cannot be had. `why` completes the sentence "PLACE …". */
  | { readonly kind: 'unread'; readonly place: RawPath; readonly why: string };

/** What a list holds: folders are opened up. */
export type ListedEntry = Exclude<Entry, { kind: 'folder' }>;

export type SkipReason =
  | 'submodule'
  | 'ignored-by-git'
  | 'special-file'
  | 'git-folder'
  | 'not-checked-out'
  | 'vanished';

/** What stands at `path`, links not followed. */
export function entryAt(path: Buffer, place: RawPath): Entry {
  try {
    return entryOf(lstatSync(path), path, place);
  } catch (error) {
    return isGone(error) ? { kind: 'skipped', reason: 'vanished' } : { kind: 'unread', place, why: whyUnread(error) };
  }
}

/** Whether a folder is the top of a repository: its `.git` is a folder, or a file in a submodule or worktree. */
export function isRepository(folder: Buffer): boolean {
  return existsSync(Buffer.concat([folder, Buffer.from('/.git')]));
}

/** Nothing is there any more, so nothing can leak from there. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

export function whyUnread(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENAMETOOLONG') return 'has a path that is too long for this system; nothing below it was read.';
  if (code === 'EACCES' || code === 'EPERM')
    return `could not be read (${code}); give yourself the right to read it, and scan again.`;
  return `could not be read (${code || 'unknown error'}); scan again.`;
}

export function unreadMessage(place: RawPath, why: string): string {
  return `${bytesOfPath(place).toString('utf8')} ${why}`;
}

function entryOf(stats: Stats, path: Buffer, place: RawPath): Entry {
  if (stats.isFile()) return { kind: 'file', place, path };
  if (stats.isSymbolicLink()) return { kind: 'link', place, path };
  if (stats.isDirectory()) return { kind: 'folder', place, path };
  return { kind: 'skipped', reason: 'special-file' };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
