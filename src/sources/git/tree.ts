import type { Host } from '../../host.ts';
import type { RawPath } from '../../model/fragment.ts';
import { bytesOfPath, rawPathFrom, rawPathFromText } from '../../model/fragment.ts';
import type { Entry, ListedEntry } from '../entry.ts';
import { entryAt, isRepository } from '../entry.ts';
import { sourceOfEntries } from '../files.ts';
import { givenEntry } from '../given-path.ts';
import type { Source, SourceOptions } from '../source.ts';
import { walk } from '../walk.ts';
import { countIgnored, listTracked, listUntracked } from './list-files.ts';
import type { Repository } from './repository.ts';

/**
 * The working tree. Without `paths` it is what git tracks and what it does not ignore, or the current folder where there
 * is no repository. A path is read as it stands, ignored or not; one that does not exist is `KeyguardError('usage')`.
 */
export async function openTreeSource(
  repository: Repository | null,
  host: Host,
  paths: readonly string[],
  options: SourceOptions,
): Promise<Source> {
  if (paths.length > 0) {
    const listed = await listGiven(repository, host, paths.map(rawPathFromText));
    return sourceOfEntries({ kind: 'tree', detail: `the files in ${paths.join(', ')}` }, listed, options);
  }
  if (repository === null) {
    const listed = [...walk(Buffer.from(host.cwd), rawPathFromText(''))];
    return sourceOfEntries({ kind: 'tree', detail: 'the current folder, which is in no repository' }, listed, options);
  }
  const detail = 'the working tree: tracked and untracked files, without those that git ignores';
  return sourceOfEntries({ kind: 'tree', detail }, await listWorktree(repository), options);
}

async function listWorktree(repository: Repository): Promise<readonly ListedEntry[]> {
  const [tracked, untracked, ignored] = await Promise.all([
    listTracked(repository),
    listUntracked(repository),
    countIgnored(repository),
  ]);
  const locate = locatorIn(repository);
  const entries: ListedEntry[] = untracked.unlisted.map(({ folder, why }) => ({
    kind: 'unread',
    place: folder,
    why: `could not be listed (${why}); scan again when it can be read.`,
  }));
  for (const { place, isSubmodule, isSparse } of tracked) {
    if (isSubmodule) {
      for (const entry of entriesOfSubmodule(pathIn(repository, place), place, locate)) entries.push(entry);
      continue;
    }
    const entry = locate(place);
    const isLeftOut = isSparse && entry.kind === 'skipped' && entry.reason === 'vanished';
    entries.push(isLeftOut ? { kind: 'skipped', reason: 'not-checked-out' } : entry);
  }
  for (let i = 0; i < ignored; i += 1) entries.push({ kind: 'skipped', reason: 'ignored-by-git' });
  for (const place of untracked.places) {
    if (!place.endsWith('/')) entries.push(locate(place));
    else for (const entry of walk(pathIn(repository, place), withoutSlash(place))) entries.push(entry);
  }
  return entries;
}

/**
 * Only a folder with a repository of its own is left out. The index can call anything a submodule; what lies there
 * instead, a file or a plain folder, is read.
 */
function* entriesOfSubmodule(
  path: Buffer,
  place: RawPath,
  locate: (place: RawPath) => ListedEntry,
): Generator<ListedEntry, void, undefined> {
  const { kind } = entryAt(path, place);
  if (kind !== 'folder') {
    yield kind === 'skipped' ? { kind, reason: 'submodule' } : locate(place);
    return;
  }
  if (!isRepository(path)) yield* walk(path, place);
  yield { kind: 'skipped', reason: 'submodule' };
}

/** Each path once, even where the given ones overlap. */
async function listGiven(
  repository: Repository | null,
  host: Host,
  given: readonly RawPath[],
): Promise<readonly ListedEntry[]> {
  const roots = given.map((path) => givenEntry(host, repository?.top ?? host.cwd, path));
  const submodules = repository === null ? new Set<RawPath>() : await submodulesOf(repository);
  const seen = new Set<RawPath>();
  return roots
    .flatMap((root) => (root.kind === 'folder' ? [...walk(root.path, root.place, { submodules })] : [root]))
    .filter((entry) => entry.kind === 'skipped' || (!seen.has(entry.place) && seen.add(entry.place)));
}

async function submodulesOf(repository: Repository): Promise<ReadonlySet<RawPath>> {
  const tracked = await listTracked(repository);
  const places = tracked.filter(({ isSubmodule }) => isSubmodule).map(({ place }) => place);
  return new Set(places.map((place) => rawPathFrom(pathIn(repository, place))));
}

/**
 * A tracked path can lead through a folder that has become a link, perhaps out of the repository. Git takes such a file
 * for deleted, and so do we; each folder is looked at once.
 */
function locatorIn(repository: Repository): (place: RawPath) => ListedEntry {
  const folders = new Map<RawPath, boolean>();
  const isFolder = (place: RawPath): boolean => {
    if (place === '') return true;
    const known = folders.get(place);
    if (known !== undefined) return known;
    const answer = isFolder(parentOf(place)) && entryAt(pathIn(repository, place), place).kind !== 'link';
    folders.set(place, answer);
    return answer;
  };
  return (place) => {
    const entry: Entry = isFolder(parentOf(place))
      ? entryAt(pathIn(repository, place), place)
      : { kind: 'skipped', reason: 'vanished' };
    return entry.kind === 'folder' ? { kind: 'skipped', reason: 'vanished' } : entry;
  };
}

function pathIn(repository: Repository, place: RawPath): Buffer {
  return Buffer.concat([Buffer.from(repository.top), Buffer.from('/'), bytesOfPath(withoutSlash(place))]);
}

function withoutSlash(place: RawPath): RawPath {
  return place.endsWith('/') ? rawPathFrom(bytesOfPath(place).subarray(0, -1)) : place;
}

function parentOf(place: RawPath): RawPath {
  const end = place.lastIndexOf('/');
  return rawPathFrom(bytesOfPath(place).subarray(0, Math.max(end, 0)));
}
