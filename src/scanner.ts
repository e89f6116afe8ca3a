import { createMatcher, type Matcher } from './match/matcher.ts';
import type { Rule, Ruleset } from './model/rule.ts';
import { createSink, type Sink } from './show/sink.ts';

/** The rules, ready to run, and the one sink that knows them. */
export interface Scanner {
  readonly matcher: Matcher;
  readonly sink: Sink;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly rulesetHash: string;
  /** Bytes of context that two windows must share, so that no match and nothing the judge looks at is cut. */
  readonly overlap: number;
}

/** Beyond a match, in characters: as far as the judge looks for names, hosts and comments. */
export const CONTEXT = 1024;
/** UTF-32 takes so many bytes for a character. */
const WIDEST = 4;

export function createScanner(ruleset: Ruleset, skipped: ReadonlySet<string> = new Set()): Scanner {
  const rules = ruleset.rules.filter((rule) => !skipped.has(rule.id));
  const matcher = createMatcher(rules);
  return {
    matcher,
    // The sink always knows every rule: a switched-off rule must not print its keys.
    sink: createSink(skipped.size === 0 ? matcher : createMatcher(ruleset.rules)),
    rulesetHash: ruleset.hash,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    overlap: WIDEST * (matcher.longest + CONTEXT),
  };
}
