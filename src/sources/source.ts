import type { Scope, Skipped } from '../model/coverage.ts';
import type { Fragment } from '../model/fragment.ts';

/** Where bytes come from. Opening a source lists what is in scope; `fragments` reads it. */
export interface Source {
  readonly scope: Scope;
  /** How many fragments the scope holds, known before the first is read: the coverage contract counts against it. */
  readonly expected: number;
  /** Out of scope, with its count; never silently left out. */
  readonly skipped: readonly Skipped[];
  /** Throws `KeyguardError` when the source itself fails (git died); one unreadable fragment throws in its `windows()`. */
  fragments(): AsyncIterable<Fragment>;
  /** What the same change held before, to tell old keys from new ones; null where there is no before. Opened on demand. */
  readonly before: (() => Promise<Source>) | null;
}
