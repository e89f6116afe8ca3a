import { overlaps } from './model/span.ts';
import type { Judged } from './model/verdict.ts';

/**
 * Two views can read the same bytes; the judge sees one view at a time. The undamaged reading counts, then the plainer;
 * and between equals the one that comes first in `found`; the others are dropped. `found` is worth a finding, all of it;
 * the result is in the order of the bytes.
 */
export function oneForEachSpan<T extends InView>(found: readonly T[]): readonly T[] {
  const order = new Map(found.map((one, index) => [one, index]));
  const byOrder = (a: T, b: T): number => (order.get(a) ?? 0) - (order.get(b) ?? 0);
  return groupsOf(found).flatMap((group) => {
    const kept: T[] = [];
    for (const one of group.toSorted((a, b) => byTrust(a, b) || byOrder(a, b)))
      if (!kept.some((other) => isSameKey(one, other))) kept.push(one);
    return group.map((one) => (kept.includes(one) ? one : { ...one, judged: dropped(one.judged) }));
  });
}

/** A file can hold ten thousand keys: only those that overlap, directly or through others, are compared. */
function groupsOf<T extends InView>(found: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let end = -1;
  for (const one of found.toSorted((a, b) => startOf(a) - startOf(b))) {
    const { span } = one.judged.match;
    const group = groups.at(-1);
    if (group !== undefined && span.start < end) group.push(one);
    else groups.push([one]);
    end = Math.max(end, span.end);
  }
  return groups;
}

interface InView {
  readonly judged: Judged;
}

function startOf({ judged }: InView): number {
  return judged.match.span.start;
}

function isSameKey({ judged: { match: a } }: InView, { judged: { match: b } }: InView): boolean {
  return a.view !== b.view && overlaps(a.span, b.span);
}

function byTrust({ judged: a }: InView, { judged: b }: InView): number {
  return damages(a) - damages(b) || a.match.view.decoded.length - b.match.view.decoded.length;
}

function damages({ verdict }: Judged): number {
  return verdict.kind !== 'drop' && verdict.damage !== null ? 1 : 0;
}

function dropped({ match }: Judged): Judged {
  return { match, verdict: { kind: 'drop', reason: 'overlap' } };
}
