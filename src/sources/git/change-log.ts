import { interner, numbers } from './compact.ts';
import type { RawPath } from '../../model/fragment.ts';
import type { CommitChange } from './commit-changes.ts';

/** That a commit recorded something at a path. */
export interface Recorded {
  /** Index in the list of commits, which has parents before children. */
  readonly commit: number;
  readonly path: RawPath;
}

/** Where every blob of a range came in, and what it replaced. A few numbers a change: a history has millions. */
export interface ChangeLog {
  readonly add: (commit: number, changes: readonly CommitChange[]) => void;
  /** What the commits brought in, each once, in the order in which it came. */
  readonly blobs: () => Iterable<string>;
  readonly blobCount: () => number;
  readonly holds: (oid: string) => boolean;
  /** Every change that recorded this blob, in the order of the commits. */
  readonly recordsOf: (oid: string) => readonly Recorded[];
  /** The blobs that a commit replaced, edited or took away. */
  readonly oldSideOf: (commit: number) => readonly string[];
  readonly removedBy: (commit: number) => readonly RawPath[];
  /** Names of files that were new when the commit was made, each with the first such commit. */
  readonly addedPaths: () => Iterable<Recorded>;
  /** Entries that name a commit of another repository. */
  readonly submodules: () => number;
}

const SUBMODULE = '160000';
const NONE = -1;

export function createChangeLog(): ChangeLog {
  const oids = interner<string>();
  const paths = interner<RawPath>();
  // One entry for each pair of an old and a new side; `next` leads to the next one that recorded the same blob.
  const [commits, pathOf, newOf, oldOf, next] = [numbers(), numbers(), numbers(), numbers(), numbers()];
  const [first, last, order] = [numbers(), numbers(), numbers()];
  const firstEntryOf = new Map<number, number>();
  const addedIn = new Map<number, number>();
  const submodules = new Set<string>();

  const push = (commit: number, path: number, newOid: string | null, oldOid: string | null): void => {
    const entry = commits.length();
    if (!firstEntryOf.has(commit)) firstEntryOf.set(commit, entry);
    const blob = newOid === null ? NONE : oids.idOf(newOid);
    commits.push(commit);
    pathOf.push(path);
    newOf.push(blob);
    oldOf.push(oldOid === null ? NONE : oids.idOf(oldOid));
    next.push(NONE);
    while (first.length() < oids.size()) {
      first.push(NONE);
      last.push(NONE);
    }
    if (blob === NONE) return;
    if (first.at(blob) === NONE) {
      first.set(blob, entry);
      order.push(blob);
    } else next.set(last.at(blob), entry);
    last.set(blob, entry);
  };

  const entriesOf = function* (commit: number): Generator<number, void, undefined> {
    const from = firstEntryOf.get(commit);
    if (from === undefined) return;
    for (let entry = from; entry < commits.length() && commits.at(entry) === commit; entry += 1) yield entry;
  };

  return {
    add: (commit, changes) => {
      for (const change of changes) {
        if (change.newMode === SUBMODULE && change.newOid !== null) submodules.add(change.newOid);
        const path = paths.idOf(change.path);
        const old = change.old.flatMap(({ mode, oid }) => (oid === null || mode === SUBMODULE ? [] : [oid]));
        const brings = change.newOid !== null && change.newMode !== SUBMODULE && !old.includes(change.newOid);
        // Another mode, the same bytes.
        if (!brings && change.newOid !== null && change.newMode !== SUBMODULE) continue;
        if (brings && change.old.every(({ oid }) => oid === null) && !addedIn.has(path)) addedIn.set(path, commit);
        const sides = old.length === 0 ? [null] : [...new Set(old)];
        for (const side of sides) push(commit, path, brings ? change.newOid : null, side);
      }
    },
    blobs: function* () {
      for (let i = 0; i < order.length(); i += 1) yield oids.valueOf(order.at(i));
    },
    blobCount: () => order.length(),
    holds: (oid) => {
      const id = oids.find(oid);
      return id !== undefined && first.at(id) !== NONE;
    },
    recordsOf: (oid) => {
      const id = oids.find(oid);
      const found: Recorded[] = [];
      for (let entry = id === undefined ? NONE : first.at(id); entry !== NONE; entry = next.at(entry)) {
        const record = { commit: commits.at(entry), path: paths.valueOf(pathOf.at(entry)) };
        const before = found.at(-1);
        if (before?.commit !== record.commit || before.path !== record.path) found.push(record);
      }
      return found;
    },
    oldSideOf: (commit) => {
      const old = [...entriesOf(commit)].map((entry) => oldOf.at(entry)).filter((id) => id !== NONE);
      return [...new Set(old)].map((id) => oids.valueOf(id));
    },
    removedBy: (commit) => {
      const gone = [...entriesOf(commit)].filter((entry) => newOf.at(entry) === NONE && oldOf.at(entry) !== NONE);
      return gone.map((entry) => paths.valueOf(pathOf.at(entry)));
    },
    addedPaths: function* () {
      for (const [path, commit] of addedIn) yield { commit, path: paths.valueOf(path) };
    },
    submodules: () => submodules.size,
  };
}
