export type ScopeKind = 'staged' | 'tree' | 'range' | 'history' | 'stdin' | 'files' | 'message' | 'package';

export interface Scope {
  readonly kind: ScopeKind;
  /** "index against HEAD 1a2b3c4" */
  readonly detail: string;
  /** How many commits a history holds; a range can be empty, and then nothing was looked at. */
  readonly commits?: number;
  /** How many files of the tree were read beside the commits. */
  readonly files?: number;
}

export interface Skipped {
  readonly reason: string;
  readonly count: number;
}

/** Bytes in scope that could not be read: the scan is not complete. */
export interface Unread {
  /** One sentence with the place and the remedy. */
  readonly message: string;
  /** Git itself failed, which nobody can forgive; absent where one file or object could not be read. */
  readonly gitFailed?: true;
}

/** Exit 0 and 1 are allowed only if `expected === scanned` and nothing is unread. */
export interface Coverage {
  readonly expected: number;
  readonly scanned: number;
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
  readonly errors: readonly Unread[];
}
