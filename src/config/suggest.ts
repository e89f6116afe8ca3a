/** The candidate that was most likely meant, or null when none is near. Of equals the first wins. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.slice(0, LONGEST_WORD).toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best !== null && bestDistance <= allowedDistance(wanted, best) ? best : null;
}

/** Nothing that keyguard names is longer; an argument of a megabyte must not cost its square. */
const LONGEST_WORD = 100;

/** One slip in three characters is a typing error; more is another word. */
function allowedDistance(word: string, candidate: string): number {
  return Math.floor(Math.max(word.length, candidate.length) / 3);
}

/**
 * Damerau-Levenshtein in its "optimal string alignment" form: how many insertions, deletions, replacements and swaps
 * of neighbours turn one word into the other.
 */
function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const replaced = at(last, column - 1) + (isSame ? 0 : 1);
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? at(beforeLast, column - 2) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, at(last, column) + 1, at(current, column - 1) + 1));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
