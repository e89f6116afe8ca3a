import { overlaps, type Span } from '../model/span.ts';

/** Spans of which none overlaps another, and a quick answer to what overlaps one of them. */
export interface SpanSet {
  readonly add: (span: Span) => void;
  readonly overlaps: (span: Span) => boolean;
}

/** No span that it is given or asked for is longer than `longest`. */
export function spanSet(longest: number): SpanSet {
  const shelves = new Map<number, Span[]>();
  const shelfOf = (at: number): number => Math.floor(at / longest);
  return {
    add: (span) => {
      const shelf = shelfOf(span.start);
      shelves.set(shelf, [...(shelves.get(shelf) ?? []), span]);
    },
    overlaps: (span) => {
      for (let shelf = shelfOf(span.start - longest); shelf <= shelfOf(span.end); shelf += 1) {
        if (shelves.get(shelf)?.some((one) => overlaps(one, span)) === true) return true;
      }
      return false;
    },
  };
}
