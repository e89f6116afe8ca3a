import type { View } from '../model/view.ts';
import type { AnchorHit } from './anchor-search.ts';

/** The hits of a stretch of a view and of the margin around it. */
export interface SlicedHits {
  readonly hits: readonly AnchorHit[];
  readonly ownStart: number;
  readonly ownEnd: number;
}

/** Ordinary files have a handful in a window. */
const MOST_HITS = 4096;

/** Slices of at most `most` hits; their own parts tile that of the view. At least one, and `hits` in order. */
export function sliced(
  hits: readonly AnchorHit[],
  { ownStart, ownEnd }: View,
  margin: number,
  most: number = MOST_HITS,
): readonly SlicedHits[] {
  if (hits.length <= most) return [{ hits, ownStart, ownEnd }];
  const slices: SlicedHits[] = [];
  for (let first = 0; first < hits.length; first += most) {
    const start = first === 0 ? ownStart : Math.max(ownStart, hits[first]?.at ?? ownStart);
    const end = Math.min(ownEnd, hits[first + most]?.at ?? ownEnd);
    if (start < end)
      slices.push({ hits: around(hits, first, most, start - margin, end + margin), ownStart: start, ownEnd: end });
  }
  return slices;
}

/** The hits from `first` on, and those before and behind them that stand in `[from, to)`. */
function around(
  hits: readonly AnchorHit[],
  first: number,
  most: number,
  from: number,
  to: number,
): readonly AnchorHit[] {
  let start = first;
  while ((hits[start - 1]?.at ?? -Infinity) >= from) start -= 1;
  let end = first + most;
  while ((hits[end]?.at ?? Infinity) < to) end += 1;
  return hits.slice(start, end);
}
