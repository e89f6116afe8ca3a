import { expect, it } from 'vitest';
import type { Exposure, ExposureState } from '../../src/model/finding.ts';
import { rawPathFromText } from '../../src/model/fragment.ts';
import { countNotUnpacked, noticesOf } from '../../src/not-unpacked.ts';
import { packedExposure } from '../../src/packed-exposure.ts';
import { scanner } from '../detection/detect.ts';
import { fakeKey } from '../helpers/keys.ts';

const KEY = fakeKey('openaiProject', 75);

function archives(count: number): Parameters<typeof noticesOf>[0] {
  return Array.from({ length: count }, (_, i) => ({
    provenance: { kind: 'file', places: [rawPathFromText(`${i}.zip`)] },
    troubles: [{ reason: 'encrypted-container', names: [Buffer.from(`${KEY}.txt`)], count: 3 }],
  }));
}

it('every member counts, five files are named, and a key in a name is hidden', () => {
  expect(countNotUnpacked(archives(7))).toEqual([{ reason: 'encrypted-container', count: 21 }]);
  const messages = noticesOf(archives(7), 'tree', scanner.sink).map(({ message }) => message);
  expect(messages).toHaveLength(6);
  expect(messages[0]).toMatch(/^0\.zip › sk-proj-….{4}\.txt and 2 more in this file: encrypted, /u);
  expect(messages[5]).toMatch(/^2 more files hold something that was not unpacked/u);
  expect(noticesOf(archives(5), 'tree', scanner.sink)).toHaveLength(5);
});

it.each<readonly [ExposureState, ExposureState, ExposureState]>([
  ['staged', 'staged', 'unknown'],
  ['local', 'unknown', 'unknown'],
  ['unreachable', 'unknown', 'unknown'],
  ['pushed', 'pushed', 'pushed'],
  ['published', 'published', 'published'],
])('a key in a container that counts as %s is %s in a commit, and %s elsewhere', (state, staged, tree) => {
  const exposure: Exposure = { state, detail: 'what git said' };
  expect(packedExposure(exposure, 'staged').state).toBe(staged);
  expect(packedExposure(exposure, 'tree').state).toBe(tree);
});
