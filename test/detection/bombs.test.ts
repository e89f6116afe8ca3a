import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect.ts';
import type { Detected } from '../../src/detect.ts';
import { MOST_DEPTH, MOST_TIMES, viewsOf } from '../../src/decode/views.ts';
import { oneWindow } from '../../src/sources/windows.ts';
import { fakeKey } from '../helpers/keys.ts';
import { bytesOf, detectIn, fragmentOf, scanner } from './detect.ts';
import { base64 } from './encodings.ts';

const KEY = fakeKey('openaiProject');

async function detectFile(content: string): Promise<Detected> {
  return detect(
    {
      scope: { kind: 'files', detail: '' },
      expected: 1,
      skipped: [{ reason: 'symlink', count: 1 }],
      before: null,
      async *fragments() {
        yield fragmentOf(content);
      },
    },
    scanner,
  );
}

function nested(times: number, text: string): string {
  return times === 0 ? text : nested(times - 1, base64(text));
}

describe('text that is encoded again and again', () => {
  it('is decoded down to the stated depth', async () => {
    const found = await detectIn(nested(MOST_DEPTH, KEY));
    expect(found.map(({ finding }) => finding.decoded)).toEqual([Array(MOST_DEPTH).fill('base64')]);
  });

  it('is counted where it goes on, and the file counts as scanned', async () => {
    const { detections, coverage } = await detectFile(`${nested(MOST_DEPTH + 1, KEY)}\n${KEY}\n`);
    expect(detections.map(({ finding }) => finding.decoded)).toEqual([[]]);
    expect(coverage).toMatchObject({ expected: 1, scanned: 1, errors: [] });
    expect(coverage.skipped).toEqual([
      { reason: 'symlink', count: 1 },
      { reason: 'decoded-in-part', count: 1 },
    ]);
  });

  it('is not counted where nothing is left to decode', async () => {
    expect((await detectFile(nested(MOST_DEPTH, KEY))).coverage.skipped).toEqual([{ reason: 'symlink', count: 1 }]);
  });
});

describe('text in which every decoder has something to do', () => {
  const MIXED =
    'a%2Db &#45;c &amp;#45; \\u002d =2D \\\\"abcdefghijklmnopq\\\\" %26%2345%3B c2tfa2V5X3ZhbHVlX2FiY2RlZmdo ';

  it('is decoded to a multiple of its length at most', () => {
    const text = MIXED.repeat(4000);
    const bounds: string[] = [];
    const views = viewsOf(oneWindow(bytesOf(text)), undefined, (bound) => bounds.push(bound));
    const decoded = views.reduce((sum, view) => sum + view.text.length, 0);
    expect(decoded).toBeLessThan((MOST_TIMES + 2) * text.length);
    expect(bounds.length).toBeLessThanOrEqual(1);
  });
});

it('keeps to a run of 900 KB base64 in one line, and finds the key in it', async () => {
  const line = base64(
    `${'some words of a text and more of them, '.repeat(9000)}${KEY} ${'and the rest '.repeat(24_000)}`,
  );
  const [found, ...others] = await detectIn(`x = "${line}"\n`);
  expect(found?.finding.decoded).toEqual(['base64']);
  expect(others).toEqual([]);
});
