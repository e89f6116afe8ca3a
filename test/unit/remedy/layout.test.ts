import { assert, integer, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layTable, wrap } from '../../../src/remedy/layout.ts';

describe('wrap', () => {
  test('breaks at spaces and hangs the rest below the beginning', () => {
    expect(wrap('one two three four', 12, ' 1. ', '    ')).toEqual([' 1. one two', '    three', '    four']);
  });

  test('gives a URL longer than the width a line of its own, whole', () => {
    const url = `https://example.com/${'a'.repeat(40)}`;
    expect(wrap(`see ${url} now`, 20)).toEqual(['see', url, 'now']);
  });

  test('loses no word, changes no order, and is never wider than it must be', () => {
    assert(
      property(string(), integer({ min: 1, max: 100 }), integer({ min: 0, max: 8 }), (text, width, indent) => {
        const lines = wrap(text, width, ' '.repeat(indent));
        const words = text.split(/\s+/u).filter((word) => word !== '');
        expect(lines.flatMap((line) => line.trim().split(/\s+/u)).filter((word) => word !== '')).toEqual(words);
        for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
      }),
    );
  });
});

describe('tables', () => {
  test('up to three columns that fit stand side by side', () => {
    expect(layTable(['answer', 'meaning'], [['200', 'live']], 80)).toEqual(['  answer  meaning', '  200     live']);
  });

  test('more than three columns are records', () => {
    const lines = layTable(
      ['', 'b', 'c', 'd'],
      [
        ['row', '1', '2', '3'],
        ['next', '4', '5', '6'],
      ],
      80,
    );
    expect(lines).toEqual(['row', '  b: 1', '  c: 2', '  d: 3', '', 'next', '  b: 4', '  c: 5', '  d: 6']);
  });

  test('a table that does not fit is shown as records, too', () => {
    const lines = layTable(['', 'what'], [['row', 'a long cell here']], 16);
    expect(lines).toEqual(['row', '  what: a long', '    cell here']);
  });
});
