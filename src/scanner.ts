import { withDecoded } from './decode/views.ts';
import type { HazardSearch } from './hazards/hazard.ts';
import { createMatcher, type Matcher, type ToPattern } from './match/matcher.ts';
import type { Fragment } from './model/fragment.ts';
import type { Rule, Ruleset } from './model/rule.ts';
import type { View } from './model/view.ts';
import type { FragmentRead } from './read-fragment.ts';
import { createSink, type Sink } from './show/sink.ts';

/** The rules, ready to run, and the one sink that knows them. */
export interface Scanner {
  readonly matcher: Matcher;
  readonly sink: Sink;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly rulesetHash: string;
  /** Bytes of context that two windows must share, so that no match and nothing the judge looks at is cut. */
  readonly overlap: number;
  /** How fragments are read where it takes more than these rules; null: by them alone. */
  readonly reader: ReadFragment | null;
  /** What finds places that publish a key; absent where nobody asks. */
  readonly loadHazards?: () => Promise<HazardSearch>;
}

export type ReadFragment = (fragment: Fragment, scanner: Scanner, most: number) => Promise<FragmentRead>;

/** Beyond a match, in characters: as far as the judge looks for names, hosts and comments. */
export const CONTEXT = 1024;
/**
 * Bytes that an encoding, or one in another, takes for a character: UTF-32 4, `\u002d` in UTF-16 12, an escape of eight
 * digits 10. What spreads a key further is found where no window ends in its midst.
 */
const WIDEST = 12;

/** A bound that is hit hides less of a snippet's surroundings, and no more is shown of them than a few lines. */
export function decodedFrom(view: View): readonly View[] {
  return withDecoded([view], () => undefined).slice(1);
}

/** The same scanner, which also looks for what `widen` adds to its matcher, and hides it wherever it prints. */
export function withMatcher(scanner: Scanner, widen: (matcher: Matcher) => Matcher): Scanner {
  return { ...scanner, matcher: widen(scanner.matcher), sink: scanner.sink.widened(widen) };
}

export function createScanner(ruleset: Ruleset, toPattern?: ToPattern): Scanner {
  const matcher = createMatcher(ruleset.rules, toPattern);
  return {
    matcher,
    sink: createSink(matcher, decodedFrom),
    rulesetHash: ruleset.hash,
    rules: new Map(ruleset.rules.map((rule) => [rule.id, rule])),
    overlap: WIDEST * (matcher.longest + CONTEXT),
    reader: null,
  };
}
