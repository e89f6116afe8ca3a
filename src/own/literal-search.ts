/** A text stands at `at`; `index` is its place in the list that the search was made from. */
export interface LiteralHit {
  readonly at: number;
  readonly index: number;
}

export type LiteralSearch = (text: string) => readonly LiteralHit[];

/** Three characters tell enough of where they can stand in what is looked for. */
const BLOCK = 3;
const TABLE = 1 << 16;
const MASK = TABLE - 1;
/** More of each makes the table slower to fill, and the search no faster. */
const MOST_WINDOW = 32;

/**
 * Looks for any number of texts in one pass that skips what cannot be the end of one, as Wu and Manber do it ("A fast
 * algorithm for multi-pattern searching", 1994). A hook is over before V8 has compiled a loop over every byte; this one
 * looks at one in ten. No text may be shorter than `BLOCK`.
 */
export function literalSearch(texts: readonly string[]): LiteralSearch {
  const window = texts.reduce((shortest, { length }) => Math.min(shortest, length), MOST_WINDOW);
  if (texts.length === 0) return () => [];
  if (window < BLOCK) throw new RangeError(`nothing shorter than ${BLOCK} characters can be looked for`);
  const farthest = window - BLOCK + 1;
  const shifts = new Uint8Array(TABLE).fill(farthest);
  const byEnd = new Map<number, number[]>();
  for (const [index, text] of texts.entries()) {
    let first = text.charCodeAt(0);
    let second = text.charCodeAt(1);
    let hash = 0;
    for (let end = BLOCK; end <= window; end += 1) {
      const third = text.charCodeAt(end - 1);
      hash = ((first << 10) ^ (second << 5) ^ third) & MASK;
      const shift = window - end;
      if ((shifts[hash] ?? 0) > shift) shifts[hash] = shift;
      first = second;
      second = third;
    }
    const shelf = byEnd.get(hash);
    if (shelf === undefined) byEnd.set(hash, [index]);
    else shelf.push(index);
  }

  return (text) => {
    const hits: LiteralHit[] = [];
    let end = window;
    while (end <= text.length) {
      const hash =
        ((text.charCodeAt(end - 3) << 10) ^ (text.charCodeAt(end - 2) << 5) ^ text.charCodeAt(end - 1)) & MASK;
      const shift = shifts[hash] ?? 1;
      if (shift > 0) {
        end += shift;
        continue;
      }
      const at = end - window;
      for (const index of byEnd.get(hash) ?? []) if (text.startsWith(texts[index] ?? '', at)) hits.push({ at, index });
      end += 1;
    }
    return hits;
  };
}
