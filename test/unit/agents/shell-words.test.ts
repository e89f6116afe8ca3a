import * as fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readScript } from '../../../src/agents/shell-script.ts';

/** The words of the commands that a script holds. */
function wordsIn(script: string): readonly (readonly string[])[] | null {
  return readScript(script)?.map(({ words }) => words.map(({ text }) => text)) ?? null;
}

describe('the words of a shell', () => {
  it('are those that were quoted, whatever stands in them', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab -\'"\\$`*?[]{},;&|<>()#~!=\n\t'.split('')) });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const single = words.map((text) => `'${text.replaceAll("'", String.raw`'\''`)}'`);
        const double = words.map((text) => `"${text.replaceAll(/[$`"\\]/gu, String.raw`\$&`)}"`);
        const script = `x ${single.join(' ')}\ny ${double.join(' ')}`;
        expect(wordsIn(script)).toEqual([
          ['x', ...words],
          ['y', ...words],
        ]);
      }),
    );
  });

  it('are those that sh reads, for words of plain characters, quotes and escapes', () => {
    const part = fc.oneof(
      fc.stringMatching(/^[a-z]{1,3}$/u),
      fc.stringMatching(/^[a-z "$]{0,3}$/u).map((text) => `'${text}'`),
      fc.stringMatching(/^[a-z ';]{0,3}$/u).map((text) => `"${text}"`),
      fc.constantFrom(' ', '  ', String.raw`\ `, String.raw`\'`, String.raw`\"`, String.raw`\$`, String.raw`\;`),
    );
    const scripts = fc.sample(fc.array(part, { minLength: 1, maxLength: 8 }), { numRuns: 200, seed: 7 });
    const lines = scripts.map((parts) => `p x${parts.join('')}`);
    const printed = execFileSync('sh', ['-s'], {
      input: `p() { printf '<%s>' "$@"; echo; }\n${lines.join('\n')}\n`,
      encoding: 'utf8',
    });
    const read = lines.map((line) =>
      (wordsIn(line)?.[0] ?? [])
        .slice(1)
        .map((text) => `<${text}>`)
        .join(''),
    );
    expect(read).toEqual(printed.split('\n').slice(0, -1));
  });

  it('come to an end for any text at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a"\'`$(){}<>|&;\\\n #=EOF-'.split('')), maxLength: 60 }),
        (text) => {
          readScript(text);
        },
      ),
    );
  });

  it('are not known where a quote or bracket does not end, and are where it does', () => {
    expect(['a "b', "a 'b", 'a $(b', 'a `b', 'a ${b'].map(wordsIn)).toEqual([null, null, null, null, null]);
    expect(wordsIn('a "b"')).toEqual([['a', 'b']]);
  });

  it.each([
    ['a; b & c | d && e || f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['(a b) ; { c; }', [['a', 'b'], ['{', 'c'], ['}']]],
    ['a >b 2>&1 <c d', [['a', 'd']]],
    ['a $(b c) `d`', [['b', 'c'], ['d'], ['a', '\0', '\0']]],
    ['a <<E\nb\nE\nc', [['a'], ['c']]],
    ['a <<-"E"\n\tb\n\tE\nc', [['a'], ['c']]],
    ['a # b\nc#d', [['a'], ['c#d']]],
    ['a{b,c}d {e,{f,g}}', [['abd', 'acd', 'e', 'f', 'g']]],
    ['x=1; a $x "${x}2" $y', [['x=1'], ['a', '1', '12', '\0']]],
    ['a\\\nb c', [['ab', 'c']]],
  ])('%s', (script, words) => {
    expect(wordsIn(script)).toEqual(words);
  });
});
