import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalSearch } from '../../../src/own/literal-search.ts';

/** Every place of every text, by looking at each. */
function slowly(texts: readonly string[], text: string): readonly string[] {
  const hits = [];
  for (let at = 0; at < text.length; at += 1) {
    for (const [index, one] of texts.entries()) if (text.startsWith(one, at)) hits.push(`${at} ${index}`);
  }
  return hits;
}

describe('the search for literals', () => {
  it('finds what a search at every place finds', () => {
    const letters = (min: number, max: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: min, maxLength: max });
    fc.assert(
      fc.property(fc.uniqueArray(letters(3, 12), { minLength: 1, maxLength: 6 }), letters(0, 200), (texts, text) => {
        const hits = literalSearch(texts)(text).map(({ at, index }) => `${at} ${index}`);
        expect(hits.toSorted()).toEqual(slowly(texts, text).toSorted());
      }),
    );
  });

  it('finds texts that are longer than its window, of any bytes, at both ends', () => {
    const bytes = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), minLength: 60, maxLength: 90 }); // prettier-ignore
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const hits = literalSearch([one, other])(`${one}${other}`).map(({ at, index }) => `${at} ${index}`);
        expect(hits).toEqual(expect.arrayContaining(['0 0', `${one.length} 1`]));
      }),
    );
  });

  it('finds nothing where it looks for nothing, and refuses what is too short', () => {
    expect(literalSearch([])('abc')).toEqual([]);
    expect(() => literalSearch(['ab'])).toThrow(RangeError);
  });
});
