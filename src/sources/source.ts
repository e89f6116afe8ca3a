import type { Scope, Skipped } from '../model/coverage.ts';
import type { Fragment, Provenance, RawPath } from '../model/fragment.ts';

/** Where bytes come from. Opening a source lists what is in scope; `fragments` reads it. */
export interface Source {
  readonly scope: Scope;
  /** How many files the scope holds, the sum of its fragments' `countsAs`: the coverage contract counts against it. */
  readonly expected: number;
  /** Out of scope, with its count; never silently left out. Complete once `fragments` has ended. */
  readonly skipped: readonly Skipped[];
  /**
   * One after the other: taking the next fragment drops what is left of the one before. Throws `KeyguardError` when the
   * source itself fails (git died); one unreadable fragment throws in its `windows()`, and the next can still be taken.
   */
  fragments(): AsyncIterable<Fragment>;
  /** What the same change held before, to tell old keys from new ones; null where there is no before. Opened on demand. */
  readonly before: (() => Promise<Source>) | null;
  /** The files in scope, where they are known before they are read. */
  readonly places?: Iterable<RawPath>;
  /** Where what was found came in; only a source of commits has one. */
  readonly history?: History;
}

/** The way of what commits hold. Asked only for what something was found in. Commits are indices, parents first. */
export interface History {
  /** Where commits recorded this, oldest first; empty for what no commit records, as the name of a branch. */
  readonly recordsOf: (provenance: Provenance) => readonly CommitPlace[];
  /** The blobs that each commit's change replaced, in any of its parents. */
  readonly oldSides: (commits: ReadonlySet<number>) => Promise<ReadonlyMap<number, readonly string[]>>;
  /** The names that a commit took away. */
  readonly oldNames: (commit: number) => readonly RawPath[];
  /** Whether the commits brought this blob in, so that the source has read it. */
  readonly holds: (oid: string) => boolean;
  /** Other blobs, to be read for what they hold. */
  readonly blobs: (oids: readonly string[]) => Source;
  readonly describe: (commits: ReadonlySet<number>) => Promise<ReadonlyMap<number, CommitFacts>>;
  /** Which blobs the tips have at these paths; null if there are too many tips to ask. */
  readonly atTips: (paths: ReadonlySet<RawPath>) => Promise<ReadonlyMap<RawPath, ReadonlySet<string>> | null>;
  /** What was there before the first commit, as far as it can hold what was found at these paths; absent for no answer. */
  readonly base?: (paths: ReadonlySet<RawPath>) => Promise<Source>;
}

export interface CommitPlace {
  readonly commit: number;
  /** null for what has none, as a message. */
  readonly path: RawPath | null;
}

/** What a report says of a commit. */
export interface CommitFacts {
  readonly id: string;
  readonly parents: readonly string[];
  /** `Ada Author <ada@example.com>` */
  readonly author: string;
  /** When it was written, in UTC: `2026-11-19T08:30:00Z`; null if the object does not say. */
  readonly date: string | null;
}

export interface SourceOptions {
  /** Bytes of context that every match needs on both sides of its first byte: the longest rule plus its context. */
  readonly overlap: number;
}
