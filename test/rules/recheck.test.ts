import { checkSync, type Diagnostics } from 'recheck';
import { expect, test } from 'vitest';
import type { Rule } from '../../src/model/rule.ts';
import { RULES } from './all-rule-files.ts';

/** What recheck says of a pattern as the matcher runs it. */
function verdictOn(source: string): Diagnostics {
  return checkSync(source, 'y', { timeout: 20_000, randomSeed: 1 });
}

/**
 * A square is safe while the length is bounded: a pattern runs sticky, at an anchor, and reads at most `maxLength` bytes,
 * so that the square of it is a constant. An exponential is not.
 */
function isHarmless(verdict: Diagnostics, { maxLength }: Rule): boolean {
  if (verdict.status === 'vulnerable') return verdict.complexity.type === 'polynomial' && maxLength <= 512;
  return verdict.status === 'safe';
}

test.each(RULES)('$id cannot be made to run for long', ({ rule }) => {
  const harmful = [rule.pattern, ...rule.placeholders].filter((source) => !isHarmless(verdictOn(source), rule));
  expect(harmful).toEqual([]);
});

test('a pattern that can be made to run for long is noticed', () => {
  expect(verdictOn('(?:a+)+b').status).toBe('vulnerable');
});
