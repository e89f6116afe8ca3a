import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/own/dotenv.ts';

function read(text: string): readonly (readonly [string, string])[] {
  return [...parseDotenv(text)].map(({ name, value }) => [name, value]);
}

describe('a .env file', () => {
  it.each([
    ['A=1', [['A', '1']]],
    ['A=1\nB=2\n', [['A', '1'], ['B', '2']]], // prettier-ignore
    ['A=1\r\nB=2\r\n', [['A', '1'], ['B', '2']]], // prettier-ignore
    ['A=1\rB=2', [['A', '1'], ['B', '2']]], // prettier-ignore
    ['\u00ef\u00bb\u00bfA=1', [['A', '1']]],
    ['export A=1', [['A', '1']]],
    ['  export   A = 1  ', [['A', '1']]],
    ['A: 1', [['A', '1']]],
    ['A:1', []],
    ['A=', [['A', '']]],
    ['A=\nB=2', [['A', ''], ['B', '2']]], // prettier-ignore
    ['# A=1\nB=2', [['B', '2']]],
    ['A=1 # why', [['A', '1']]],
    ['A=1#2', [['A', '1#2']]],
    ['A= # nothing', [['A', '']]],
    ['A="1 # 2" # why', [['A', '1 # 2']]],
    ["A='1 # 2' # why", [['A', '1 # 2']]],
    ['A=`say "it\'s"`', [['A', 'say "it\'s"']]],
    ['A="one\\ntwo"', [['A', 'one\ntwo']]],
    ["A='one\\ntwo'", [['A', 'one\\ntwo']]],
    ['A="one\ntwo"\nB=3', [['A', 'one\ntwo'], ['B', '3']]], // prettier-ignore
    ["A='one\ntwo'\nB=3", [['A', 'one\ntwo'], ['B', '3']]], // prettier-ignore
    ['A="say \\"it\\""', [['A', 'say "it"']]],
    ['A="open\nB=2', [['A', 'open'], ['B', '2']]], // prettier-ignore
    ['A=https://me:pw@host/db?x=1', [['A', 'https://me:pw@host/db?x=1']]],
    ['no assignment\nA=1', [['A', '1']]],
    ['A.b-c=1', [['A.b-c', '1']]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('tells where names and values stand', () => {
    const text = '# x\nexport FIRST="one two" # c\nSECOND = three\n';
    const cut = [...parseDotenv(text)].map(({ at }) => [
      text.slice(at.name.start, at.name.end),
      text.slice(at.value.start, at.value.end),
    ]);
    expect(cut).toEqual([
      ['FIRST', 'one two'],
      ['SECOND', 'three'],
    ]);
  });

  it('gives back what was written, in every way in which it can be', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/u);
    const plain = fc.stringMatching(/^[A-Za-z0-9+/_.:@=-]{1,40}$/u);
    const quoted = fc.stringMatching(/^[A-Za-z0-9 #$%&()\t\n;,.=-]{0,40}$/u);
    const end = fc.constantFrom('\n', '\r\n', '\r');
    const line = fc.oneof(
      fc.tuple(name, plain).map(([n, v]) => ({ n, v, text: `${n}=${v}` })),
      fc.tuple(name, plain).map(([n, v]) => ({ n, v, text: `export ${n} = ${v} # why` })),
      fc.tuple(name, plain).map(([n, v]) => ({ n, v, text: `${n}: ${v}` })),
      fc
        .tuple(name, quoted, fc.constantFrom('"', "'", '`'))
        .map(([n, v, q]) => ({ n, v, text: `${n}=${q}${v}${q} # why` })),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), end, (lines, separator) => {
        const text = lines.map((one) => one.text).join(separator);
        expect(read(text)).toEqual(lines.map(({ n, v }) => [n, v]));
      }),
    );
  });

  it('reads any text to its end, and its spans lie in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '\\', '\n', '\r', ' ', '#', ':') }), (text) => {
        for (const { name, at } of parseDotenv(text)) {
          expect(text.slice(at.name.start, at.name.end)).toBe(name);
          expect(at.value.start).toBeLessThanOrEqual(at.value.end);
          expect(at.value.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('reads a file of quotes that nothing closes once', () => {
    const text = `A='x\n${'B="y" \'\n'.repeat(1)}${'C=`z\n'.repeat(50_001)}`;
    expect(read(text).length).toBeGreaterThan(20_000);
  });
});
