import type { Encoding } from '../../src/model/view.ts';

/** The encodings that write an ASCII character with NUL bytes beside it. */
export const WIDE: readonly (readonly [encoding: Encoding, encode: (text: string) => Buffer])[] = [
  ['utf-16le', (text) => Buffer.from(text, 'utf16le')],
  ['utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['utf-32le', (text) => utf32(text, true)],
  ['utf-32be', (text) => utf32(text, false)],
];

function utf32(text: string, littleEndian: boolean): Buffer {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  for (const [i, point] of points.entries()) {
    if (littleEndian) bytes.writeUInt32LE(point, i * 4);
    else bytes.writeUInt32BE(point, i * 4);
  }
  return bytes;
}
