import { type Writing, writingOf } from './decode/encoding.ts';
import { advance, BEGINNING, type Place, startOfCharacter } from './decode/lines.ts';
import { viewsOf } from './decode/views.ts';
import { judge } from './judge/judge.ts';
import { oneForEachSpan } from './one-for-each-span.ts';
import type { Matcher, Slice } from './match/matcher.ts';
import type { Location } from './model/finding.ts';
import type { Fragment, Window } from './model/fragment.ts';
import type { Match } from './model/match.ts';
import type { Span } from './model/span.ts';
import type { Judged } from './model/verdict.ts';
import type { View } from './model/view.ts';
import { CONTEXT } from './scanner.ts';
import { nearbyIn } from './show/nearby.ts';
import { breath } from './breath.ts';

/** A match with its verdict, and how to find the matches around it, which its snippet must hide. */
export interface JudgedInView {
  readonly judged: Judged;
  readonly nearby: (match: Match) => readonly Match[];
}

export interface JudgedWindow {
  readonly window: Window;
  /** Bytes of the fragment that are read when this window is. */
  readonly end: number;
  /** What this window owns, reported and dropped, in the order of its bytes. */
  readonly found: readonly JudgedInView[];
  /** What was not looked at, in words, because a bound was hit; the same for all parts of a window. */
  readonly bounds: readonly string[];
  /** Where a span stands. To be asked in the order of the bytes: lines are counted once, and only where asked. */
  readonly locate: (span: Span) => LineRange;
  /** A `locate` of its own for who asks in an order of his own. */
  readonly locator: () => JudgedWindow['locate'];
}

export type LineRange = Pick<Location, 'line' | 'column' | 'endLine' | 'endColumn'>;

/** Decodes, matches and judges a fragment, one window after the other. */
export async function* judgeWindows(fragment: Fragment, matcher: Matcher): AsyncGenerator<JudgedWindow, void> {
  let reading: Reading | null = null;
  for await (const window of fragment.windows()) {
    reading = reading === null ? begin(window) : goOn(reading, window);
    const { views, bounds } = read(reading);
    yield { ...placed(reading), bounds, found: inOrder([...judgeViews(views, matcher)].flat()) };
  }
}

/**
 * The same in parts, for who keeps nothing of what was dropped: a window can hold a million matches. The parts of a
 * window share its `end` and `locate`, and there is at least one. Signals get through between them.
 */
export async function* judgeInParts(fragment: Fragment, matcher: Matcher): AsyncGenerator<JudgedWindow, void> {
  let reading: Reading | null = null;
  for await (const window of fragment.windows()) {
    reading = reading === null ? begin(window) : goOn(reading, window);
    const { views, bounds } = read(reading);
    const place = { ...placed(reading), bounds };
    let isFirst = true;
    for (const found of judgeViews(views, matcher)) {
      if (!isFirst || found.length > MANY) await breath();
      isFirst = false;
      yield { ...place, found };
    }
    if (!window.last) await breath();
  }
}

/** So many matches keep the program busy for a while. */
const MANY = 1000;

function placed(reading: Reading): Omit<JudgedWindow, 'found' | 'bounds'> {
  const { window } = reading;
  return {
    window,
    end: window.base + window.bytes.length,
    locate: locatorIn(reading),
    locator: () => locatorIn(reading),
  };
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

/** Encoded too often or too much: what is left of it was not decoded. */
const DECODED_IN_PART = 'decoded-in-part';

function read({ window, writing }: Reading): { readonly views: readonly View[]; readonly bounds: readonly string[] } {
  let isWhole = true;
  const views = viewsOf(window, writing, () => {
    isWhole = false;
  });
  return { views, bounds: isWhole ? [] : [DECODED_IN_PART] };
}

/** In the order of the bytes; where several views read them, what was dropped comes first. */
export function* judgeViews(views: readonly View[], matcher: Matcher): Generator<readonly JudgedInView[], void> {
  const margin = matcher.longest + CONTEXT;
  const [only, ...others] = views;
  if (only !== undefined && others.length === 0) {
    for (const slice of matcher.slicesOf(only, margin)) yield inOrder(judgedSlice(slice));
    return;
  }
  const kept: (JudgedInView & { readonly isOwned: boolean })[] = [];
  const known = new Set<string>();
  for (const view of views) {
    // Chosen before it is asked who owns them: of two readings, each could begin in another window.
    const whole = { ...view, ownStart: 0, ownEnd: view.text.length };
    const slices = matcher.slicesOf(whole, margin);
    for (const slice of slices) {
      const found = judgedSlice(slice).filter(isNews(view, known));
      const isOwned = ({ judged: { match } }: JudgedInView): boolean =>
        match.at.start >= view.ownStart && match.at.start < view.ownEnd;
      const dropped = found.filter((one) => isDropped(one) && isOwned(one));
      // A slice without any is given as well: whoever takes it lets signals through.
      if (dropped.length > 0 || slices.length > 1) yield dropped;
      for (const one of found) if (!isDropped(one)) kept.push({ ...one, isOwned: isOwned(one) });
    }
  }
  yield oneForEachSpan(kept).filter(({ isOwned }) => isOwned);
}

/** What stands around a decoded stretch was judged where it came from; here it may only be worth more than there. */
function isNews(view: View, known: Set<string>): (one: JudgedInView) => boolean {
  return ({ judged: { match, verdict } }) => {
    const isAround = view.isDecoded?.(match.at) === false;
    if (verdict.kind === 'drop') return !isAround;
    const place = `${match.rule.id} ${match.span.start}`;
    if (isAround && known.has(place)) return false;
    known.add(place);
    return true;
  };
}

function isDropped({ judged }: JudgedInView): boolean {
  return judged.verdict.kind === 'drop';
}

function judgedSlice({ findMatches, ownStart, ownEnd }: Slice): readonly JudgedInView[] {
  const matches = findMatches();
  if (matches.length === 0) return [];
  const nearby = nearbyIn(matches);
  return judge(matches)
    .filter(({ match: { at } }) => at.start >= ownStart && at.start < ownEnd)
    .map((judged) => ({ judged, nearby }));
}

function inOrder(found: readonly JudgedInView[]): readonly JudgedInView[] {
  return found.toSorted((a, b) => a.judged.match.span.start - b.judged.match.span.start);
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
