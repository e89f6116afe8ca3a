import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretPattern } from '../../../src/match/secret-pattern.ts';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';
import { linearPattern } from '../../../src/user-rules/linear-pattern.ts';
import { RULES } from '../../rules/all-rule-files.ts';

const texts = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '_', '\n', '\u00ff'), maxLength: 60 });

const PATTERNS = [
  '(?<secret>ab[a-z]{2,5})',
  'a(?<secret>b{1,3}(?:-|_)1?)a?',
  '(?<secret>a(?:b|bb|b1){1,2})b{0,2}',
  '(?<secret>[^a]{3})',
];

describe('a linear pattern', () => {
  test.each(PATTERNS)('fits where V8 says that %s fits, and nowhere else', (source) => {
    const [linear, v8] = [linearPattern(source, 40), secretPattern(source)];
    fc.assert(
      fc.property(texts, fc.nat(60), (text, at) => {
        expect(linear(text, at)).toEqual(v8(text, at));
      }),
      { numRuns: 500 },
    );
  });

  test.each(RULES.map(({ id, entry, rule }) => [id, entry, rule] as const))(
    'reads the built-in rule %s the same way',
    (_id, entry, rule) => {
      const [linear, v8] = [linearPattern(rule.pattern, rule.maxLength), secretPattern(rule.pattern)];
      for (const example of entry.examples) {
        const text = fillTemplate(example, 7).replaceAll(/<<|>>/gu, '');
        for (let at = 0; at < Math.min(text.length, 400); at += 1) expect(linear(text, at)).toEqual(v8(text, at));
      }
    },
  );
});
