import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromAscii85, fromAsciiHex } from '../../../src/unpack/pdf-ascii.ts';

/** As the reference of PDF describes it, number by number. */
function ascii85(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const group = [...bytes.subarray(at, at + 4)];
    const whole = group.length === 4 && group.every((byte) => byte === 0);
    const value = [...group, 0, 0, 0].slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
    const digits = [4, 3, 2, 1, 0].map((power) => Math.floor(value / 85 ** power) % 85);
    text += whole ? 'z' : String.fromCharCode(...digits.slice(0, group.length + 1).map((digit) => digit + 33));
  }
  return `${text}~>`;
}

const bytes = fc.uint8Array({ maxLength: 60 });

it('ASCII85 is undone, with line ends in it', () => {
  fc.assert(
    fc.property(bytes, (plain) => {
      const text = ascii85(plain).replaceAll(/.{7}/gu, '$&\r\n');
      expect([...fromAscii85(Buffer.from(text))]).toEqual([...plain]);
    }),
    { seed: 1 },
  );
  expect(fromAscii85(Buffer.from('z!!~>'))).toEqual(Buffer.from([0, 0, 0, 0, 0]));
});

it('hexadecimal is undone, with spaces in it, and an odd digit counts as the first of two', () => {
  fc.assert(
    fc.property(bytes, (plain) => {
      const text = `${Buffer.from(plain).toString('hex').replaceAll(/.{7}/gu, '$& \n')}>rest`;
      expect([...fromAsciiHex(Buffer.from(text))]).toEqual([...plain]);
    }),
    { seed: 2 },
  );
  expect(fromAsciiHex(Buffer.from('414>'))).toEqual(Buffer.from('A@'));
});
