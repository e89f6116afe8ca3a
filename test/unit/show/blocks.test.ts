import { describe, expect, it } from 'vitest';
import { inBlocks } from '../../../src/show/blocks.ts';
import type { Cover } from '../../../src/show/mask.ts';
import { matchAt } from './match-at.ts';

/** Covers every `!`, and says how much it has looked at. */
function marks(): { readonly coversIn: (text: string) => readonly Cover[]; readonly looked: () => number } {
  let looked = 0;
  return {
    coversIn: (text) => {
      looked += text.length;
      return Array.from(text.matchAll(/!/gu), ({ index }) => ({ start: index, end: index + 1, form: '…', hides: [] }));
    },
    looked: () => looked,
  };
}

const TEXT = `${'.'.repeat(99)}!`.repeat(1000);
const { view } = matchAt(TEXT, 0, 1);

describe('looking in blocks', () => {
  it('finds all that stands near a place, at its place in the view', () => {
    const coversNear = inBlocks(marks().coversIn);
    for (let at = 0; at < TEXT.length; at += 997) {
      const near = coversNear(view, at);
      expect(near.every(({ start, end }) => TEXT.slice(start, end) === '!')).toBe(true);
      const starts = near.map(({ start }) => start);
      for (let i = Math.max(0, at - 1800); i < Math.min(TEXT.length, at + 1800); i += 1)
        if (TEXT[i] === '!') expect(starts).toContain(i);
    }
  });

  it('looks at a text a few times, however many places are asked for', () => {
    const { coversIn, looked } = marks();
    const coversNear = inBlocks(coversIn);
    for (let at = 0; at < TEXT.length; at += 10) coversNear(view, at);
    expect(looked()).toBeLessThan(4 * TEXT.length);
    expect(looked()).toBeGreaterThan(TEXT.length);
  });

  it('says the same wherever a window of the fragment begins', () => {
    const base = 12_344;
    const moved = { ...view, text: TEXT.slice(base), toSource: shifted(base) };
    const whole = inBlocks(marks().coversIn)(view, 40_000).map(({ start }) => start);
    const part = inBlocks(marks().coversIn)(moved, 40_000 - base).map(({ start }) => start + base);
    expect(part).toEqual(whole);
  });
});

function shifted(base: number): typeof view.toSource {
  return ({ start, end }) => ({ start: start + base, end: end + base });
}
