import type { Encoding } from '../model/view.ts';

/** A place in a text, 1-based, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** A line feed here belongs to the line end before it. */
  readonly afterCr: boolean;
  /** False before the first character: a byte order mark has no column there. */
  readonly begun: boolean;
  /** Bytes from here on that belong to a character which is counted already. */
  readonly ahead: number;
}

export const BEGINNING: Place = { line: 1, column: 1, afterCr: false, begun: false, ahead: 0 };

const CR = 0x0d;
const LF = 0x0a;

/**
 * The place behind `bytes[from, to)`, when `place` stands before it. `\n`, `\r\n` and `\r` end a line. Works on any
 * stretch of a file, so that the lines of a file that is read in windows are counted once; a character that begins in
 * the stretch is counted in it, and must lie whole in `bytes`.
 */
export function advance(place: Place, bytes: Uint8Array, from: number, to: number, encoding: Encoding): Place {
  const first = from + place.ahead;
  if (encoding !== 'bytes') return advanceByUnits(place, bytes, first, to, UNITS[encoding]);
  const { before, at } = lastLine(place, bytes, first, to);
  return advanceByUnits(before, bytes, at, to, readUtf8);
}

/** In UTF-8 the line ends are bytes of their own: only the last line needs a look at its characters. */
function lastLine(place: Place, bytes: Uint8Array, from: number, to: number): { before: Place; at: number } {
  let { line, afterCr } = place;
  let start = -1;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === LF || byte === CR) {
      if (byte === CR || !afterCr) line += 1;
      start = at + 1;
    }
    afterCr = byte === CR;
  }
  if (start === -1) return { before: place, at: from };
  return { before: { line, column: 1, afterCr: bytes[start - 1] === CR, begun: true, ahead: 0 }, at: start };
}

function advanceByUnits(place: Place, bytes: Uint8Array, from: number, to: number, read: ReadUnit): Place {
  let { line, column, afterCr, begun } = place;
  let at = from;
  while (at < to) {
    const { code, width, columns } = read(bytes, at);
    at += width;
    if (code === LF && afterCr) {
      afterCr = false;
      continue;
    }
    afterCr = code === CR;
    if (code === LF || code === CR) {
      line += 1;
      column = 1;
    } else if (begun || code !== MARK) {
      column += columns;
    }
    begun = true;
  }
  return { line, column, afterCr, begun, ahead: at - to };
}

/** Where the character begins that holds the byte at `offset` of a file: in big-endian a letter is told by its last byte. */
export function startOfCharacter(offset: number, encoding: Encoding): number {
  return offset - (offset % WIDTHS[encoding]);
}

/** Bytes; a UTF-8 letter that a match can begin with is one byte. */
const WIDTHS: Readonly<Record<Encoding, number>> = {
  bytes: 1,
  'utf-16le': 2,
  'utf-16be': 2,
  'utf-32le': 4,
  'utf-32be': 4,
};

const MARK = 0xfeff;

interface Unit {
  code: number;
  /** Bytes. */
  width: number;
  /** UTF-16 units. */
  columns: number;
}

type ReadUnit = (bytes: Uint8Array, at: number) => Unit;

/** One object for all units: a file of a million characters must not make a million objects. */
const unit: Unit = { code: 0, width: 1, columns: 1 };

function put(code: number, width: number, columns: number): Unit {
  unit.code = code;
  unit.width = width;
  unit.columns = columns;
  return unit;
}

/**
 * UTF-8. What is none of it counts as editors show it: one column for each piece that can begin no character, as far as
 * it goes (https://encoding.spec.whatwg.org/#utf-8-decoder).
 */
const readUtf8: ReadUnit = (bytes, at) => {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return put(first, 1, 1);
  if (first < 0xc2 || first > 0xf4) return put(BROKEN, 1, 1);
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let code = first & (0x7f >> width);
  for (let i = 1; i < width; i += 1) {
    const next = bytes[at + i] ?? 0;
    const [least, most] = i === 1 ? secondByteOf(first) : ANY_NEXT;
    if (next < least || next > most) return put(BROKEN, i, 1);
    code = (code << 6) | (next & 0x3f);
  }
  return put(code, width, width === 4 ? 2 : 1);
};

const BROKEN = 0xfffd;
const ANY_NEXT = [0x80, 0xbf] as const;
const SECOND_BYTES: Readonly<Record<number, readonly [number, number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

function secondByteOf(first: number): readonly [number, number] {
  return SECOND_BYTES[first] ?? ANY_NEXT;
}

function read16(high: 0 | 1): ReadUnit {
  return (bytes, at) => put(((bytes[at + high] ?? 0) << 8) | (bytes[at + 1 - high] ?? 0), 2, 1);
}

function read32(order: readonly [number, number, number, number]): ReadUnit {
  return (bytes, at) => {
    let code = 0;
    for (const position of order) code = code * 256 + (bytes[at + position] ?? 0);
    return put(code, 4, code > 0xffff && code <= 0x10ffff ? 2 : 1);
  };
}

const UNITS: Readonly<Record<Encoding, ReadUnit>> = {
  bytes: readUtf8,
  'utf-16le': read16(1),
  'utf-16be': read16(0),
  'utf-32le': read32([3, 2, 1, 0]),
  'utf-32be': read32([0, 1, 2, 3]),
};
