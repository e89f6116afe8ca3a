import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import { Secret } from '../model/secret.ts';
import type { View } from '../model/view.ts';
import { type AnchorHit, anchorSearch } from './anchor-search.ts';
import { type AssignedValue, assignedValue } from './assignment.ts';
import { touchesLeft, touchesRight } from './boundary.ts';
import { byteClass } from './byte-class.ts';
import { type CalledValues, calledValues } from './called.ts';
import { CORE } from './cores.ts';
import { nearFinder } from './near.ts';
import { type Fit, fitFrom, type Runner } from './runner.ts';
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

/** Makes the pattern of a rule ready to run. */
export type ToPattern = (rule: Rule) => SecretPattern;

export function createMatcher(rules: readonly Rule[], toPattern: ToPattern = onV8): Matcher {
  const runners = rules.map((rule): Runner => ({ rule, pattern: toPattern(rule) }));
  const anchors = [...anchorTable(runners.filter(({ rule }) => rule.anchorAt !== 'near'))];
  const near = nearFinder(runners.filter(({ rule }) => rule.anchorAt === 'near'));
  const searchAnchors = anchorSearch(anchors.map(([, { text, anyCase }]) => ({ text, anyCase })));
  const search = (text: string): readonly AnchorHit[] => inOrder(searchAnchors(text), near.coresIn(text));

  const matchesAt = (hits: readonly AnchorHit[], view: View): readonly Match[] => {
    const matches: Match[] = [];
    const nearFits = near.fitsIn(view.text);
    const called = calledValues(view.text);
    for (const hit of hits) {
      if (hit.anchor === CORE) {
        for (const { runner, fit } of nearFits(hit)) matches.push(matchOf(runner, view, fit));
        continue;
      }
      const anchor = anchors[hit.anchor]?.[1];
      if (anchor === undefined) continue;
      for (const runner of anchor.runners) {
        for (const fit of fitsAt(runner, view.text, hit, anchor, called)) {
          if (!isKnown(matches, runner.rule, fit)) matches.push(matchOf(runner, view, fit));
        }
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

/** Both lists in the order of the text, in one. */
function inOrder(anchors: readonly AnchorHit[], cores: readonly AnchorHit[]): readonly AnchorHit[] {
  if (cores.length === 0) return anchors;
  return [...anchors, ...cores].toSorted((a, b) => a.at - b.at);
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

function fitsAt(runner: Runner, text: string, hit: AnchorHit, anchor: Anchor, called: CalledValues): readonly Fit[] {
  switch (runner.rule.anchorAt) {
    case 'start':
      return listOf(fitFrom(runner, text, hit.at));
    case 'inside':
      return listOf(fitAround(runner, text, hit));
    case 'name': {
      // A single word is the name of the provider, which stands in hosts and clients as well.
      const isVariable = anchor.text.includes('_');
      const values = isVariable ? listOf(assignedValue(text, hit.end)) : called(runner.rule, hit);
      return values.flatMap((value) => listOf(fitValue(runner, text, value)));
    }
    case 'near':
      return [];
  }
}

function listOf<T>(one: T | null): readonly T[] {
  return one === null ? [] : [one];
}

/** The leftmost match that covers the anchor. At most `maxLength` starts are tried, each bounded by the pattern. */
function fitAround(runner: Runner, text: string, hit: AnchorHit): Fit | null {
  const { rule } = runner;
  if (rule.anchorAfter !== undefined) return fitFrom(runner, text, hit.at - rule.anchorAfter);
  const left = byteClass(rule.left);
  let start = hit.at;
  const earliest = Math.max(0, hit.at - rule.maxLength);
  while (start > earliest && left[text.charCodeAt(start - 1)] === 1) start -= 1;
  for (; start <= hit.at; start += 1) {
    const fit = fitFrom(runner, text, start);
    if (fit !== null && fit.end >= hit.end) return fit;
  }
  return null;
}

function fitValue(runner: Runner, text: string, value: AssignedValue): Fit | null {
  const fit = fitFrom(runner, text, value.start);
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
