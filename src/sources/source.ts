import type { Scope, Skipped } from '../model/coverage.ts';
import type { Fragment, RawPath } from '../model/fragment.ts';

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
}

export interface SourceOptions {
  /** Bytes of context that every match needs on both sides of its first byte: the longest rule plus its context. */
  readonly overlap: number;
}
