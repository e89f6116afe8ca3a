import { describe, expect, it } from 'vitest';
import { secretPattern } from '../../../src/match/secret-pattern.ts';

/** What the pattern takes from each place, as the text of the whole match and of its secret. */
function taken(source: string, text: string): readonly (readonly [string, string])[] {
  const pattern = secretPattern(source);
  return Array.from(text).flatMap((_, at) => {
    const fit = pattern(text, at);
    return fit === null ? [] : [[text.slice(at, fit.end), text.slice(fit.secret.start, fit.secret.end)] as const];
  });
}

describe('a pattern that is tried at one place', () => {
  it.each([
    ['all of it is the secret', '(?<secret>ab[0-9]{2})', [['ab12', 'ab12']]],
    ['text stands before the secret', 'a(?<secret>b[0-9]{2})', [['ab12', 'b12']]],
    ['text stands behind the secret', '(?<secret>ab)[0-9]{2}', [['ab12', 'ab']]],
    ['a group stands behind the secret', '(?<secret>ab)(?:[0-9]{2})', [['ab12', 'ab']]],
    ['groups stand in the secret', '(?<secret>(?:ab|cd)(?:[0-9]{2}))', [['ab12', 'ab12']]],
    ['a bracket stands in a class', '(?<secret>ab[0-9)(]{2})(?:x)?', [['ab12', 'ab12']]],
    ['a bracket stands behind a backslash', String.raw`(?<secret>ab\(?)[0-9]{2}`, [['ab12', 'ab']]],
    ['it does not fit', '(?<secret>ab[0-9]{3})', []],
  ])('gives match and secret where %s', (_name, source, expected) => {
    expect(taken(source, 'xab12,')).toEqual(expected);
  });
});
