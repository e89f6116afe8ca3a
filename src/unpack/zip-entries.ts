/** A file as a zip lists it. */
export interface Entry {
  readonly name: Buffer;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where its local header begins, as far as the zip says. */
  readonly local: number;
  /** Where its packed bytes begin; null where the zip does not hold what it says. */
  readonly at: number | null;
  readonly packed: number;
  /** What comes out of it; null where the zip does not say it in front. */
  readonly check: { readonly size: number; readonly crc: number } | null;
}

/** The entries of the directory at the end. Returns where the zip begins; null where its directory is not whole. */
export function* entriesOfDirectory(bytes: Buffer): Generator<Entry, number | null, undefined> {
  const directory = findDirectory(bytes);
  if (directory === null) return null;
  const { count, shift } = directory;
  let found = 0;
  let at = directory.at;
  let start = at;
  // A zip without zip64 can hold more than its 16 bits count.
  while (isAt(bytes, at, CENTRAL) && at + 46 <= directory.end) {
    const { entry, next } = centralEntry(bytes, at, shift);
    yield entry;
    start = Math.min(start, entry.local);
    found += 1;
    at = next;
  }
  return found % 65_536 === count % 65_536 ? start : null;
}

/** Whether one more zip ends in front of another, or begins there. */
export function hasZip(bytes: Buffer): boolean {
  return isAt(bytes, 0, LOCAL) || bytes.lastIndexOf(FIRST_END) >= 0;
}

/** The entries whose local headers stand in the bytes, in their order. A file ends where the next header begins. */
export function* entriesInOrder(bytes: Buffer): Generator<Entry, void, undefined> {
  for (let at = bytes.indexOf(LOCAL); at >= 0 && at + 30 <= bytes.length;) {
    const flags = bytes.readUInt16LE(at + 6);
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
    const start = nameEnd + bytes.readUInt16LE(at + 28);
    const said = sizesIn(bytes, { at: nameEnd, end: start }, [
      bytes.readUInt32LE(at + 22),
      bytes.readUInt32LE(at + 18),
    ]);
    const isSaid = (flags & DESCRIPTOR) === 0;
    const [size = 0, packed = 0] = said;
    const next = bytes.indexOf(LOCAL, isSaid && start + packed <= bytes.length ? start + packed : start);
    const end = isSaid ? start + packed : next < 0 ? bytes.length : next;
    yield {
      name: bytes.subarray(at + 30, nameEnd),
      local: at,
      method: bytes.readUInt16LE(at + 8),
      isEncrypted: (flags & ENCRYPTED) !== 0,
      at: start,
      packed: Math.max(0, end - start),
      check: isSaid ? { size, crc: bytes.readUInt32LE(at + 14) } : null,
    };
    at = next;
  }
}

const LOCAL = Buffer.from('PK\x03\x04', 'latin1');
const CENTRAL = Buffer.from('PK\x01\x02', 'latin1');
const END = Buffer.from('PK\x05\x06', 'latin1');
/** A program that can read zips may hold the mark alone; the number of a disk follows it in a zip. */
const FIRST_END = Buffer.from('PK\x05\x06\0\0', 'latin1');
const END_64 = Buffer.from('PK\x06\x06', 'latin1');
const LOCATOR_64 = Buffer.from('PK\x06\x07', 'latin1');

const ENCRYPTED = 1;
const DESCRIPTOR = 8;
const ZIP_64 = 1;
const FULL_32 = 0xffff_ffff;

interface Directory {
  readonly at: number;
  readonly end: number;
  readonly count: number;
  /** Bytes in front of the zip, which its offsets do not count. */
  readonly shift: number;
}

function findDirectory(bytes: Buffer): Directory | null {
  const end = bytes.lastIndexOf(END);
  if (end < 0 || end + 22 > bytes.length || end < bytes.length - 65_557) return null;
  const wide = wideEnd(bytes, end);
  const size = wide?.size ?? bytes.readUInt32LE(end + 12);
  const said = wide?.offset ?? bytes.readUInt32LE(end + 16);
  const directoryEnd = wide?.at ?? end;
  // Where the directory stands is told by its size; by its offset too, unless something stands in front of the zip.
  const at = directoryEnd - size;
  if (at < 0 || said > at) return null;
  return { at, end: directoryEnd, count: wide?.count ?? bytes.readUInt16LE(end + 10), shift: at - said };
}

function wideEnd(bytes: Buffer, end: number): { at: number; size: number; offset: number; count: number } | null {
  const locator = end - 20;
  if (!isAt(bytes, locator, LOCATOR_64)) return null;
  const at = bytes.lastIndexOf(END_64, locator);
  if (at < 0 || at + 56 > bytes.length) return null;
  return { at, size: wideAt(bytes, at + 40), offset: wideAt(bytes, at + 48), count: wideAt(bytes, at + 32) };
}

function centralEntry(bytes: Buffer, at: number, shift: number): { readonly entry: Entry; readonly next: number } {
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const narrow = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  const [size = 0, packed = 0, offset = 0] = sizesIn(bytes, { at: nameEnd, end: extraEnd }, narrow);
  return {
    entry: {
      name: bytes.subarray(at + 46, nameEnd),
      local: offset + shift,
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      at: dataAt(bytes, offset + shift),
      packed,
      check: { size, crc: bytes.readUInt32LE(at + 16) },
    },
    next: extraEnd + bytes.readUInt16LE(at + 32),
  };
}

/** Behind the local header, whose extra field need not be that of the directory. */
function dataAt(bytes: Buffer, local: number): number | null {
  if (!isAt(bytes, local, LOCAL) || local + 30 > bytes.length) return null;
  return local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
}

/** Sizes that do not fit into 32 bits stand in the extra field, in the order of those that are full. */
function sizesIn(bytes: Buffer, extra: { at: number; end: number }, narrow: readonly number[]): readonly number[] {
  if (!narrow.includes(FULL_32)) return narrow;
  const end = Math.min(extra.end, bytes.length);
  for (let at = extra.at; at + 4 <= end; at += 4 + bytes.readUInt16LE(at + 2)) {
    if (bytes.readUInt16LE(at) !== ZIP_64) continue;
    let field = at + 4;
    return narrow.map((value) => {
      if (value !== FULL_32 || field + 8 > end) return value;
      field += 8;
      return wideAt(bytes, field - 8);
    });
  }
  return narrow;
}

function wideAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function isAt(bytes: Buffer, at: number, mark: Buffer): boolean {
  return at >= 0 && bytes.subarray(at, at + mark.length).equals(mark);
}
