import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, BEGINNING, type Place, startOfCharacter } from '../../../src/decode/lines.ts';
import type { Encoding } from '../../../src/model/view.ts';
import { WIDE } from '../../detection/wide.ts';

fc.configureGlobal({ seed: 3 });

/** What an editor shows: the text before the place, split at its line ends. */
function placeByEditor(text: string): { line: number; column: number } {
  const lines = text.split(/\r\n|\r|\n/u);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function lineAndColumn({ line, column }: Place): { line: number; column: number } {
  return { line, column };
}

/** Counts the bytes in steps that end at `cuts`, as windows and matches do. */
function countInSteps(bytes: Uint8Array, cuts: readonly number[], encoding: Encoding): Place {
  let place = BEGINNING;
  let at = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]) {
    place = advance(place, bytes, at, cut, encoding);
    at = cut;
  }
  return place;
}

const pieces = fc.constantFrom('a', 'key=', '\n', '\r\n', '\r', 'ü', '密', '🔑', '\t', '\u2028', '\ufeff');
const texts = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(''));
const cuts = fc.array(fc.nat(200), { maxLength: 6 });

const ENCODERS = [['bytes', (text: string) => Buffer.from(text, 'utf8')], ...WIDE] as const;

describe.each<readonly [Encoding, (text: string) => Buffer]>(ENCODERS)(
  'lines and columns of %s',
  (encoding, encode) => {
    it('are those of an editor, however the bytes are cut', () => {
      fc.assert(
        fc.property(texts, cuts, (text, at) => {
          const counted = countInSteps(encode(text), at, encoding);
          expect(lineAndColumn(counted)).toEqual(placeByEditor(text.replace(/^\ufeff/u, '')));
          expect(counted.ahead).toBe(0);
        }),
      );
    });

    it('begin a character at its first byte, whichever of its bytes is asked for', () => {
      const [one, other] = [encode('a').length, encode('a🔑').length];
      for (let byte = 0; byte < one; byte += 1) expect(startOfCharacter(other + byte, encoding)).toBe(other);
    });
  },
);

it('counts bytes that are no UTF-8 as a decoder shows them', () => {
  const byte = fc.oneof(
    fc.constantFrom(
      0x0a,
      0x0d,
      0x41,
      0x80,
      0xbf,
      0xc0,
      0xc3,
      0xe0,
      0xe2,
      0x82,
      0xed,
      0xa0,
      0xf0,
      0x9f,
      0xf4,
      0x90,
      0xff,
    ),
    fc.nat(255),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), cuts, (all, at) => {
      // A match begins with an ASCII character, so nothing before it is left open.
      const bytes = Uint8Array.from([...all, 0x41]);
      expect(lineAndColumn(countInSteps(bytes, at, 'bytes'))).toEqual(placeByEditor(new TextDecoder().decode(bytes)));
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['', 1, 1],
  ['abc', 1, 4],
  ['a\nb', 2, 2],
  ['a\r\nb', 2, 2],
  ['a\rb', 2, 2],
  ['a\n\rb', 3, 2],
  ['\r\r\n\n', 4, 1],
  ['ü', 1, 2],
  ['🔑', 1, 3],
  ['\ufeffa', 1, 2],
  ['a\ufeffb', 1, 4],
])('%j ends at %i:%i', (text, line, column) => {
  const bytes = Buffer.from(text, 'utf8');
  expect(lineAndColumn(advance(BEGINNING, bytes, 0, bytes.length, 'bytes'))).toEqual({ line, column });
});
