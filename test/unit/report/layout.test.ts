import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, fitEnd, fitStart } from '../../../src/report/display-width.ts';
import { wrap } from '../../../src/report/wrap.ts';

describe('the width of a text', () => {
  test.each([
    ['abc', 3],
    ['鍵', 2],
    ['e\u0301', 1],
    ['🔑', 2],
    ['…', 1],
  ])('%s takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test('what fits is a beginning or an end, as long as possible, of whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 30 }), (text, columns) => {
        const start = fitStart(text, columns);
        const end = fitEnd(text, columns);
        expect(text.startsWith(start) && text.endsWith(end)).toBe(true);
        expect(displayWidth(start)).toBeLessThanOrEqual(columns);
        expect(displayWidth(end)).toBeLessThanOrEqual(columns);
        expect(`${start}|${end}`).not.toMatch(/\p{Cs}/u);
      }),
    );
    expect(fitStart('ab鍵c', 3)).toBe('ab');
    expect(fitStart('ab鍵c', 4)).toBe('ab鍵');
    expect(fitEnd('ab鍵c', 2)).toBe('c');
  });
});

describe('wrapping', () => {
  test('breaks at spaces and keeps newlines', () => {
    expect(wrap('one two three\nfour', 8)).toEqual(['one two', 'three', 'four']);
  });

  test('keeps a command in backticks and a long word whole', () => {
    expect(wrap('run `git push --force` now', 12)).toEqual(['run', '`git push --force`', 'now']);
    expect(wrap('see https://example.com/a/very/long/path.', 10)).toEqual([
      'see',
      'https://example.com/a/very/long/path.',
    ]);
    expect(wrap('a lone ` is a word', 80)).toEqual(['a lone ` is a word']);
  });

  test('loses no word, and no line is too long that could be broken', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/u), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 9, max: 40 }), (list, columns) => {
        const lines = wrap(list.join(' '), columns);
        expect(lines.join(' ')).toBe(list.join(' '));
        expect(lines.filter((line) => line.length > columns)).toEqual([]);
      }),
    );
  });
});
