import type { Transform } from 'node:stream';
import {
  createGunzip,
  createInflate,
  createInflateRaw,
  inflateRawSync,
  inflateSync,
  type Zlib,
  type ZlibOptions,
} from 'node:zlib';
import { Broken } from './member.ts';

export type Packing = 'gzip' | 'zlib' | 'raw';

/**
 * What deflated bytes unpack to, as far as they are good; then `Broken`. Never more is held than a piece of input unpacks
 * to: 16 MB at the most.
 */
export async function* inflated(
  source: () => AsyncIterable<Buffer>,
  packing: Packing,
): AsyncGenerator<Buffer, void, undefined> {
  let steps: Steps = [{ from: 0, size: STEP_SIZES[0] }];
  let given = 0;
  for (const finer of [...STEP_SIZES.slice(1), null]) {
    let behind = 0;
    const outcome: Outcome = { end: null };
    for await (const piece of runOf(source(), packing, steps, outcome)) {
      const fresh = piece.subarray(Math.max(0, given - behind));
      behind += piece.length;
      given = Math.max(given, behind);
      if (fresh.length > 0) yield fresh;
    }
    if (outcome.end === null) return;
    if (finer === null || outcome.end === 'cut') throw new Broken('damaged-container');
    steps = [...steps, { from: outcome.end, size: finer }];
  }
}

/** The same for few bytes, at once; null where they are damaged or unpack to more than `most`. */
export function inflatedAtOnce(bytes: Buffer, packing: 'zlib' | 'raw', most: number): Buffer | null {
  try {
    const options = { maxOutputLength: most };
    return packing === 'raw' ? inflateRawSync(bytes, options) : inflateSync(bytes, options);
  } catch {
    return null;
  }
}

/**
 * zlib keeps to itself what it unpacked of a piece that turns out to be damaged. It is given the piece once more then,
 * in smaller ones.
 */
const STEP_SIZES = [16_384, 128, 1] as const;

type Steps = readonly { readonly from: number; readonly size: number }[];

const CREATE: Readonly<Record<Packing, (options: ZlibOptions) => Transform & Zlib>> = {
  gzip: createGunzip,
  zlib: createInflate,
  raw: createInflateRaw,
};

interface Outcome {
  /** Where the piece begins that is damaged, `cut` where the end is missing or is none, null where all went well. */
  end: number | 'cut' | null;
}

async function* runOf(
  chunks: AsyncIterable<Buffer>,
  packing: Packing,
  steps: Steps,
  outcome: Outcome,
): AsyncGenerator<Buffer, void, undefined> {
  const stream = CREATE[packing]({ chunkSize: 65_536 });
  const ready: Buffer[] = [];
  const state = { isBroken: false, isEnded: false, wake: (): void => undefined };
  stream.on('data', (piece: Buffer) => ready.push(piece));
  stream.on('error', () => {
    state.isBroken = true;
    state.wake();
  });
  // Behind the end of what is packed zlib takes nothing more, and calls nobody back.
  stream.on('end', () => {
    state.isEnded = true;
    state.wake();
  });
  const doing = (begin: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      state.wake = resolve;
      begin(resolve);
    });
  try {
    let at = 0;
    let read = 0;
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length && !state.isEnded;) {
        const piece = chunk.subarray(start, start + sizeAt(at, steps));
        await doing((done) => stream.write(piece, () => done()));
        yield* ready.splice(0);
        if (state.isBroken) {
          outcome.end = at;
          return;
        }
        start += piece.length;
        at += piece.length;
      }
      read += chunk.length;
      if (!state.isEnded) continue;
      // Behind a gzip zeros fill up a block of a tape; anything else would go by unread.
      if (packing !== 'gzip') return;
      const rest = chunk.subarray(Math.max(0, chunk.length - (read - stream.bytesWritten)));
      if (rest.some((byte) => byte !== 0)) {
        outcome.end = 'cut';
        return;
      }
    }
    if (state.isEnded) return;
    await doing(() => stream.end());
    yield* ready.splice(0);
    if (state.isBroken) outcome.end = 'cut';
  } finally {
    stream.destroy();
  }
}

function sizeAt(at: number, steps: Steps): number {
  const step = steps.findLast(({ from }) => at >= from);
  const next = steps.find(({ from }) => from > at);
  return Math.min(step?.size ?? 1, next === undefined ? Number.POSITIVE_INFINITY : next.from - at);
}
