import { spanSet } from './judge/span-set.ts';
import { overlaps, type Span } from './model/span.ts';
import type { Judged } from './model/verdict.ts';
import type { View } from './model/view.ts';

/**
 * Two views can read the same bytes; the judge sees one view at a time. The undamaged reading counts, then that of a rule
 * before that of a known value, then the one that proves itself, then the one that goes on where another ends, then the
 * plainer; and between equals the one that comes first in `found`; the others are dropped. `found` is worth a finding,
 * all of it; the result is in the order of the bytes.
 */
export function oneForEachSpan<T extends InView>(found: readonly T[]): readonly T[] {
  const longest = found.reduce((most, one) => Math.max(most, lengthOf(one)), 1);
  const won = spanSet<SpanInView>(longest);
  const kept = new Set<T>();
  const ordered = found.toSorted(byPlace);
  const growing = new Set(ordered.filter((_, at) => growsBeyond(ordered, at)));
  const decoding = new Set(ordered.filter((_, at) => decodesAnother(ordered, at)));
  const byTrust = (a: T, b: T): number =>
    damages(a) - damages(b) ||
    isOwn(a) - isOwn(b) ||
    proofOf(b) - proofOf(a) ||
    Number(growing.has(b)) - Number(growing.has(a)) ||
    Number(decoding.has(b)) - Number(decoding.has(a)) ||
    depthOf(a) - depthOf(b);
  for (const one of found.toSorted(byTrust)) {
    const { span, view } = one.judged.match;
    // Two keys side by side in one view can share a byte of the file: in base64 that holds parts of two characters.
    if (won.overlaps(span, (other) => other.view !== view)) continue;
    won.add({ ...span, view });
    kept.add(one);
  }
  return found.map((one) => (kept.has(one) ? one : { ...one, judged: dropped(one.judged) })).toSorted(byPlace);
}

interface SpanInView extends Span {
  readonly view: View;
}

interface InView {
  readonly judged: Judged;
}

/**
 * Whether a reading takes in another that is no less plain: a key in pieces, of which the first one reads as a key. Where
 * it takes in several, these are keys of their own; and what stands beside a key need not be a part of it.
 */
function growsBeyond(ordered: readonly InView[], at: number): boolean {
  const one = ordered[at];
  if (one === undefined || depthOf(one) === 0 || (isGuess(one) && !isInQuotes(one))) return false;
  const { span } = one.judged.match;
  const starts = new Set<number>();
  const look = (other: InView | undefined): boolean => {
    if (other === undefined || !overlaps(other.judged.match.span, span)) return false;
    const isRival = damages(other) <= damages(one) && depthOf(other) <= depthOf(one);
    const isShorter = other.judged.match.secret.length < one.judged.match.secret.length;
    // An equals sign that pads one key is no soft line break in another.
    const isPart = isShorter && one.judged.match.secret.holds(other.judged.match.secret);
    // A plain key that reaches out of the reading is one of its own, too.
    const isPlain = isRival && depthOf(other) === 0;
    const isBehind = isPlain && other.judged.match.span.start > span.start && other.judged.match.span.end > span.end;
    if (isBehind || (isRival && isPart && isInside(other.judged.match.span, span))) {
      starts.add(other.judged.match.span.start);
    }
    return starts.size < 2;
  };
  for (let i = at - 1; look(ordered[i]);) i -= 1;
  for (let i = at + 1; look(ordered[i]);) i += 1;
  return starts.size === 1;
}

/**
 * Where only a name tells that a value is a key, its encoded form is as good a value; but what is random does not decode
 * to text.
 */
function decodesAnother(ordered: readonly InView[], at: number): boolean {
  const one = ordered[at];
  if (one === undefined || depthOf(one) === 0 || isGuess(one)) return false;
  const { rule, span } = one.judged.match;
  if (rule.anchorAt !== 'name') return false;
  const isSame = (other: InView | undefined): boolean =>
    other?.judged.match.rule === rule && other.judged.match.span.end === span.end && depthOf(other) < depthOf(one);
  for (let i = at - 1; ordered[i]?.judged.match.span.start === span.start; i -= 1) if (isSame(ordered[i])) return true;
  for (let i = at + 1; ordered[i]?.judged.match.span.start === span.start; i += 1) if (isSame(ordered[i])) return true;
  return false;
}

function isGuess({ judged: { match } }: InView): boolean {
  return match.view.isGuess === true;
}

/** The quote before it is closed behind it, and not where its first line ends. */
function isInQuotes({ judged: { match } }: InView): boolean {
  const { text } = match.view;
  const quote = text.charAt(match.at.start - 1);
  return '"\'`'.includes(quote) && quote !== '' && text.charAt(match.at.end) === quote;
}

/** What a rule knows of a key says more than that it is the value of a variable. */
function isOwn({ judged: { match } }: InView): number {
  return match.rule.own === undefined ? 0 : 1;
}

/** Its construction tells more than a prefix of its own, and that more than what every key has. */
function proofOf({ judged: { match, verdict } }: InView): number {
  if (match.rule.catchAll || verdict.kind === 'drop') return 0;
  return verdict.evidence.some(({ kind }) => kind === 'halves' || kind === 'length') ? 2 : 1;
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function lengthOf({ judged: { match } }: InView): number {
  return match.span.end - match.span.start;
}

function depthOf({ judged: { match } }: InView): number {
  return match.view.decoded.length;
}

function byPlace({ judged: a }: InView, { judged: b }: InView): number {
  return a.match.span.start - b.match.span.start;
}

function damages({ judged: { verdict } }: InView): number {
  return verdict.kind !== 'drop' && verdict.damage !== null ? 1 : 0;
}

function dropped({ match }: Judged): Judged {
  return { match, verdict: { kind: 'drop', reason: 'overlap' } };
}
