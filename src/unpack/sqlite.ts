import { trouble, type Item } from './member.ts';
import { type ByteSpan, linesOf } from './pieces.ts';
import { valuesOfRecord, varintAt } from './sqlite-record.ts';

/**
 * The texts of a database, page by page, each value on a line of its own, joined where it goes on in overflow pages. In a
 * page values stand without anything between them. https://www.sqlite.org/fileformat2.html
 */
export function* membersOfSqlite(bytes: Buffer): Generator<Item, void, undefined> {
  const database = databaseIn(bytes);
  if (database === null) {
    yield trouble('damaged-container');
    return;
  }
  const free = freePages(database);
  // Freed pages hold old copies.
  const state: State = { isBroken: false, left: 2 * bytes.length };
  for (let page = 1; (page - 1) * database.pageSize < bytes.length; page += 1) {
    const lines = valuesOn(page, database, state);
    const at = (page - 1) * database.pageSize;
    const name = Buffer.from(`page ${page}`);
    if (lines.length > 0) {
      const { bytes: text, sourceOf } = linesOf(bytes, lines);
      yield {
        kind: 'member',
        name,
        span: { start: at, end: at + database.pageSize },
        sourceOf,
        chunks: () => once(text),
        isRepeatable: true,
      };
    }
    if (state.isBroken && !free.has(page)) yield trouble('damaged-container', name);
    state.isBroken = false;
  }
  if (database.isCut) yield trouble('damaged-container');
}

/** Their cells may lead to pages that are used for something else by now; that is no damage. */
function freePages({ bytes, pageSize }: Database): ReadonlySet<number> {
  const free = new Set<number>();
  for (let trunk = bytes.readUInt32BE(32); trunk > 0 && !free.has(trunk);) {
    const at = (trunk - 1) * pageSize;
    if (at + pageSize > bytes.length) break;
    free.add(trunk);
    const count = Math.min(bytes.readUInt32BE(at + 4), pageSize / 4 - 2);
    for (let i = 0; i < count; i += 1) free.add(bytes.readUInt32BE(at + 8 + 4 * i));
    trunk = bytes.readUInt32BE(at);
  }
  return free;
}

interface Database {
  readonly bytes: Buffer;
  readonly pageSize: number;
  /** Of a page, without what extensions keep for themselves. */
  readonly usable: number;
  readonly isCut: boolean;
}

const HEADER = 100;

function databaseIn(bytes: Buffer): Database | null {
  if (bytes.length < HEADER) return null;
  const said = bytes.readUInt16BE(16);
  const pageSize = said === 1 ? 65_536 : said;
  const usable = pageSize - (bytes[20] ?? 0);
  if (pageSize < 512 || usable < 480) return null;
  const pages = bytes.readUInt32BE(28);
  // The number of pages counts only where the version that wrote it is the one of the last change.
  const isValid = bytes.readUInt32BE(24) === bytes.readUInt32BE(92);
  return {
    bytes,
    pageSize,
    usable,
    isCut: bytes.length % pageSize !== 0 || (isValid && pages * pageSize > bytes.length),
  };
}

const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;

/** What a cell takes at the least, with its pointer. */
const LEAST_CELL = 8;

interface State {
  isBroken: boolean;
  /** Each byte belongs to one cell: what is read over and over is no database. */
  left: number;
}

/** The values of all cells, as stretches of the file. */
function valuesOn(page: number, database: Database, state: State): readonly (readonly ByteSpan[])[] {
  const { bytes, pageSize } = database;
  const start = (page - 1) * pageSize;
  const header = page === 1 ? HEADER : start;
  const kind = bytes[header];
  if (kind !== TABLE_LEAF && kind !== INDEX_LEAF && kind !== INDEX_INTERIOR) return [];
  if (start + pageSize > bytes.length) return [];
  const pointers = header + (kind === INDEX_INTERIOR ? 12 : 8);
  const count = bytes.readUInt16BE(header + 3);
  const lines: (readonly ByteSpan[])[] = [];
  for (let i = 0; i < count && pointers + 2 * i + 2 <= start + pageSize; i += 1) {
    const cell = start + bytes.readUInt16BE(pointers + 2 * i);
    const stretches = payloadAt(cell, kind, start + pageSize, database, state);
    state.left -= stretches.reduce((sum, { start, end }) => sum + end - start, LEAST_CELL);
    if (state.left < 0) {
      state.isBroken = true;
      return [];
    }
    for (const value of valuesIn(stretches, bytes)) lines.push(value);
  }
  return lines;
}

/** The stretches of the file that make up the record of a cell. */
function payloadAt(cell: number, kind: number, pageEnd: number, database: Database, state: State): readonly ByteSpan[] {
  const { bytes, usable } = database;
  const length = varintAt(bytes, kind === INDEX_INTERIOR ? cell + 4 : cell);
  const start = length === null || kind !== TABLE_LEAF ? length?.next : varintAt(bytes, length.next)?.next;
  if (length === null || start === undefined) return [];
  const local = localLength(length.value, kind, usable);
  const stretches = [{ start, end: Math.min(start + local, pageEnd) }];
  let left = length.value - local;
  if (left <= 0 || start + local + 4 > pageEnd) return stretches;
  let next = bytes.readUInt32BE(start + local);
  for (let more = state.left; left > 0 && more > 0; more -= usable) {
    const at = (next - 1) * database.pageSize;
    if (next === 0 || at + database.pageSize > bytes.length) break;
    const size = Math.min(left, usable - 4);
    stretches.push({ start: at + 4, end: at + 4 + size });
    left -= size;
    next = bytes.readUInt32BE(at);
  }
  state.isBroken ||= left > 0;
  return stretches;
}

function localLength(length: number, kind: number, usable: number): number {
  const most = kind === TABLE_LEAF ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (length <= most) return length;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const kept = least + ((length - least) % (usable - 4));
  return kept <= most ? kept : least;
}

function valuesIn(stretches: readonly ByteSpan[], bytes: Buffer): readonly (readonly ByteSpan[])[] {
  const pieces = stretches.map(({ start, end }) => bytes.subarray(start, end));
  const record = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  return valuesOfRecord(record).map((value) => cutOut(value, stretches));
}

/** What a span of the joined stretches is in the file. */
function cutOut({ start, end }: ByteSpan, stretches: readonly ByteSpan[]): readonly ByteSpan[] {
  const found: ByteSpan[] = [];
  let at = 0;
  for (const stretch of stretches) {
    const length = stretch.end - stretch.start;
    const from = Math.max(start, at) - at;
    const to = Math.min(end, at + length) - at;
    if (from < to) found.push({ start: stretch.start + from, end: stretch.start + to });
    at += length;
  }
  return found;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
