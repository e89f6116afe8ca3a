import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writingOf } from '../../src/decode/encoding.ts';
import { judgeWindows } from '../../src/judge-windows.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { fragmentOf, scanner } from './detect.ts';
import { WIDE } from './wide.ts';

const SMALLEST = 3 * scanner.overlap;

const KEYS = [fakeKey('openaiProject'), fakeKey('anthropicAdmin', 2), fakeKey('openaiLegacy', 3)];

/** Characters beyond U+00FF whose bytes are letters, are no letters, or hold a NUL. */
const NEIGHBOURS = ['密', '扡', '一', 'ā', 'ÿ', '😀', '𐁁', '𡁁'];
const BEFORE = ['', '\n', 'KEY=', '密钥：', ...NEIGHBOURS];
const AFTER = ['', '\n', '\r\n', '"', ...NEIGHBOURS];
const LEADING = ['', '\n', 'x', '#\n', '#\n\n', 'abc=1\n'];
const TRAILING = ['', '\n', 'x', '\r\n', '\n\n\n', 'more=1\n'];

interface Found {
  readonly fingerprint: string;
  readonly bytes: Buffer;
}

async function reportedIn(bytes: Buffer, windowSize?: number): Promise<readonly Found[]> {
  const reported: Found[] = [];
  for await (const { found } of judgeWindows(fragmentOf(bytes, windowSize), scanner.matcher)) {
    for (const { judged } of found) {
      const { span, secret } = judged.match;
      if (judged.verdict.kind === 'drop') continue;
      reported.push({ fingerprint: fingerprintOf(secret), bytes: bytes.subarray(span.start, span.end) });
    }
  }
  return reported;
}

const files = fc.record({
  key: fc.constantFrom(...KEYS),
  mark: fc.constantFrom('\ufeff', ''),
  before: fc.constantFrom(...BEFORE),
  after: fc.constantFrom(...AFTER),
  leading: fc.constantFrom(...LEADING),
  trailing: fc.constantFrom(...TRAILING),
});

describe.each(WIDE)('a key in %s', (encoding, encode) => {
  it('is found once in every place, with stray bytes around the text', async () => {
    await fc.assert(
      fc.asyncProperty(files, async ({ key, mark, before, after, leading, trailing }) => {
        const text = encode(mark + before + key + after);
        const bytes = Buffer.concat([Buffer.from(leading), text, Buffer.from(trailing)]);
        const [found, ...others] = await reportedIn(bytes);
        expect(others).toEqual([]);
        expect(found?.fingerprint).toBe(fingerprintOf(new Secret(key)));
        expect(found?.bytes.toString('latin1').replaceAll('\0', '')).toBe(key);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('is cut out exactly where the file says how it is written', async () => {
    await fc.assert(
      fc.asyncProperty(files, async ({ key, before, after, trailing }) => {
        const bytes = Buffer.concat([encode(`\ufeff${before}${key}${after}`), Buffer.from(trailing)]);
        expect(writingOf(bytes).encoding).toBe(encoding);
        expect((await reportedIn(bytes)).map((found) => found.bytes)).toEqual([encode(key)]);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it('is found once at every border of a window', async () => {
    const border = fc.constantFrom(SMALLEST - scanner.overlap, SMALLEST, SMALLEST + scanner.overlap, 0);
    const filler = fc.constantFrom('x ', '密 ', 'word\n', '密');
    await fc.assert(
      fc.asyncProperty(files, border, fc.integer({ min: -12, max: 12 }), filler, async (file, border, off, filler) => {
        const { key, mark, before, after, leading, trailing } = file;
        const fill = (length: number): Buffer =>
          encode(filler.repeat(Math.ceil(length / encode('x').length))).subarray(0, Math.max(0, length));
        const head = Buffer.concat([Buffer.from(leading), encode(mark)]);
        const front = encode(before);
        const width = encode('x').length;
        const size = Math.max(0, border + off - head.length - front.length);
        const pad = fill(size - (size % width));
        const bytes = Buffer.concat([head, pad, front, encode(key + after), fill(SMALLEST), Buffer.from(trailing)]);
        const [found, ...others] = await reportedIn(bytes, SMALLEST);
        expect(others).toEqual([]);
        expect(found?.fingerprint).toBe(fingerprintOf(new Secret(key)));
        expect(found?.bytes.toString('latin1').replaceAll('\0', '')).toBe(key);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
