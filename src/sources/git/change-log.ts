import type { RawPath } from '../../model/fragment.ts';
import type { CommitChange } from './commit-changes.ts';
import { interner, numbers } from './compact.ts';

/** That a commit recorded something at a path. */
export interface Recorded {
  /** Index in the list of commits, which has parents before children. */
  readonly commit: number;
  readonly path: RawPath;
}

export const SUBMODULE = '160000';
const NONE = -1;

/** Where every blob of a range came in, and what it replaced. A few numbers a change: a history has millions. */
export class ChangeLog {
  readonly #oids = interner<string>();
  readonly #paths = interner<RawPath>();
  /** One row for each pair of a new and an old side; `next` is the next row that recorded the same blob. */
  readonly #rows = { commit: numbers(), path: numbers(), now: numbers(), old: numbers(), next: numbers() };
  /** By the number of a blob: the first and the last row that recorded it. */
  readonly #first = numbers();
  readonly #last = numbers();
  readonly #order = numbers();
  readonly #firstRowOf = new Map<number, number>();
  readonly #addedIn = new Map<number, number>();
  readonly #submodules = new Set<string>();

  /** To be called in the order of the commits. */
  add(commit: number, changes: readonly CommitChange[]): void {
    this.#firstRowOf.set(commit, this.#rows.commit.length());
    for (const { newOid, newMode, old, path } of changes) {
      const isFile = newOid !== null && newMode !== SUBMODULE;
      if (newOid !== null && !isFile) this.#submodules.add(newOid);
      const replaced = old.flatMap(({ mode, oid }) => (oid === null || mode === SUBMODULE ? [] : [oid]));
      // Another mode, the same bytes.
      if (isFile && replaced.includes(newOid)) continue;
      const name = this.#paths.idOf(path);
      if (isFile && old.every(({ oid }) => oid === null) && !this.#addedIn.has(name)) this.#addedIn.set(name, commit);
      for (const side of replaced.length === 0 ? [null] : new Set(replaced)) {
        this.#push(commit, name, isFile ? newOid : null, side);
      }
    }
  }

  /** What the commits brought in, each once, in the order in which it came. */
  *blobs(): Generator<string, void, undefined> {
    for (let i = 0; i < this.#order.length(); i += 1) yield this.#oids.valueOf(this.#order.at(i));
  }

  get blobCount(): number {
    return this.#order.length();
  }

  /** Whether the commits brought this blob in. */
  holds(oid: string): boolean {
    const blob = this.#oids.find(oid);
    return blob !== undefined && this.#first.at(blob) !== NONE;
  }

  /** Every change that recorded this blob, in the order of the commits. */
  recordsOf(oid: string): readonly Recorded[] {
    const blob = this.#oids.find(oid);
    const found: Recorded[] = [];
    const { commit, path, next } = this.#rows;
    for (let row = blob === undefined ? NONE : this.#first.at(blob); row !== NONE; row = next.at(row)) {
      const record = { commit: commit.at(row), path: this.#paths.valueOf(path.at(row)) };
      const before = found.at(-1);
      if (before?.commit !== record.commit || before.path !== record.path) found.push(record);
    }
    return found;
  }

  /** The blobs that a commit replaced, edited or took away. */
  oldSideOf(commit: number): ReadonlySet<string> {
    const old = this.#rowsOf(commit).map((row) => this.#rows.old.at(row));
    return new Set(old.filter((blob) => blob !== NONE).map((blob) => this.#oids.valueOf(blob)));
  }

  removedBy(commit: number): readonly RawPath[] {
    const { path, now, old } = this.#rows;
    const gone = this.#rowsOf(commit).filter((row) => now.at(row) === NONE && old.at(row) !== NONE);
    return gone.map((row) => this.#paths.valueOf(path.at(row)));
  }

  /** Names of files that were new when the commit was made, each with the first such commit. */
  *addedPaths(): Generator<Recorded, void, undefined> {
    for (const [path, commit] of this.#addedIn) yield { commit, path: this.#paths.valueOf(path) };
  }

  /** How many commits of other repositories are named. */
  get submodules(): number {
    return this.#submodules.size;
  }

  #push(commit: number, path: number, newOid: string | null, oldOid: string | null): void {
    const row = this.#rows.commit.length();
    const blob = newOid === null ? NONE : this.#oids.idOf(newOid);
    this.#rows.commit.push(commit);
    this.#rows.path.push(path);
    this.#rows.now.push(blob);
    this.#rows.old.push(oldOid === null ? NONE : this.#oids.idOf(oldOid));
    this.#rows.next.push(NONE);
    while (this.#first.length() < this.#oids.size()) {
      this.#first.push(NONE);
      this.#last.push(NONE);
    }
    if (blob === NONE) return;
    if (this.#first.at(blob) === NONE) {
      this.#first.set(blob, row);
      this.#order.push(blob);
    } else this.#rows.next.set(this.#last.at(blob), row);
    this.#last.set(blob, row);
  }

  #rowsOf(commit: number): readonly number[] {
    const rows: number[] = [];
    const first = this.#firstRowOf.get(commit) ?? Infinity;
    for (let row = first; row < this.#rows.commit.length() && this.#rows.commit.at(row) === commit; row += 1) {
      rows.push(row);
    }
    return rows;
  }
}
