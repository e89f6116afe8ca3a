import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnchorHit } from '../../../src/match/anchor-search.ts';
import { sliced } from '../../../src/match/sliced.ts';
import type { View } from '../../../src/model/view.ts';

const MARGIN = 10;
const places = fc.array(fc.nat(200), { maxLength: 60 }).map((all) => all.toSorted((a, b) => a - b));

function viewOwning(ownStart: number, ownEnd: number): View {
  return { text: '', decoded: [], ownStart, ownEnd, toSource: (span) => span };
}

function hitsAt(all: readonly number[]): readonly AnchorHit[] {
  return all.map((at) => ({ at, end: at + 3, anchor: 0 }));
}

describe('slices of a view', () => {
  it('tile what it owns, and hold all hits around their own part', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 9 }), fc.nat(50), (all, most, ownStart) => {
        const slices = sliced(hitsAt(all), viewOwning(ownStart, 180), MARGIN, most);
        expect(slices.map((slice) => slice.ownStart)).toEqual([ownStart, ...slices.slice(0, -1).map((s) => s.ownEnd)]);
        expect(slices.at(-1)?.ownEnd).toBe(180);
        for (const slice of slices) {
          const near = all.filter((at) => at >= slice.ownStart - MARGIN && at < slice.ownEnd + MARGIN);
          const held = slice.hits.map(({ at }) => at);
          for (const at of near) expect(held.filter((one) => one === at)).toEqual(all.filter((one) => one === at));
          expect(held).toEqual(held.toSorted((a, b) => a - b));
        }
      }),
      { seed: 1 },
    );
  });

  it('hold few hits each, but for the margin', () => {
    const slices = sliced(hitsAt(Array.from({ length: 1000 }, (_, i) => i)), viewOwning(0, 1000), MARGIN, 100);
    expect(slices).toHaveLength(10);
    for (const { hits } of slices) expect(hits.length).toBeLessThanOrEqual(100 + 2 * MARGIN);
  });

  it('are one where there is little', () => {
    expect(sliced([], viewOwning(3, 9), MARGIN)).toEqual([{ hits: [], ownStart: 3, ownEnd: 9 }]);
  });
});
