import { spanSet } from './judge/span-set.ts';
import type { Span } from './model/span.ts';
import type { Judged } from './model/verdict.ts';

/**
 * Two views can read the same bytes; the judge sees one view at a time. The undamaged reading counts, then the plainer;
 * and between equals the one that comes first in `found`; the others are dropped. `found` is worth a finding, all of it;
 * the result is in the order of the bytes.
 */
export function oneForEachSpan<T extends InView>(found: readonly T[]): readonly T[] {
  const won = spanSet(found.reduce((longest, { judged: { match } }) => Math.max(longest, lengthOf(match.span)), 1));
  const kept = new Set<T>();
  for (const one of found.toSorted(byTrust)) {
    const { span } = one.judged.match;
    if (won.overlaps(span)) continue;
    won.add(span);
    kept.add(one);
  }
  return found
    .map((one) => (kept.has(one) ? one : { ...one, judged: dropped(one.judged) }))
    .toSorted((a, b) => a.judged.match.span.start - b.judged.match.span.start);
}

interface InView {
  readonly judged: Judged;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function byTrust({ judged: a }: InView, { judged: b }: InView): number {
  return damages(a) - damages(b) || ownLast(a, b) || a.match.view.decoded.length - b.match.view.decoded.length;
}

/** What a rule knows of a key says more than that it is the value of a variable. */
function ownLast({ match: a }: Judged, { match: b }: Judged): number {
  return Number(a.rule.own !== undefined) - Number(b.rule.own !== undefined);
}

function damages({ verdict }: Judged): number {
  return verdict.kind !== 'drop' && verdict.damage !== null ? 1 : 0;
}

function dropped({ match }: Judged): Judged {
  return { match, verdict: { kind: 'drop', reason: 'overlap' } };
}
