import type { Encoding } from '../model/view.ts';

/** A place in a text, 1-based, columns in UTF-16 units. `afterCr`: a line feed here belongs to the line end before it. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly afterCr: boolean;
}

export const BEGINNING: Place = { line: 1, column: 1, afterCr: false };

const CR = 0x0d;
const LF = 0x0a;

/**
 * The place behind `bytes[from, to)`, when `place` stands before it. `\n`, `\r\n` and `\r` end a line. Works on any
 * stretch of a file, so that the lines of a file that is read in windows are counted once.
 */
export function advance(place: Place, bytes: Uint8Array, from: number, to: number, encoding: Encoding): Place {
  const read = UNITS[encoding];
  let { line, column, afterCr } = place;
  let at = from;
  while (at < to) {
    const { code, width, columns } = read(bytes, at, to);
    at += width;
    if (code === LF && afterCr) {
      afterCr = false;
      continue;
    }
    afterCr = code === CR;
    if (code === LF || code === CR) {
      line += 1;
      column = 1;
    } else {
      column += columns;
    }
  }
  return { line, column, afterCr };
}

interface Unit {
  code: number;
  /** Bytes. */
  width: number;
  /** UTF-16 units. */
  columns: number;
}

type ReadUnit = (bytes: Uint8Array, at: number, to: number) => Unit;

/** One object for all units: a file of a million characters must not make a million objects. */
const unit: Unit = { code: 0, width: 1, columns: 1 };

function put(code: number, width: number, columns: number): Unit {
  unit.code = code;
  unit.width = width;
  unit.columns = columns;
  return unit;
}

/** UTF-8; a byte that is none of it counts as one column, as an editor shows it. A byte order mark has no column. */
const readUtf8: ReadUnit = (bytes, at, to) => {
  const first = bytes[at] ?? 0;
  if (first < 0xc2) return put(first, 1, 1);
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
  if (at + width > to) return put(first, 1, 1);
  for (let i = 1; i < width; i += 1) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return put(first, 1, 1);
  const isMark = at === 0 && first === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return put(first, width, isMark ? 0 : width === 4 ? 2 : 1);
};

function read16(high: 0 | 1): ReadUnit {
  return (bytes, at) => {
    const code = ((bytes[at + high] ?? 0) << 8) | (bytes[at + 1 - high] ?? 0);
    return put(code, 2, at === 0 && code === 0xfeff ? 0 : 1);
  };
}

function read32(order: readonly [number, number, number]): ReadUnit {
  const [low, middle, top] = order;
  return (bytes, at) => {
    const code = (bytes[at + low] ?? 0) | ((bytes[at + middle] ?? 0) << 8) | ((bytes[at + top] ?? 0) << 16);
    return put(code, 4, at === 0 && code === 0xfeff ? 0 : code > 0xffff ? 2 : 1);
  };
}

const UNITS: Readonly<Record<Encoding, ReadUnit>> = {
  bytes: readUtf8,
  'utf-16le': read16(1),
  'utf-16be': read16(0),
  'utf-32le': read32([0, 1, 2]),
  'utf-32be': read32([3, 2, 1]),
};
