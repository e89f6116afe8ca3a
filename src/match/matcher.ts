import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import { Secret } from '../model/secret.ts';
import type { Span } from '../model/span.ts';
import type { View } from '../model/view.ts';
import { type AnchorHit, anchorSearch } from './anchor-search.ts';
import { assignedValue } from './assignment.ts';
import { touchesLeft, touchesRight } from './boundary.ts';
import { byteClass } from './byte-class.ts';
import { type SecretPattern, secretPattern } from './secret-pattern.ts';
import { sliced } from './sliced.ts';

export interface Matcher {
  /** Every match in the view, in the order of the text; also those that start outside of its owned part. */
  readonly findMatches: (view: View) => readonly Match[];
  /** The same in slices, so that a view full of beginnings of keys takes no more memory than any other. */
  readonly slicesOf: (view: View, margin: number) => readonly Slice[];
  /** Longest match of any rule, in bytes. */
  readonly longest: number;
}

/** A stretch of a view. It owns the matches that start in `[ownStart, ownEnd)` of the text; those around it are there, too. */
export interface Slice {
  readonly findMatches: () => readonly Match[];
  readonly ownStart: number;
  readonly ownEnd: number;
}

/** A rule with what running it needs. */
interface Runner {
  readonly rule: Rule;
  readonly pattern: SecretPattern;
}

/** Where a pattern fits: the whole match, and the secret in it. */
interface Fit {
  readonly start: number;
  readonly end: number;
  readonly secret: Span;
}

/** Makes the pattern of a rule ready to run. */
export type ToPattern = (rule: Rule) => SecretPattern;

export function createMatcher(rules: readonly Rule[], toPattern: ToPattern = onV8): Matcher {
  const runners = rules.map((rule) => runnerOf(rule, toPattern));
  const anchors = [...anchorTable(runners)];
  const search = anchorSearch(anchors.map(([, { text, anyCase }]) => ({ text, anyCase })));

  const matchesAt = (hits: readonly AnchorHit[], view: View): readonly Match[] => {
    const matches: Match[] = [];
    for (const hit of hits) {
      const anchor = anchors[hit.anchor]?.[1];
      if (anchor === undefined) continue;
      for (const runner of anchor.runners) {
        const fit = fitAt(runner, view.text, hit);
        if (fit !== null && !isKnown(matches, runner.rule, fit)) matches.push(matchOf(runner, view, fit));
      }
    }
    return matches;
  };
  return {
    findMatches: (view) => matchesAt(search(view.text), view),
    slicesOf: (view, margin) =>
      sliced(search(view.text), view, margin).map(({ hits, ownStart, ownEnd }) => ({
        findMatches: () => matchesAt(hits, view),
        ownStart,
        ownEnd,
      })),
    longest: rules.reduce((longest, rule) => Math.max(longest, rule.maxLength), 0),
  };
}

interface Anchor {
  readonly text: string;
  readonly anyCase: boolean;
  readonly runners: Runner[];
}

function anchorTable(runners: readonly Runner[]): ReadonlyMap<string, Anchor> {
  const table = new Map<string, Anchor>();
  for (const runner of runners) {
    for (const text of runner.rule.anchors) {
      const anyCase = runner.rule.anchorAt === 'name';
      const key = `${anyCase} ${text}`;
      const anchor = table.get(key) ?? { text, anyCase, runners: [] };
      anchor.runners.push(runner);
      table.set(key, anchor);
    }
  }
  return table;
}

function onV8({ pattern }: Rule): SecretPattern {
  return secretPattern(pattern);
}

function runnerOf(rule: Rule, toPattern: ToPattern): Runner {
  return { rule, pattern: toPattern(rule) };
}

function fitAt(runner: Runner, text: string, hit: AnchorHit): Fit | null {
  switch (runner.rule.anchorAt) {
    case 'start':
      return fitFrom(runner.pattern, text, hit.at);
    case 'inside':
      return fitAround(runner, text, hit);
    case 'name':
      return fitValue(runner, text, hit.end);
  }
}

function fitFrom(pattern: SecretPattern, text: string, at: number): Fit | null {
  const fit = at < 0 ? null : pattern(text, at);
  return fit === null ? null : { start: at, ...fit };
}

/** The leftmost match that covers the anchor. At most `maxLength` starts are tried, each bounded by the pattern. */
function fitAround(runner: Runner, text: string, hit: AnchorHit): Fit | null {
  const { pattern, rule } = runner;
  if (rule.anchorAfter !== undefined) return fitFrom(pattern, text, hit.at - rule.anchorAfter);
  const left = byteClass(rule.left);
  let start = hit.at;
  const earliest = Math.max(0, hit.at - rule.maxLength);
  while (start > earliest && left[text.charCodeAt(start - 1)] === 1) start -= 1;
  for (; start <= hit.at; start += 1) {
    const fit = fitFrom(pattern, text, start);
    if (fit !== null && fit.end >= hit.end) return fit;
  }
  return null;
}

function fitValue(runner: Runner, text: string, nameEnd: number): Fit | null {
  const value = assignedValue(text, nameEnd);
  if (value === null) return null;
  const fit = fitFrom(runner.pattern, text, value.start);
  return fit !== null && fit.end === value.end ? fit : null;
}

/** Two anchors of one rule can stand in the same key. */
function isKnown(matches: readonly Match[], rule: Rule, fit: Fit): boolean {
  for (let i = matches.length - 1; i >= 0 && i >= matches.length - 8; i -= 1) {
    const match = matches[i];
    if (match?.rule === rule && match.at.start === fit.secret.start && match.at.end === fit.secret.end) return true;
  }
  return false;
}

function matchOf(runner: Runner, view: View, fit: Fit): Match {
  const touches = touchesLeft(view.text, fit.start, byteClass(runner.rule.left))
    ? 'left'
    : touchesRight(view.text, fit.end, byteClass(runner.rule.right))
      ? 'right'
      : null;
  return {
    rule: runner.rule,
    view,
    at: fit.secret,
    span: view.toSource(fit.secret),
    secret: new Secret(view.text.slice(fit.secret.start, fit.secret.end)),
    touches,
  };
}
