import { KeyguardError } from '../../errors.ts';
import type { Fragment, RawPath } from '../../model/fragment.ts';
import { bytesOfPath } from '../../model/fragment.ts';
import { nameFragments } from '../names.ts';
import type { Source, SourceOptions } from '../source.ts';
import { blobFragments } from './blobs.ts';
import { diffIndex } from './diff-index.ts';
import { parentsOf } from './parents.ts';
import type { RawChange } from './raw-diff.ts';
import { readIndex } from './read-index.ts';
import type { Repository } from './repository.ts';

const SUBMODULE = '160000';

export interface StagedOptions extends SourceOptions {
  /** From `beginHeadDiff`, if it was begun early. */
  readonly headDiff?: Promise<readonly RawChange[]>;
  /** From `readIndex`, if it was read and so checked before. */
  readonly index?: Buffer;
}

/** What the next commit brings in: the index against HEAD, in a merge against every parent. */
export async function openStagedSource(repository: Repository, options: StagedOptions): Promise<Source> {
  if (options.index === undefined) readIndex(repository);
  const parents = parentsOf(repository);
  const diffs = await Promise.all(parents.map((parent) => diffAgainst(parent, repository, options.headDiff)));
  const unmerged = diffs.flat().find((change) => change.status === 'U');
  if (unmerged !== undefined) throw conflict(unmerged.path);

  const fresh = newAgainstAll(diffs);
  const files = fresh.filter((change) => change.newMode !== SUBMODULE);
  const submodules = fresh.length - files.length;
  const added = newAgainstAll(diffs.map((changes) => changes.filter((change) => change.status === 'A')));
  return {
    scope: { kind: 'staged', detail: describe(repository, parents) },
    expected: files.length,
    places: files.map(({ path }) => path),
    skipped: submodules === 0 ? [] : [{ reason: 'submodule', count: submodules }],
    fragments: () => fragmentsOf(repository, placesByOid(files, 'newOid'), pathsOf(added), options),
    before: () => Promise.resolve(oldSides(repository, diffs.flat(), options)),
  };
}

function diffAgainst(
  parent: string,
  { git, head }: Repository,
  headDiff: StagedOptions['headDiff'],
): Promise<readonly RawChange[]> {
  return parent === head && headDiff !== undefined ? headDiff : diffIndex(git, parent);
}

/** What any parent held at the changed paths: the other half of each change, renames and deletions included. */
function oldSides(repository: Repository, changes: readonly RawChange[], options: SourceOptions): Source {
  const files = changes.filter(
    ({ status, oldMode, oldOid, newOid }) => status !== 'A' && oldMode !== SUBMODULE && oldOid !== newOid,
  );
  const places = placesByOid(files, 'oldOid');
  const removed = files.filter((change) => change.status === 'D');
  return {
    scope: { kind: 'staged', detail: 'what the staged change replaces' },
    expected: [...places.values()].reduce((sum, paths) => sum + paths.length, 0),
    skipped: [],
    fragments: () => fragmentsOf(repository, places, pathsOf(removed), options),
    before: null,
  };
}

async function* fragmentsOf(
  repository: Repository,
  places: ReadonlyMap<string, readonly RawPath[]>,
  names: Iterable<RawPath>,
  options: SourceOptions,
): AsyncGenerator<Fragment, void, undefined> {
  yield* nameFragments(names);
  yield* blobFragments(repository.git, places, options);
}

/** A merge brings in what differs from every parent: what one side changed alone is in a commit already. */
function newAgainstAll(diffs: readonly (readonly RawChange[])[]): readonly RawChange[] {
  const [first = [], ...others] = diffs.map((changes) => changes.filter(bringsIn));
  const paths = others.map(pathsOf);
  return first.filter((change) => paths.every((changed) => changed.has(change.path)));
}

/** A submodule's id can be that of a blob, and its bytes were never read: a file in its place is new. */
function bringsIn({ status, oldMode, newMode, oldOid, newOid }: RawChange): boolean {
  if (status === 'D') return false;
  return oldOid !== newOid || (oldMode === SUBMODULE && newMode !== SUBMODULE);
}

function pathsOf(changes: readonly RawChange[]): ReadonlySet<RawPath> {
  return new Set(changes.map((change) => change.path));
}

function placesByOid(
  changes: readonly RawChange[],
  side: 'oldOid' | 'newOid',
): ReadonlyMap<string, readonly RawPath[]> {
  const sets = new Map<string, Set<RawPath>>();
  for (const change of changes) sets.set(change[side], (sets.get(change[side]) ?? new Set()).add(change.path));
  return new Map([...sets].map(([oid, paths]) => [oid, [...paths]]));
}

function describe(repository: Repository, parents: readonly string[]): string {
  const short = parents.map((oid) => oid.slice(0, 7)).join(' and ');
  if (parents.length > 1) return `merge: index against ${short}`;
  return repository.head === null ? 'index against the empty tree (no commit yet)' : `index against HEAD ${short}`;
}

function conflict(path: RawPath): KeyguardError {
  const name = bytesOfPath(path).toString('utf8');
  return new KeyguardError(
    'git',
    `The index has conflicts (${name}): resolve them, git add the files, and scan again.`,
  );
}
