import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Match } from '../../../src/model/match.ts';
import { AROUND, nearbyIn } from '../../../src/show/nearby.ts';
import { matchAt } from './match-at.ts';

it('finds every match that reaches into the snippet of another, and few more', () => {
  const spans = fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(spans, fc.nat(39), (places, which) => {
      const matches = places.map(([start, length]) => matchAt('', start, start + length));
      const match = matches[which % matches.length];
      const found = match === undefined ? [] : nearbyIn(matches)(match);
      const reach = ({ at }: Match): boolean =>
        match !== undefined && at.start < match.at.end + AROUND && at.end > match.at.start - AROUND;
      expect(found).toEqual(expect.arrayContaining(matches.filter(reach)));
      expect(found.every(({ at }) => match !== undefined && at.start < match.at.end + AROUND)).toBe(true);
    }),
    { seed: 1 },
  );
});

it('finds nothing but itself where nothing else is', () => {
  const match = matchAt('', 5000, 5050);
  expect(nearbyIn([matchAt('', 0, 50), match, matchAt('', 9000, 9050)])(match)).toEqual([match]);
});
