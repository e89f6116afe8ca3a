import type { Match } from '../model/match.ts';

/** How far a snippet reaches to either side of its match, in characters; a minified line has a million. */
export const AROUND = 120;

/**
 * Which of the matches of a view a snippet must hide: those that reach into it. A file can hold ten thousand keys, and
 * each of them has a snippet, so they are sorted once and looked up.
 */
export function nearbyIn(matches: readonly Match[]): (match: Match) => readonly Match[] {
  const sorted = matches.toSorted((a, b) => a.at.start - b.at.start);
  const longest = sorted.reduce((most, { at }) => Math.max(most, at.end - at.start), 0);
  return ({ at }) => {
    const nearby: Match[] = [];
    for (let i = firstFrom(sorted, at.start - AROUND - longest); i < sorted.length; i += 1) {
      const other = sorted[i];
      if (other === undefined || other.at.start >= at.end + AROUND) break;
      nearby.push(other);
    }
    return nearby;
  };
}

/** Index of the first match that does not start before `start`. */
function firstFrom(sorted: readonly Match[], start: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
