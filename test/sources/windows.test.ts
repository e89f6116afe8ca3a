import { array, assert, asyncProperty, integer, nat, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Window } from '../../src/model/fragment.ts';
import { oneWindow, windowsOf } from '../../src/sources/windows.ts';

async function* cut(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (const length of lengths) {
    yield bytes.subarray(at, at + length);
    at += length;
  }
  yield bytes.subarray(at);
}

async function collect(bytes: Buffer, lengths: readonly number[], overlap: number, size?: number): Promise<Window[]> {
  const windows: Window[] = [];
  for await (const window of windowsOf(cut(bytes, lengths), overlap, size)) windows.push(window);
  return windows;
}

describe('windowsOf', () => {
  it('tiles the bytes with owned parts, each with its context, however they come', async () => {
    const overlaps = integer({ min: 0, max: 20 });
    await assert(
      asyncProperty(
        uint8Array({ maxLength: 600 }),
        array(nat(90), { maxLength: 20 }),
        overlaps,
        integer({ min: 60, max: 200 }),
        async (content, lengths, overlap, size) => {
          const bytes = Buffer.from(content);
          const windows = await collect(bytes, lengths, overlap, size);
          let owned = 0;
          for (const window of windows) {
            const end = window.base + window.bytes.length;
            expect(window.bytes.equals(bytes.subarray(window.base, end))).toBe(true);
            expect(window.bytes.length).toBeLessThanOrEqual(size);
            expect(window.base % 4).toBe(0);
            expect(window.base + window.ownStart).toBe(owned);
            owned = window.base + window.ownEnd;
            expect(window.base === 0 || window.ownStart >= overlap).toBe(true);
            expect(end === bytes.length || window.bytes.length - window.ownEnd >= overlap).toBe(true);
          }
          expect(owned).toBe(bytes.length);
          expect(windows.map((window) => window.last)).toEqual(windows.map((_, index) => index === windows.length - 1));
        },
      ),
    );
  });

  it('gives one window for bytes that fit, without copying a single chunk', async () => {
    const bytes = Buffer.alloc(100, 'x');
    const windows = await collect(bytes, [], 10, 100);
    expect(windows).toEqual([oneWindow(bytes)]);
    expect(windows[0]?.bytes.buffer).toBe(bytes.buffer);
    expect(await collect(Buffer.alloc(101), [], 10, 100)).toHaveLength(2);
  });

  it('gives one empty window for no bytes', async () => {
    expect(await collect(Buffer.alloc(0), [], 10, 100)).toEqual([oneWindow(Buffer.alloc(0))]);
  });

  it('refuses an overlap that leaves nothing to own', async () => {
    await expect(collect(Buffer.alloc(9), [], 50, 100)).rejects.toThrow('cannot hold an overlap of 50');
    expect(await collect(Buffer.alloc(300), [], 44, 100)).not.toHaveLength(0);
  });
});
