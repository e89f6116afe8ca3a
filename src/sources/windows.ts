import type { Window } from '../model/fragment.ts';
import { WINDOW_BYTES } from '../model/fragment.ts';

/**
 * Cuts a stream of bytes into windows of at most `size`. The owned parts tile the fragment; a match that starts in one
 * has `overlap` bytes on both sides of its first byte inside the window, or the fragment's edge. Bytes that fit into one
 * window give exactly one, no bytes an empty one: every fragment has a window with `last`. A single chunk is not copied.
 */
export async function* windowsOf(
  chunks: AsyncIterable<Buffer>,
  overlap: number,
  size: number = WINDOW_BYTES,
): AsyncGenerator<Window, void, undefined> {
  // Multiples of four keep the phase of UTF-16 and UTF-32 in every window.
  const full = size - (size % 4);
  const margin = overlap + ((4 - (overlap % 4)) % 4);
  const step = full - 2 * margin;
  if (step < 4) throw new RangeError(`A window of ${size} bytes cannot hold an overlap of ${overlap} on both sides.`);

  let held: Buffer[] = [];
  let length = 0;
  let base = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    length += chunk.length;
    while (length > full) {
      const bytes = joined(held, length);
      yield {
        bytes: bytes.subarray(0, full),
        base,
        ownStart: base === 0 ? 0 : margin,
        ownEnd: full - margin,
        last: false,
      };
      held = [bytes.subarray(step)];
      length -= step;
      base += step;
    }
  }
  const bytes = joined(held, length);
  yield { bytes, base, ownStart: base === 0 ? 0 : margin, ownEnd: length, last: true };
}

/** Bytes that are known whole and are no longer than a window. */
export function oneWindow(bytes: Buffer): Window {
  return { bytes, base: 0, ownStart: 0, ownEnd: bytes.length, last: true };
}

function joined(held: readonly Buffer[], length: number): Buffer {
  const [first] = held;
  return held.length === 1 && first !== undefined ? first : Buffer.concat(held, length);
}
