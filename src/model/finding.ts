import type { Confidence, Risk, Severity } from './rule.ts';
import type { Fingerprint } from './secret.ts';
import type { Damage, Evidence } from './verdict.ts';

declare const shownBrand: unique symbol;

/** Text from outside (a path, a ref, git's words) after the one sink: keys redacted, control characters escaped. */
export type Shown = string & { readonly [shownBrand]: true };

/** Lines and columns are 1-based; columns count UTF-16 units as an editor does. */
export interface Location {
  readonly kind: 'blob' | 'message' | 'author' | 'tag' | 'ref' | 'path' | 'config';
  readonly path: Shown | null;
  /** The file in a container, by the names on the way to it; absent for what lies in none, or has no name there. */
  readonly member?: Shown;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The commit that brought it in; only in a scan of a history. */
  readonly commit?: CommitRef;
}

export interface CommitRef {
  readonly id: string;
  readonly author: Shown;
  /** `2026-11-19T08:30:00Z`; null if the commit does not say. */
  readonly date: string | null;
  /** Whether the tip of what was scanned still holds it at this place; null if that is not known, or makes no sense. */
  readonly atHead: boolean | null;
}

/** Another place at which a history holds the same secret, or the same place in later commits. */
export interface Occurrence {
  readonly kind: Location['kind'];
  readonly path: Shown | null;
  /** The first and the last commit in scope that recorded it there; null where no commit did, as for a tag. */
  readonly firstCommit: string | null;
  readonly lastCommit: string | null;
  /** As for the commit that brought it in. */
  readonly atHead: boolean | null;
}

/** The line around a key, every match on it redacted; `start` and `end` are where this key's redacted form stands. */
export interface Snippet {
  readonly text: Shown;
  readonly start: number;
  readonly end: number;
}

export type ExposureState = 'staged' | 'local' | 'pushed-private' | 'pushed' | 'published' | 'unreachable' | 'unknown';

export interface Exposure {
  readonly state: ExposureState;
  /** What the claim rests on, with absolute dates. */
  readonly detail: string;
  /** It counts as pushed because a tag holds it and nothing tells whether that tag was pushed. */
  readonly isByTagOnly?: boolean;
  /** Committed locally: the commits that brought it in, parents before children; absent where they are not known. */
  readonly broughtBy?: readonly LocalCommit[];
}

/** A commit that nobody else has, so that a key can still be taken out of it. */
export interface LocalCommit {
  readonly id: string;
  /** null for the first commit. */
  readonly parent: string | null;
  readonly isHead: boolean;
  /** It is a merge, or a merge was made after it. */
  readonly hasMerge: boolean;
  /** The branch that is checked out does not have it. */
  readonly isElsewhere?: boolean;
  /** Its files that hold the key; none where it says it itself, in its message or as its author. */
  readonly paths: readonly Shown[];
}

export interface Step {
  readonly text: string;
  readonly url?: string;
  readonly command?: string;
}

export interface Guidance {
  /** What it is and what to do, in one sentence. For people the report says the first, and the steps the second. */
  readonly summary: string;
  /** What the key does not show, and so has to be assumed; without capital and full stop. */
  readonly caveats: readonly string[];
  readonly steps: readonly Step[];
}

export interface Candidate {
  readonly ruleId: string;
  readonly provider: string;
  readonly keyType: string;
}

/** What leaves the core. It holds no secret. */
export interface Finding {
  readonly fingerprint: Fingerprint;
  readonly ruleId: string;
  readonly provider: string;
  readonly keyType: string;
  readonly title: string;
  readonly opens: string;
  readonly severity: Severity;
  readonly risk: Risk;
  readonly confidence: Confidence;
  readonly redacted: Shown;
  readonly location: Location;
  /** In a scan of a history, where a secret is one finding; elsewhere each place is a finding of its own. */
  readonly occurrences?: readonly Occurrence[];
  readonly decoded: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly Candidate[];
  readonly damage: Damage | null;
  readonly snippet: Snippet | null;
  /** The value of a variable that this checkout keeps in a file of its own. */
  readonly ownKey?: { readonly name: Shown; readonly kin: string | null };
  /** Nothing secret was found, but a place that would publish it: there is nothing to revoke and nothing to look up. */
  readonly hazard?: { readonly name: Shown };
}

/** A finding with what is known of its way out, and what to do now. */
export interface AdvisedFinding extends Finding {
  readonly exposure: Exposure;
  readonly guidance: Guidance;
}

export type SuppressedBy = 'already-committed' | 'inline-allow' | 'ignore' | 'config' | 'baseline' | 'base' | 'policy';

export interface Suppressed {
  readonly finding: Finding;
  readonly by: SuppressedBy;
  readonly reason: string;
}

/** Something the user should know that is no finding: a stale allow, an allow without a reason. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}
