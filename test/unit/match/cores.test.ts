import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coresIn } from '../../../src/match/cores.ts';

/** The same, the slow way. */
function slowly(text: string): readonly string[] {
  const runs = [...text.matchAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,}(?![A-Za-z0-9+/])/gu)].filter(([run]) =>
    /[0-9]/u.test(run),
  );
  const uuids = [...text.matchAll(/(?=(?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))/gu)];
  const found = [...runs, ...uuids].map(
    ({ index, 0: run, groups }) => [index, groups?.['uuid'] ?? run.slice(0, 512)] as const,
  );
  return found.toSorted((a, b) => a[0] - b[0]).map(([index, core]) => `${index} ${core}`);
}

function quickly(text: string): readonly string[] {
  return coresIn(text)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, end }) => `${at} ${text.slice(at, end)}`);
}

describe('cores', () => {
  const hex = fc.constantFrom(...Array.from('0123456789abcdef'));
  const hexOf = (length: number): fc.Arbitrary<string> =>
    fc.array(hex, { minLength: length, maxLength: length }).map((all) => all.join(''));
  const uuid = fc.tuple(hexOf(8), hexOf(4), hexOf(4), hexOf(4), hexOf(12)).map((parts) => parts.join('-'));
  const run = fc.array(fc.constantFrom(...Array.from('aZ09+/f')), { maxLength: 80 }).map((all) => all.join(''));
  const other = fc.constantFrom(' ', '-', '_', '.', '"', '\n', '\xff', '\u4e2d', '=', 'q');
  const text = fc.array(fc.oneof(uuid, run, other), { maxLength: 24 }).map((parts) => parts.join(''));

  it('are what a search at every byte finds', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(quickly(one)).toEqual(slowly(one));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it.each([0, 1, 31, 32, 33, 63, 64, 65])('are found behind %i other bytes, and at the very end', (before) => {
    const key = '0a'.repeat(16);
    expect(quickly(`${'.'.repeat(before)}${key}`)).toEqual([`${before} ${key}`]);
    expect(quickly(`${'.'.repeat(before)}${key.slice(1)}`)).toEqual([]);
  });

  it('have no end that is not told', () => {
    expect(coresIn('1a'.repeat(5000)).map(({ at, end }) => [at, end])).toEqual([[0, 512]]);
  });
});
