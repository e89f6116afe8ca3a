import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AnchorHit, anchorSearch } from '../../../src/match/anchor-search.ts';

const EXACT = ['sk-', 'sk_', 'sk-proj-', 'T3B', 'AIza', 'aab', 'aba'];
const NAMES = ['STEP_API_KEY', 'STEPFUN_API_KEY', 'AB_KEY'];

/** Each word at each place, the slow way. */
function byIndexOf(text: string): readonly AnchorHit[] {
  const hits: AnchorHit[] = [];
  for (const [anchor, word] of EXACT.entries()) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      hits.push({ at, end: at + word.length, anchor });
    }
  }
  return inOrder(hits);
}

function inOrder(hits: readonly AnchorHit[]): readonly AnchorHit[] {
  return hits.toSorted((a, b) => a.at - b.at || a.anchor - b.anchor);
}

it('finds what indexOf finds, overlapping words too', () => {
  const search = anchorSearch(EXACT.map((text) => ({ text, anyCase: false })));
  const texts = fc.array(fc.constantFrom('s', 'k', '-', '_', 'a', 'b', 'T3', 'sk-', 'proj', 'AIz', '\xff', '\0'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('');
      expect(inOrder(search(text))).toEqual(byIndexOf(text));
    }),
    { seed: 1, numRuns: 400 },
  );
});

it('finds names in any case, with and without their separators', () => {
  const search = anchorSearch(NAMES.map((text) => ({ text, anyCase: true })));
  const separators = fc.constantFrom('_', '-', '.', '');
  const cases = fc.infiniteStream(fc.boolean());
  fc.assert(
    fc.property(fc.nat(NAMES.length - 1), separators, cases, fc.string(), (anchor, separator, isUpper, before) => {
      const written = Array.from((NAMES[anchor] ?? '').replaceAll('_', separator), (letter) =>
        isUpper.next().value === true ? letter.toUpperCase() : letter.toLowerCase(),
      ).join('');
      const text = `${before} ${written}`;
      expect(search(text)).toContainEqual({ at: before.length + 1, end: text.length, anchor });
    }),
    { seed: 1 },
  );
});

it.each(['', 's', 'sk', '密sk-', 'k-s'])('takes %j without harm', (text) => {
  const search = anchorSearch([{ text: 'sk-', anyCase: false }]);
  expect(search(text).length).toBe(text.endsWith('sk-') ? 1 : 0);
});

/** So much text that searches change over to the way that is faster for much. */
const MUCH = ' '.repeat(2_100_000);

it('finds the same, in the same order, in a little text and after much', () => {
  const words = [...EXACT.map((text) => ({ text, anyCase: false })), ...NAMES.map((text) => ({ text, anyCase: true }))];
  const much = anchorSearch(words);
  much(MUCH);
  const parts = fc.constantFrom(
    's',
    'k-',
    '_',
    'a',
    'b',
    'T3',
    'B',
    'sk-',
    'proj-',
    'step',
    'Fun',
    '_api',
    '.KEY',
    '密',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (texts) => {
      const text = texts.join('');
      const little = anchorSearch(words);
      expect(much(text)).toEqual(little(text));
    }),
    { seed: 1, numRuns: 400 },
  );
});

it('finds nothing where there is nothing to look for', () => {
  expect(anchorSearch([])('sk-sk-sk-')).toEqual([]);
});
