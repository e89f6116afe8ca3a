import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginsWithAnchor, holdsAnchor } from '../../../src/ruleset/anchor.ts';
import { maxLengthOf } from '../../../src/ruleset/max-length.ts';
import { readPattern } from '../../../src/ruleset/pattern.ts';

/** What patterns and their mistakes are made of. */
const PIECES: readonly string[] = 'a b ( [ { < ? : > ) ] } , | - ^ $ . * + \\ 0 1 9 (?: (?<secret> {2} {1,3}'.split(
  ' ',
);

/** A pattern of the language, with one of the longest texts that it matches. */
interface Written {
  readonly pattern: string;
  readonly longest: string;
  readonly repeats: boolean;
}

const literal: fc.Arbitrary<Written> = fc
  .constantFrom(['a', 'a'], ['Z', 'Z'], ['_', '_'], ['-', '-'], ['\\.', '.'], ['\\$', '$'], ['\\\\', '\\'], [' ', ' '])
  .map(([pattern = '', longest = '']) => ({ pattern, longest, repeats: false }));

const characters: fc.Arbitrary<Written> = fc
  .constantFrom(['[a-z]', 'q'], ['[A-Za-z0-9_-]', '-'], ['[\\]\\\\x]', ']'], ['[^a]', 'b'], ['[.*<>{}$-]', '{'])
  .map(([pattern = '', longest = '']) => ({ pattern, longest, repeats: false }));

function repeated(of: Written, least: number, most: number, isOptional: boolean): Written {
  if (isOptional) return { pattern: `${of.pattern}?`, longest: of.longest, repeats: true };
  const bound = least === most ? `{${most}}` : `{${least},${most}}`;
  return { pattern: of.pattern + bound, longest: of.longest.repeat(most), repeats: true };
}

const { written } = fc.letrec<{ written: Written; group: Written; part: Written; sequence: Written }>((tie) => ({
  group: tie('written').map((inside) => ({ ...inside, pattern: `(?:${inside.pattern})` })),
  part: fc.oneof(
    { maxDepth: 4 },
    literal,
    characters,
    tie('group'),
    fc
      .tuple(
        fc.oneof({ maxDepth: 4 }, literal, characters, tie('group')),
        fc.nat(3),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
      )
      .filter(([of, , , isOptional]) => isOptional || !of.repeats)
      .map(([of, less, most, isOptional]) => repeated(of, Math.max(0, most - less), most, isOptional)),
  ),
  sequence: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => ({
    pattern: parts.map(({ pattern }) => pattern).join(''),
    longest: parts.map(({ longest }) => longest).join(''),
    repeats: parts.some(({ repeats }) => repeats),
  })),
  written: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((choices) => ({
    pattern: choices.map(({ pattern }) => pattern).join('|'),
    longest: choices.reduce((a, b) => (b.longest.length > a.longest.length ? b : a)).longest,
    repeats: choices.some(({ repeats }) => repeats),
  })),
}));

describe('the longest match', () => {
  test('is as long as the longest text that was built with the pattern, and that text matches', () => {
    fc.assert(
      fc.property(written, ({ pattern, longest }) => {
        expect(maxLengthOf(pattern)).toBe(longest.length);
        expect(new RegExp(`^(?:${pattern})$`, 'u').test(longest)).toBe(true);
      }),
    );
  });

  test('is never exceeded by a match', () => {
    fc.assert(
      fc.property(written, fc.string({ maxLength: 80 }), ({ pattern, longest }, noise) => {
        const match = new RegExp(pattern, 'uy').exec(longest + noise);
        expect(match?.[0].length ?? 0).toBeLessThanOrEqual(maxLengthOf(pattern));
      }),
    );
  });

  test('of a pattern with the secret in it', () => {
    expect(maxLengthOf('x(?<secret>ab[c-e]{2,5}(?:f|ghi)?)')).toBe(11);
  });
});

