import { describe, expect, it } from 'vitest';
import { touchesLeft, touchesRight } from '../../../src/match/boundary.ts';
import { byteClass } from '../../../src/match/byte-class.ts';

const LETTERS = byteClass('A-Za-z0-9');
const WORD = byteClass('A-Za-z0-9_-');

const KEY = 'sk-';

describe('on the left', () => {
  it.each([
    ['nothing', ''],
    ['a quote', 'x="'],
    ['an underscore', 'KEY_'],
    ['\\n', 'a\\n'],
    ['\\t', 'a\\t'],
    ['\\r', 'a\\r'],
    ['\\0', 'a\\0'],
    ['\\x3d', 'a\\x3d'],
    ['\\u003D', 'a\\u003D'],
    ['\\u{3d}', 'a\\u{3d}'],
    ['\\075', 'a\\075'],
    ['%3D', 'a%3D'],
    ['%3d', 'a%3d'],
    ['%253D', 'a%253D'],
    ['%25253D', 'a%25253D'],
    ['=3D', 'a=3D'],
    ['a raw colour', 'a\u001b[31m'],
    ['a raw colour of 24 bits', 'a\u001b[38;2;255;255;255m'],
    ['a colour as \\x1b', 'a\\x1b[0;31m'],
    ['a colour as \\x1B', 'a\\x1B[0;31m'],
    ['a colour as \\033', 'a\\033[1m'],
    ['a colour as \\e', 'a\\e[1m'],
    ['a colour as \\u001b', 'a\\u001b[38;2;255;255;255m'],
    ['a colour as \\u{1b}', 'a\\u{1b}[1m'],
    ['a colour as ^[', 'a^[[31m'],
    ['a colour without its escape byte', 'a[31m'],
  ])('%s leaves a key free', (_name, before) => {
    expect(touchesLeft(before + KEY, before.length, LETTERS)).toBe(false);
  });

  it.each([
    ['ta'],
    ['ri'],
    ['di'],
    ['ma'],
    ['9'],
    ['C:\\ta'],
    ['C:\\docs\\di'],
    ['utm=de'],
    ['x=3d'],
    ['%zz'],
    ['list[0]a'],
    ['nn'],
    ['\\q'],
  ])('%j makes it part of a word', (before) => {
    expect(touchesLeft(before + KEY, before.length, LETTERS)).toBe(true);
  });
});

describe('on the right', () => {
  it.each(['', '"', '\\n', '\n', '.', '%26', '&', '\u001b[0m', '\xe2\x80\x9d'])('%j leaves a key free', (after) => {
    expect(touchesRight(KEY + after, KEY.length, WORD)).toBe(false);
  });

  it.each(['a', 'Z', '0', '_', '-'])('%j makes it longer', (after) => {
    expect(touchesRight(KEY + after, KEY.length, WORD)).toBe(true);
  });
});

it('reads a byte class as a regular expression would', () => {
  for (const inside of ['A-Za-z0-9', 'A-Za-z0-9+/=_-', '\\w', '', '^a']) {
    const table = byteClass(inside);
    const expected = Array.from({ length: 256 }, (_, byte) =>
      inside !== '' && new RegExp(`[${inside}]`, 'u').test(String.fromCharCode(byte)) ? 1 : 0,
    );
    expect([...table]).toEqual(expected);
  }
});
