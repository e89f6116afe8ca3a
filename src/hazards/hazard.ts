import type { PolicyRule } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import type { KeyNames } from './key-names.ts';

/** A place that would publish a key. */
export interface Hazard {
  readonly rule: PolicyRule;
  /** In the text that was looked at. */
  readonly at: Span;
  /** What it is about, as it is written there: the variable, the option. */
  readonly name: string;
  /** Whose key; null where the place does not say. */
  readonly provider: string | null;
}

/** What a kind of hazard finds in a text. `path` decides whether the file is of a kind that it knows. */
export type HazardKind = (text: string, path: string, names: KeyNames) => Iterable<Omit<Hazard, 'rule'>>;

export type HazardSearch = (text: string, path: string) => readonly Hazard[];

/** Git decides in the end whether such a file is tracked. */
export const TRACKED_ENV_FILE = 'exposure-tracked-env-file';
