import { checkSync } from 'recheck';
import { expect, test } from 'vitest';
import { RULES } from './all-rule-files.ts';

test.each(RULES)('$id cannot be made to run for long', ({ rule }) => {
  for (const source of [rule.pattern, ...rule.placeholders]) {
    const verdict = checkSync(source, 'y', { timeout: 20_000, randomSeed: 1 });
    if (verdict.status === 'vulnerable' && verdict.complexity.type === 'polynomial') {
      // Safe as long as the length is bounded: a pattern runs sticky, at an anchor, and reads at most maxLength bytes, so
      // a square of it is a constant. Longer patterns would need a closer look.
      expect(rule.maxLength).toBeLessThanOrEqual(512);
    } else {
      expect(verdict.status).toBe('safe');
    }
  }
});

test('a pattern that can be made to run for long is noticed', () => {
  expect(checkSync('(?:a+)+b', 'y', { timeout: 20_000, randomSeed: 1 }).status).toBe('vulnerable');
});
