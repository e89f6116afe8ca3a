import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { WINDOW_BYTES } from '../model/fragment.ts';

/** An open file. Whoever opened it closes it. */
export interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
}

/** Windows knows neither; there the link was seen by `lstat` before. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file; null if it has become something else since it was listed. Neither follows a link nor waits for
 * the other end of a pipe.
 */
export function openFile(path: Buffer): OpenFile | null {
  const descriptor = openSync(path, FLAGS);
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return { descriptor, size: stats.size };
  closeSync(descriptor);
  return null;
}

export function closeFile(file: OpenFile): void {
  closeSync(file.descriptor);
}

/**
 * The bytes from the beginning up to the end, wherever it is by now; a file of at most one window in one chunk. Read
 * synchronously: for thousands of small files that is several times faster, and a breath in between lets signals and
 * timers through.
 */
export async function* chunksOf(file: OpenFile): AsyncGenerator<Buffer, void, undefined> {
  let length = Math.min(file.size + 1, WINDOW_BYTES);
  let at = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(length);
    const filled = fill(file.descriptor, buffer, at);
    at += filled;
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < length) return;
    length = WINDOW_BYTES;
    await setImmediate();
  }
}

/** Everything at once; null where there is more than `most`. */
export function readWhole(file: OpenFile, most: number): Buffer | null {
  const buffer = Buffer.allocUnsafe(Math.min(file.size, most) + 1);
  const filled = fill(file.descriptor, buffer, 0);
  return filled < buffer.length ? buffer.subarray(0, filled) : null;
}

function fill(descriptor: number, buffer: Buffer, at: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(descriptor, buffer, filled, buffer.length - filled, at + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
