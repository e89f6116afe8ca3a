import { overlaps, type Span } from '../model/span.ts';

/** Spans, and a quick answer to what overlaps one of them. */
export interface SpanSet<T extends Span = Span> {
  readonly add: (span: T) => void;
  /** One of those that `counts`, if it is given. */
  readonly overlaps: (span: Span, counts?: (one: T) => boolean) => boolean;
}

/** No span that it is given or asked for is longer than `longest`. */
export function spanSet<T extends Span = Span>(longest: number): SpanSet<T> {
  const shelves = new Map<number, T[]>();
  const shelfOf = (at: number): number => Math.floor(at / longest);
  return {
    add: (span) => {
      const shelf = shelfOf(span.start);
      shelves.set(shelf, [...(shelves.get(shelf) ?? []), span]);
    },
    overlaps: (span, counts = always) => {
      for (let shelf = shelfOf(span.start - longest); shelf <= shelfOf(span.end); shelf += 1) {
        if (shelves.get(shelf)?.some((one) => overlaps(one, span) && counts(one)) === true) return true;
      }
      return false;
    },
  };
}

function always(): boolean {
  return true;
}
