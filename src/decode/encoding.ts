import type { Encoding } from '../model/view.ts';

/** UTF-32LE before UTF-16LE: its mark begins with the other's. */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const SAMPLE_BYTES = 512;

/** How a file is written. */
export interface Writing {
  readonly encoding: Encoding;
  /** A byte order mark says so. A guess can take a stray byte and big-endian text for little-endian. */
  readonly isMarked: boolean;
}

/** From the beginning of a file: what an editor would take it for when it counts lines and columns. */
export function writingOf(beginning: Uint8Array): Writing {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, i) => beginning[i] === byte)) return { encoding, isMarked: true };
  }
  const sample = beginning.subarray(0, SAMPLE_BYTES);
  return { encoding: sample.includes(0) ? guessEncoding(sample) : 'bytes', isMarked: false };
}

/** Without a mark: which of the four byte positions are mostly NUL. */
function guessEncoding(sample: Uint8Array): Encoding {
  const rows = Math.floor(sample.length / 4);
  if (rows < 2) return 'bytes';
  const nulls = [0, 0, 0, 0];
  for (let i = 0; i < rows * 4; i += 1) if (sample[i] === 0) nulls[i % 4] = (nulls[i % 4] ?? 0) + 1;
  const mostly = nulls
    .map((count) => count > rows * 0.7)
    .map(Number)
    .join('');
  switch (mostly) {
    case '0101':
      return 'utf-16le';
    // ASCII text with a stray byte in front looks big-endian from here on.
    case '1010':
      return sample[0] === 0 ? 'utf-16be' : 'bytes';
    case '0111':
      return 'utf-32le';
    case '1110':
      return sample[0] === 0 ? 'utf-32be' : 'bytes';
    default:
      return 'bytes';
  }
}
