import type { Confidence } from './rule.ts';
import type { Match } from './match.ts';

/** Why a match is not a finding. Each has one sentence in `report/wording`. */
export type DropReason =
  | 'inside-word'
  | 'runs-on'
  | 'integrity-hash'
  | 'encoded-data'
  | 'uuid'
  | 'identifier'
  | 'documentation'
  | 'masked'
  | 'template'
  | 'placeholder'
  | 'published-example'
  | 'repeated'
  | 'sequence'
  | 'css-class'
  | 'words'
  | 'low-entropy'
  | 'too-short'
  | 'wrong-structure'
  | 'test-mode'
  | 'no-context'
  | 'guessed'
  | 'overlap';

/** What made the judge believe it, or choose it among candidates. */
export type Evidence =
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'marker'; readonly text: string }
  | { readonly kind: 'halves'; readonly length: number; readonly seen: boolean }
  | { readonly kind: 'tail'; readonly text: string }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'alphabet'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'host'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'random'; readonly length: number }
  | { readonly kind: 'checksum'; readonly length: number }
  /** What is whole between two marks. */
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'claim'; readonly text: string }
  /** It stands where only a secret does. */
  | { readonly kind: 'place'; readonly text: string }
  /** It holds the id of what `text` says. */
  | { readonly kind: 'id'; readonly text: string }
  /** It is the value of this variable in a file of this checkout. */
  | { readonly kind: 'own-value'; readonly text: string; readonly file: string };

export type Damage = 'cut-short' | 'over-long' | 'uneven';

/** An inline `keyguard:allow` beside a match. */
export interface InlineAllow {
  readonly ruleId: string;
  readonly reason: string | null;
}

export type Verdict =
  | {
      readonly kind: 'report' | 'advise';
      readonly confidence: Confidence;
      readonly evidence: readonly Evidence[];
      /** Rule ids that fit as well and could not be told apart; empty when it was decided. */
      readonly candidates: readonly string[];
      readonly damage: Damage | null;
      /** The allow comment beside it, honoured or not: policy decides where the risk and the place are known. */
      readonly allow: InlineAllow | null;
    }
  | { readonly kind: 'drop'; readonly reason: DropReason };

export interface Judged {
  readonly match: Match;
  readonly verdict: Verdict;
}
