import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { spanSet } from '../../../src/judge/span-set.ts';
import { overlaps } from '../../../src/model/span.ts';

const LONGEST = 30;
const span = fc
  .tuple(fc.nat(500), fc.integer({ min: 1, max: LONGEST }))
  .map(([start, length]) => ({ start, end: start + length }));

it('knows whether a span overlaps one of those it holds', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 40 }), span, (held, asked) => {
      const set = spanSet(LONGEST);
      for (const one of held) set.add(one);
      expect(set.overlaps(asked)).toBe(held.some((one) => overlaps(one, asked)));
    }),
    { seed: 1 },
  );
});
