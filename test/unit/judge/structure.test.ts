import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Soundness } from '../../../src/judge/soundness.ts';
import { soundnessOf } from '../../../src/judge/structure.ts';
import type { FixedLength, MarkerHalves } from '../../../src/model/rule.ts';

const HALVES: MarkerHalves = {
  check: 'marker-halves',
  prefix: 'ab-',
  marker: '=MARK=',
  seen: [20, 74],
  unseen: [46],
  alphanumeric: [20],
};
const FIXED: FixedLength = { check: 'fixed-length', prefix: 'ab-', lengths: [50], tail: 'AA' };

const letters = (length: number): string => 'q7Zr2kPw9Xn4Tb6Vc8Yd'.repeat(10).slice(0, length);

function inWords(soundness: Soundness): string {
  switch (soundness.kind) {
    case 'sound':
      return soundness.seen ? 'sound' : 'sound, unseen';
    case 'damaged':
      return soundness.damage;
    case 'unproven':
    case 'wrong':
      return soundness.kind;
  }
}

describe('halves around a marker', () => {
  it.each([
    [20, 20, 'sound'],
    [74, 74, 'sound'],
    [46, 46, 'sound, unseen'],
    [33, 33, 'sound, unseen'],
    [74, 40, 'cut-short'],
    [20, 19, 'cut-short'],
    [74, 80, 'over-long'],
    [20, 21, 'over-long'],
    [70, 74, 'uneven'],
    [0, 40, 'uneven'],
    [10, 10, 'wrong'],
    [0, 0, 'wrong'],
  ])('%i and %i: %s', (before, after, expected) => {
    const text = `${HALVES.prefix}${letters(before)}${HALVES.marker}${letters(after)}`;
    expect(inWords(soundnessOf(HALVES, text))).toBe(expected);
  });

  it.each([
    [20, 'wrong'],
    [31, 'wrong'],
    [32, 'cut-short'],
    [79, 'cut-short'],
    [80, 'uneven'],
    [200, 'uneven'],
  ])('%i characters without the marker: %s', (length, expected) => {
    expect(inWords(soundnessOf(HALVES, HALVES.prefix + letters(length)))).toBe(expected);
  });

  it('hold letters and digits only, where the rule says so', () => {
    const half = `${letters(10)}-${letters(9)}`;
    expect(inWords(soundnessOf(HALVES, `ab-${half}=MARK=${letters(20)}`))).not.toBe('sound');
    const long = `${letters(40)}-${letters(33)}`;
    expect(inWords(soundnessOf(HALVES, `ab-${long}=MARK=${letters(74)}`))).toBe('sound');
  });

  it('may have a name in front, which is no part of the half', () => {
    expect(inWords(soundnessOf(HALVES, `ab-my-bot-${letters(20)}=MARK=${letters(20)}`))).toBe('sound');
  });

  it('have no name where they are equal, wherever a hyphen stands', () => {
    fc.assert(
      fc.property(fc.nat(45), (at) => {
        const half = `${letters(at)}-${letters(45 - at)}`;
        expect(inWords(soundnessOf(HALVES, `ab-${half}=MARK=${letters(46)}`))).toBe('sound, unseen');
      }),
      { seed: 1 },
    );
  });

  it('say what was seen', () => {
    const soundness = soundnessOf(HALVES, `ab-${letters(74)}=MARK=${letters(72)}QA`);
    expect(soundness).toEqual({
      kind: 'sound',
      seen: true,
      evidence: [
        { kind: 'prefix', text: 'ab-' },
        { kind: 'marker', text: '=MARK=' },
        { kind: 'halves', length: 74, seen: true },
        { kind: 'tail', text: 'A' },
      ],
    });
  });
});

describe('a fixed length', () => {
  it.each([
    [50, 'AA', 'sound'],
    [50, 'xx', 'uneven'],
    [49, 'AA', 'cut-short'],
    [36, 'xx', 'cut-short'],
    [34, 'xx', 'wrong'],
    [51, 'AA', 'over-long'],
  ])('%i characters that end in %s: %s', (length, tail, expected) => {
    expect(inWords(soundnessOf(FIXED, `ab-${letters(length - 5)}${tail}`))).toBe(expected);
  });
});
