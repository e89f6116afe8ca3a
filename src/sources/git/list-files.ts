import type { RawPath } from '../../model/fragment.ts';
import { rawPathFrom, rawPathFromText } from '../../model/fragment.ts';
import { splitAtNul } from './raw-diff.ts';
import type { Repository } from './repository.ts';
import type { GitOutput } from './run.ts';
import { runGit } from './run.ts';

export interface TrackedPath {
  readonly isSubmodule: boolean;
  /** Left out of the worktree on purpose, by a sparse checkout. */
  readonly isSparse: boolean;
  readonly place: RawPath;
}

export interface Untracked {
  /** A place that ends in a slash is another repository, into which git does not look. */
  readonly places: readonly RawPath[];
  /** Folders that git could not read: it warns, leaves them out, and still ends with 0. */
  readonly unlisted: readonly { readonly folder: RawPath; readonly why: string }[];
}

/** What the index holds, each path once, in the order of the bytes. */
export async function listTracked(repository: Repository): Promise<readonly TrackedPath[]> {
  const { stdout } = await lsFiles(repository, ['-t', '--stage']);
  const tracked = new Map<RawPath, TrackedPath>();
  for (const field of splitAtNul(stdout)) {
    // A tag, then mode, id and stage: `H 100644 1a2b… 0`.
    const tab = field.indexOf('\t');
    const [tag, mode] = field.subarray(0, tab).toString('latin1').split(' ');
    const place = rawPathFrom(field.subarray(tab + 1));
    tracked.set(place, { place, isSubmodule: mode === '160000', isSparse: tag === 'S' });
  }
  return [...tracked.values()];
}

/** Git cuts its messages at 4096 bytes, and a folder's name can hold a line break: the second half may be missing. */
const UNLISTED = /^warning: could not open directory '(?<folder>.*?)(?:': (?<why>.*))?$/u;

/** Files of the worktree that git neither tracks nor ignores. */
export async function listUntracked(repository: Repository): Promise<Untracked> {
  const { stdout, stderr } = await lsFiles(repository, ['--others', '--exclude-standard']);
  const unlisted = stderr.split('\n').flatMap((line) => {
    const { folder, why = 'its name is too long' } = UNLISTED.exec(line)?.groups ?? {};
    return folder === undefined ? [] : [{ folder: rawPathFromText(folder), why }];
  });
  return { places: splitAtNul(stdout).map(rawPathFrom), unlisted };
}

/** How many files and whole folders git ignores: they are out of scope, and said to be. */
export async function countIgnored(repository: Repository): Promise<number> {
  const { stdout } = await lsFiles(repository, ['--others', '--ignored', '--exclude-standard', '--directory']);
  return splitAtNul(stdout).length;
}

/**
 * From the top folder, wherever the current one is: changing it would change what a relative `GIT_DIR` means. That takes
 * pathspec magic, which is switched off for every other command.
 */
function lsFiles(repository: Repository, what: readonly string[]): Promise<GitOutput> {
  return runGit(repository.git, ['ls-files', '-z', '--full-name', ...what, '--', ':/'], { pathspecs: 'magic' });
}
