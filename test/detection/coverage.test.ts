import { expect, it } from 'vitest';
import { detect, type Detected } from '../../src/detect.ts';
import { KeyguardError } from '../../src/errors.ts';
import { rawPathFromText, type Fragment } from '../../src/model/fragment.ts';
import type { Source } from '../../src/sources/source.ts';
import { fakeKey } from '../helpers/keys.ts';
import { fragmentOf, scanner } from './detect.ts';

function sourceOf(fragments: readonly Fragment[]): Source {
  return {
    scope: { kind: 'files', detail: 'a test' },
    expected: fragments.length,
    skipped: [],
    before: null,
    async *fragments() {
      yield* fragments;
    },
  };
}

function detectIn(fragments: readonly Fragment[]): Promise<Detected> {
  return detect(sourceOf(fragments), scanner);
}

/** The same bytes at so many places. */
function spread(content: string, places: number): Fragment {
  const paths = Array.from({ length: places }, (_, i) => rawPathFromText(`${String(i).padStart(5, '0')}.txt`));
  return { ...fragmentOf(content), provenance: { kind: 'file', places: paths } };
}

function unreadable(error: Error): Fragment {
  return {
    ...fragmentOf(''),
    async *windows() {
      yield* [];
      throw error;
    },
  };
}

const KEY = `key = "${fakeKey('openaiProject')}"\n`;

it('counts what it read', async () => {
  const { coverage, drops, detections } = await detectIn([fragmentOf(KEY), fragmentOf('sk-...\n'), fragmentOf('')]);
  expect(coverage).toMatchObject({ expected: 3, scanned: 3, bytes: KEY.length + 7, errors: [] });
  expect(drops.get('documentation')).toBe(1);
  expect(detections).toHaveLength(1);
});

it('goes on behind a fragment that cannot be read, and says so', async () => {
  const hidden = fakeKey('openaiAdmin');
  const broken = unreadable(new KeyguardError('unread', `${hidden}.txt could not be read: permission denied`));
  const { coverage, detections } = await detectIn([broken, fragmentOf(KEY)]);
  expect(coverage).toMatchObject({ expected: 2, scanned: 1 });
  expect(coverage.errors).toHaveLength(1);
  expect(coverage.errors[0]?.message).toMatch(/^sk-admin-….{4}\.txt could not be read/u);
  expect(detections).toHaveLength(1);
});

it('does not hide a bug as a fragment that cannot be read', async () => {
  await expect(detectIn([unreadable(new TypeError('a bug'))])).rejects.toThrow('a bug');
});

it('keeps what was found before git failed, and says that it did', async () => {
  const { coverage, detections } = await detectIn([fragmentOf(KEY), unreadable(new KeyguardError('git', 'git died'))]);
  expect(detections).toHaveLength(1);
  expect(coverage).toMatchObject({ expected: 2, scanned: 1, errors: [{ message: 'git died', gitFailed: true }] });
});

it('sorts by path, then by offset', async () => {
  const two = spread(KEY + KEY, 3);
  const { detections } = await detectIn([spread(KEY, 2), two]);
  const places = detections.map(({ path, offset }) => `${path}@${String(offset).padStart(6)}`);
  expect(places).toEqual(places.toSorted());
  expect(places).toHaveLength(8);
});

it('takes ten thousand findings, and stops at one more, incomplete', async () => {
  const most = await detectIn([spread(KEY, 10_000)]);
  expect(most.detections).toHaveLength(10_000);
  expect(most.coverage).toMatchObject({ scanned: 1, errors: [] });

  const more = await detectIn([spread(KEY, 10_000), fragmentOf(KEY), fragmentOf(KEY)]);
  expect(more.detections).toHaveLength(10_000);
  expect(more.coverage).toMatchObject({ expected: 3, scanned: 1 });
  expect(more.coverage.errors.map(({ message }) => message)).toEqual([expect.stringContaining('more than 10000')]);
});