describe('outside of the language', () => {
  test.each([
    ['a*', '"*" at 1 is not allowed in a rule'],
    ['a+', '"+" at 1 is not allowed in a rule'],
    ['a{3,}', '"{3,}" has no upper bound'],
    ['a{1001}', '"{1001}" repeats more than 1000 times'],
    ['a{2,1001}', '"{2,1001}" repeats more than 1000 times'],
    ['a{3,2}', '"{3,2}" can never match'],
    ['a{0}', '"{0}" can never match'],
    ['a{,3}', '"{" at 1 is not allowed in a rule'],
    ['a{2}{3}', '"{" at 4 is not allowed in a rule'],
    ['a{2,3}?', '"?" at 6 is not allowed in a rule'],
    ['(?:a{1,3}){2}', '"{2}" repeats what repeats itself'],
    ['(?:b|(?:a?)){2}', '"{2}" repeats what repeats itself'],
    ['(?=a)', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['(?!a)', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['(?<=a)b', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['(?<other>a)', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['(?i:a)', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['(a)', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['(a)\\1', 'the group at 0 must be (?:…) or (?<secret>…)'],
    ['a\\1', '"\\1" at 1 is not allowed: only punctuation is escaped in a rule'],
    ['\\bsk', '"\\b" at 0 is not allowed: only punctuation is escaped in a rule'],
    ['\\d{3}', '"\\d" at 0 is not allowed: only punctuation is escaped in a rule'],
    ['[\\s]', '"\\s" at 1 is not allowed: only punctuation is escaped in a rule'],
    ['a\\', '"\\" at 1 is not allowed: only punctuation is escaped in a rule'],
    ['^a', '"^" at 0 is not allowed in a rule'],
    ['a$', '"$" at 1 is not allowed in a rule'],
    ['a.c', '"." at 1 is not allowed: write the characters as a class'],
    ['a)', 'unexpected ")" at 1'],
    ['(?:a', 'the group at 0 is not closed'],
    ['[a', 'the character class at 0 is not closed'],
    ['[]', 'the character class at 0 is empty'],
    ['[^]', 'the character class at 0 is empty'],
    ['[[a]', '"[" at 1 is not allowed in a class: write "\\["'],
    ['a\\-b', '"\\-" at 1 is not allowed: only punctuation is escaped in a rule'],
    ['a]', '"]" at 1 is not allowed in a rule'],
  ])('%s', (pattern, message) => {
    expect(() => readPattern(pattern)).toThrow(new RangeError(message));
  });

  test('an optional group may hold a repeat: it is tried once', () => {
    expect(maxLengthOf('(?:a{1,3})?')).toBe(3);
  });

  test('whatever is read is a regular expression, but for the order in a class, which is left to the engine', () => {
    const texts = fc
      .string({ unit: fc.constantFrom(...PIECES) })
      .filter((text) => errorOf(() => readPattern(text)) === '');
    fc.assert(
      fc.property(texts, (text) => {
        expect(errorOf(() => RegExp(text, 'u'))).toMatch(
          /^$|Range out of order|Invalid character class|Duplicate capture group name/u,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('nothing but a RangeError comes of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...PIECES) }), (text) => {
        expect(errorOf(() => readPattern(text))).toMatch(/^(?:RangeError: .+)?$/u);
      }),
      { numRuns: 1000 },
    );
  });
});

function errorOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('anchors', () => {
  test.each([
    ['(?<secret>sk-proj-[a-z]{3})', ['sk-proj-'], true, true],
    ['(?<secret>sk-proj-[a-z]{3})', ['proj'], false, true],
    ['(?:sk_live_|rk_live_)[a-z]{3}', ['sk_live_', 'rk_live_'], true, true],
    ['(?:sk_live_|rk_live_)[a-z]{3}', ['sk_live_'], false, false],
    ['(?:sk_live_|rk_live_)[a-z]{3}', ['_live_'], false, true],
    ['[a-z]{0,9}abc[a-z]{3}', ['abc'], false, true],
    ['[a-z]{0,9}(?<secret>abc[a-z]{3})', ['abc'], false, true],
    ['a(?:b)c', ['abc'], true, true],
    ['ab?c', ['abc'], false, false],
    ['(?:abc)?def', ['abc'], false, false],
    ['a{3}', ['aaa'], false, false],
    ['ab[c]', ['abc'], false, false],
    ['abc|abd', ['abc', 'abd'], true, true],
    ['abc|xyz', ['abc'], false, false],
    ['a\\.c', ['a.c'], true, true],
  ])('%s with %j', (pattern, anchors, begins, holds) => {
    expect([beginsWithAnchor(pattern, anchors), holdsAnchor(pattern, anchors)]).toEqual([begins, holds]);
  });
});
