import type { PolicyRule } from '../model/rule.ts';
import type { Fingerprint } from '../model/secret.ts';
import type { RawPath } from '../model/fragment.ts';

/** How a finding was accepted. A high risk is accepted only as `revoked` or `never-live`. */
export interface Accepted {
  readonly fingerprint: Fingerprint;
  /** null when it was accepted by its fingerprint alone. */
  readonly ruleId: string | null;
  readonly reason: string;
  /** `YYYY-MM-DD`, UTC; null means for good. */
  readonly until: string | null;
  readonly proof: { readonly kind: 'revoked'; readonly on: string } | { readonly kind: 'never-live' } | null;
}

/** What a repository decided for itself. Applied where there is a path, never by the matcher or the judge. */
export interface Policy {
  /** Where it was read: "the index", "the working tree". */
  readonly from: string;
  readonly isIgnored: (path: RawPath) => boolean;
  /** Switched off everywhere (`path` null) or for this path. */
  readonly isSwitchedOff: (ruleId: string, path: RawPath | null) => boolean;
  readonly accepted: ReadonlyMap<Fingerprint, Accepted>;
  readonly failOn: 'error' | 'warning';
  /** All rules that exist, to name the nearest where an allow names none of them. */
  readonly ruleIds: readonly string[];
  /** Whether a comment beside a key counts; false where the comment came with the change that is judged. */
  readonly honoursAllows?: boolean;
  /** What held before the change that is scanned, to tell which silence is new; null where nothing is compared. */
  readonly before: Policy | null;
  /** What holds behind the change that is scanned, which does not decide over it; absent where nobody asks. */
  readonly change?: PolicyInChange;
  /** What is decided outside of the repository, and beats it. */
  readonly outside?: OutsidePolicy;
}

export interface OutsidePolicy {
  readonly accepted: ReadonlyMap<Fingerprint, Accepted>;
  readonly isSwitchedOff: (ruleId: string, path: RawPath | null) => boolean;
  /** Nothing in the repository silences these. */
  readonly isFloor: (ruleId: string) => boolean;
  readonly failOn: 'error' | 'warning' | null;
}

export interface PolicyInChange {
  readonly after: Policy;
  /** Somebody outside of the change takes its word for it. */
  readonly isAccepted: boolean;
  /** It asks to be merged: what its base holds is not its fault. */
  readonly isReview: boolean;
  /** What a suppression is called that came with what it silences. */
  readonly rule: PolicyRule;
}

/** The bytes of the policy files, wherever they were read. null: there is no such file. */
export interface PolicyFiles {
  readonly config: Uint8Array | null;
  readonly ignore: Uint8Array | null;
  readonly baseline: Uint8Array | null;
}

export const CONFIG_FILE = 'keyguard.config.json';
export const IGNORE_FILE = '.keyguardignore';
export const BASELINE_FILE = 'keyguard.baseline.jsonl';
