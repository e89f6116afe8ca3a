import { type Writing, writingOf } from './decode/encoding.ts';
import { advance, BEGINNING, type Place, startOfCharacter } from './decode/lines.ts';
import { viewsOf } from './decode/views.ts';
import { judge } from './judge/judge.ts';
import type { Matcher } from './match/matcher.ts';
import type { Location } from './model/finding.ts';
import type { Fragment, Window } from './model/fragment.ts';
import type { Match } from './model/match.ts';
import { overlaps, type Span } from './model/span.ts';
import type { Judged } from './model/verdict.ts';
import { nearbyIn } from './show/nearby.ts';

/** A match with its verdict, and how to find the matches around it, which its snippet must hide. */
export interface JudgedInView {
  readonly judged: Judged;
  readonly nearby: (match: Match) => readonly Match[];
}

export interface JudgedWindow {
  /** Bytes of the fragment that are read when this window is. */
  readonly end: number;
  /** What this window owns, reported and dropped, in the order of its bytes. */
  readonly found: readonly JudgedInView[];
  /** Where a span stands. To be asked in the order of the bytes: lines are counted once, and only where asked. */
  readonly locate: (span: Span) => LineRange;
}

export type LineRange = Pick<Location, 'line' | 'column' | 'endLine' | 'endColumn'>;

/** Decodes, matches and judges a fragment, one window after the other. */
export async function* judgeWindows(fragment: Fragment, matcher: Matcher): AsyncGenerator<JudgedWindow, void> {
  let reading: Reading | null = null;
  for await (const window of fragment.windows()) {
    reading = reading === null ? begin(window) : goOn(reading, window);
    yield { end: window.base + window.bytes.length, found: judgedIn(reading, matcher), locate: locatorIn(reading) };
  }
}

/** How far the lines of a fragment are counted: `place` stands before `window.bytes[0]`. */
interface Reading {
  readonly window: Window;
  readonly place: Place;
  readonly writing: Writing;
}

function begin(window: Window): Reading {
  return { window, place: BEGINNING, writing: writingOf(window.bytes) };
}

function goOn({ window, place, writing }: Reading, next: Window): Reading {
  return { window: next, place: advance(place, window.bytes, 0, next.base - window.base, writing.encoding), writing };
}

function judgedIn({ window, writing }: Reading, matcher: Matcher): readonly JudgedInView[] {
  const found = viewsOf(window, writing).flatMap((view) => {
    const matches = matcher.findMatches(view);
    const nearby = nearbyIn(matches);
    return judge(matches).map((judged) => ({ judged, nearby }));
  });
  // Chosen before it is asked who owns them: of two readings, each could begin in another window.
  return oneForEachSpan(found)
    .filter(isOwned)
    .toSorted((a, b) => a.judged.match.span.start - b.judged.match.span.start);
}

function isOwned({ judged: { match } }: JudgedInView): boolean {
  return match.at.start >= match.view.ownStart && match.at.start < match.view.ownEnd;
}

/** Two views can read the same bytes; the judge sees one view at a time. The undamaged reading counts, then the plainer. */
function oneForEachSpan(found: readonly JudgedInView[]): readonly JudgedInView[] {
  const views = new Set(found.map(({ judged }) => judged.match.view));
  if (views.size < 2) return found;
  const kept: JudgedInView[] = [];
  for (const one of found.filter(({ judged }) => judged.verdict.kind !== 'drop').toSorted(byTrust)) {
    if (!kept.some((other) => isSameKey(one, other))) kept.push(one);
  }
  return found.map((one) => {
    if (one.judged.verdict.kind === 'drop' || kept.includes(one)) return one;
    return { ...one, judged: { match: one.judged.match, verdict: { kind: 'drop', reason: 'overlap' } } };
  });
}

function isSameKey({ judged: { match: a } }: JudgedInView, { judged: { match: b } }: JudgedInView): boolean {
  return a.view !== b.view && overlaps(a.span, b.span);
}

function byTrust({ judged: a }: JudgedInView, { judged: b }: JudgedInView): number {
  return damages(a) - damages(b) || a.match.view.decoded.length - b.match.view.decoded.length;
}

function damages({ verdict }: Judged): number {
  return verdict.kind !== 'drop' && verdict.damage !== null ? 1 : 0;
}

function locatorIn({ window, place, writing: { encoding } }: Reading): JudgedWindow['locate'] {
  let counted = { place, at: 0 };
  return (span) => {
    const from = startOfCharacter(span.start, encoding) - window.base;
    const start = advance(counted.place, window.bytes, counted.at, from, encoding);
    const end = advance(start, window.bytes, from, span.end - window.base, encoding);
    counted = { place: start, at: from };
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  };
}
