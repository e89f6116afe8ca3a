import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONCATENATION } from '../../../src/decode/concatenation.ts';
import { LINE_CONTINUATION } from '../../../src/decode/line-continuation.ts';
import { WRAPPED_LINES } from '../../../src/decode/wrapped-lines.ts';
import type { View } from '../../../src/model/view.ts';

const DECODERS = [CONCATENATION, LINE_CONTINUATION, WRAPPED_LINES];

function viewOf(text: string): View {
  return { text, decoded: [], ownStart: 0, ownEnd: text.length, toSource: (span) => span };
}

function textsOf(text: string): readonly string[] {
  return DECODERS.flatMap(({ decode }) => Array.from(decode(viewOf(text)), (view) => view.text));
}

describe('a text in pieces', () => {
  it.each([
    [`'abcdefgh1' + 'ijklmnop2'`, `'abcdefgh1ijklmnop2'`],
    [`'abcdefgh1' /* + */ + // 'x'\n 'ijklmnop2'`, `'abcdefgh1ijklmnop2'`],
    ['`abcdefgh1${"ijklmnop2"}${"qrst"}uv`', '`abcdefgh1ijklmnop2qrstuv`'],
    ['k += "abcdefgh1";\nk += "ijklmnop2";', 'k += "abcdefgh1ijklmnop2";'],
    ['K=abcdefgh1\\\n  ijklmnop2', 'K=abcdefgh1ijklmnop2'],
    ['k: >-\n  abcdefgh1ijklmnop2', 'k: abcdefgh1ijklmnop2'],
    ['%w[abcdefgh1 ijklmnop2].join', '%w[abcdefgh1ijklmnop2].join'],
    ['abcdefg1h2ijk\nl3m4n5opqrst6', 'abcdefg1h2ijkl3m4n5opqrst6'],
  ])('%s', (text, joined) => {
    expect(textsOf(text)).toContain(joined);
  });

  it.each([
    `'Hello ' + 'World, you 2'`,
    `'abcdefgh1' + x + 'ijklmnop2'`,
    `'abcdefgh1', 'ijklmnop2'`,
    `f("abcdefgh1"); g("ijklmnop2")`,
    `x = {'abcdefgh1': 'ijklmnop2'}`,
    `[]string{"abcdefgh1ijklmnop2"}`,
    'abcdefgh\nijklmnop = qrstuvwx1',
    'one line \\\nand the next2one',
    `don't and can't do12345`,
  ])('is not made of %s', (text) => {
    expect(textsOf(text)).toEqual([]);
  });
});

/** What joins are made of, in any order. */
const PARTS = Array.from('"\'`+.,\\ (){}[]&|^').concat(
  ['\n', '\r\n', '${', '<<', '+=', '//', '#', '/*', '*/', '.concat(', '.append(', '.join', '""', '%w[', ': >-', '> '],
  ['\\n', 'x', 'abc1defg2', 'A1b2C3d4E5f6G7h8', 'é', '\0', '\u00ff'],
);
const soup = fc.array(fc.constantFrom(...PARTS), { maxLength: 60 }).map((parts) => parts.join(''));

it('gives texts that are made of their parent, and spans that lead back into it, whatever it holds', () => {
  fc.assert(
    fc.property(soup, (text) => {
      for (const { name, decode } of DECODERS) {
        for (const view of decode(viewOf(text))) {
          expect(view.decoded).toHaveLength(1);
          expect([name, 'joined array', 'lines of an array']).toContain(view.decoded[0]);
          for (let at = 0; at < view.text.length; at += 1) {
            const { start, end } = view.toSource({ start: at, end: at + 1 });
            expect(text.slice(start, end)).toBe(view.text.charAt(at));
          }
        }
      }
    }),
    { seed: 7, numRuns: 400 },
  );
});

it('gives texts that are together no longer than their parent, reading for reading', () => {
  for (const piece of [
    '"aB1aB1aB1"+',
    "'aB1aB1aB1' ",
    '"aB1aB1aB1",\n',
    'aB1aB1aB1a\\\n',
    'aB1aB1aB1a\n',
    '`aB1${"aB1"}`+',
  ]) {
    const text = piece.repeat(20_000);
    for (const { decode } of DECODERS) {
      const lengths = new Map<string, number>();
      for (const view of decode(viewOf(text))) {
        const name = view.decoded.join();
        lengths.set(name, (lengths.get(name) ?? 0) + view.text.length);
      }
      for (const length of lengths.values()) expect(length).toBeLessThanOrEqual(2 * text.length);
    }
  }
});
