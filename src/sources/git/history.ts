import type { Provenance, RawPath } from '../../model/fragment.ts';
import { rawPathFrom } from '../../model/fragment.ts';
import type { CommitFacts, CommitPlace, History, Source, SourceOptions } from '../source.ts';
import { windowsOfBlob } from './blobs.ts';
import { type ChangeLog, SUBMODULE } from './change-log.ts';
import { factsOf } from './commit-object.ts';
import { readObjects } from './objects.ts';
import { splitAtNul } from './raw-diff.ts';
import { readChanges } from './read-changes.ts';
import type { Git } from './run.ts';
import { runGit } from './run.ts';

interface Listed {
  readonly git: Git;
  readonly commits: readonly string[];
  readonly log: ChangeLog;
  /** Where the range ends. */
  readonly include: readonly string[];
}

export function historyOf(listed: Listed, options: SourceOptions): History {
  const { git, commits, log } = listed;
  let firstCommitWith: Map<RawPath, number> | null = null;
  const addedIn = (path: RawPath): number | undefined => {
    firstCommitWith ??= new Map([...log.addedPaths()].map((added) => [added.path, added.commit]));
    return firstCommitWith.get(path);
  };
  return {
    recordsOf: (provenance) => recordsOf(provenance, log, addedIn),
    oldSides: (wanted) => oldSides(listed, wanted),
    oldNames: (commit) => log.removedBy(commit),
    holds: (oid) => log.holds(oid),
    blobs: (oids) => sourceOfBlobs(git, oids, options),
    describe: (wanted) => describe(git, commits, wanted),
    atTips: (paths) => blobsAtTips(git, listed.include, paths),
  };
}

function recordsOf(
  provenance: Provenance,
  log: ChangeLog,
  addedIn: (path: RawPath) => number | undefined,
): readonly CommitPlace[] {
  switch (provenance.kind) {
    case 'object':
      return log.recordsOf(provenance.oid);
    case 'message':
    case 'author':
      return [{ commit: provenance.commit, path: null }];
    case 'path':
      return provenance.places.flatMap((path) => {
        const commit = addedIn(path);
        return commit === undefined ? [] : [{ commit, path }];
      });
    case 'tag':
    case 'ref':
    case 'staged':
    case 'file':
    case 'stdin':
    case 'new-message':
      return [];
  }
}

/**
 * Of an ordinary commit the log knows them. Of a merge it knows what differs from every parent only: a file that git
 * moved while it merged differs from one, and is looked for here.
 */
async function oldSides(
  { git, commits, log }: Listed,
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const sides = new Map([...wanted].map((commit) => [commit, new Set(log.oldSideOf(commit))]));
  const inRange = [...wanted].filter((commit) => commit < commits.length);
  const facts = await describe(git, commits, new Set(inRange));
  const merges = inRange.filter((commit) => (facts.get(commit)?.parents.length ?? 0) > 1);
  const ids = merges.map((commit) => commits[commit] ?? '');
  for await (const answer of readChanges(git, ids, 'against-each')) {
    const side = sides.get(merges[answer.commit] ?? -1);
    // One that cannot be read is no longer known to be old, so what it holds counts as new.
    if (side === undefined || answer.kind === 'unread') continue;
    for (const { old, newOid } of answer.changes) {
      for (const { mode, oid } of old) if (oid !== null && oid !== newOid && mode !== SUBMODULE) side.add(oid);
    }
  }
  return new Map([...sides].map(([commit, side]) => [commit, [...side]]));
}

function sourceOfBlobs(git: Git, oids: readonly string[], options: SourceOptions): Source {
  return {
    scope: { kind: 'range', detail: 'what the commits of the range replace' },
    expected: oids.length,
    skipped: [],
    before: null,
    fragments: async function* () {
      for await (const answer of readObjects(git, oids)) {
        yield {
          provenance: { kind: 'object', places: [], oid: answer.oid },
          countsAs: 1,
          windows: () => windowsOfBlob(answer, [], options),
        };
      }
    },
  };
}

async function describe(
  git: Git,
  commits: readonly string[],
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, CommitFacts>> {
  const indexOf = new Map([...wanted].map((commit) => [commits[commit] ?? '', commit]));
  indexOf.delete('');
  const found = new Map<number, CommitFacts>();
  for await (const answer of readObjects(git, indexOf.keys())) {
    const index = indexOf.get(answer.oid);
    if (answer.kind === 'missing' || index === undefined) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of answer.chunks()) chunks.push(chunk);
    found.set(index, factsOf(answer.oid, Buffer.concat(chunks)));
  }
  return found;
}

/** Each costs a start of git; a push of more is not told what its tips still hold. */
const MOST_TIPS = 16;

async function blobsAtTips(
  git: Git,
  tips: readonly string[],
  paths: ReadonlySet<RawPath>,
): Promise<ReadonlyMap<RawPath, ReadonlySet<string>> | null> {
  const different = [...new Set(tips)];
  if (different.length > MOST_TIPS) return null;
  const found = new Map([...paths].map((path) => [path, new Set<string>()]));
  for (const tip of different) {
    const { stdout } = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', tip]);
    for (const entry of splitAtNul(stdout)) {
      const tab = entry.indexOf('\t');
      const oid = entry.subarray(0, tab).toString('latin1').split(' ')[2] ?? '';
      found.get(rawPathFrom(entry.subarray(tab + 1)))?.add(oid);
    }
  }
  return found;
}
