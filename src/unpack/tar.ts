import { byteReader, type ByteReader } from './byte-reader.ts';
import { storedAt, trouble, type Item, type Member } from './member.ts';
import { BLOCK, headerFrom, isTarHeader, type TarHeader } from './tar-header.ts';

/**
 * The files of a tar, in one pass over its bytes: a member is to be read before the next one is taken. Behind a damaged
 * header the next good one is looked for.
 */
export async function* membersOfTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<Item, void, undefined> {
  const reader = byteReader(chunks);
  try {
    yield* membersFrom(reader);
  } finally {
    await reader.stop();
  }
}

async function* membersFrom(reader: ByteReader): AsyncGenerator<Item, void, undefined> {
  let said: Said = NOTHING_SAID;
  let isEnded = false;
  let isDamaged = false;
  for (;;) {
    const block = await reader.take(BLOCK);
    if (block.length < BLOCK) break;
    if (block.equals(NOTHING)) {
      isEnded = true;
      continue;
    }
    if (!isTarHeader(block)) {
      // Behind the end there may be anything.
      isDamaged ||= !isEnded;
      continue;
    }
    isEnded = false;
    const header = headerFrom(block);
    if (EXTENSIONS.includes(header.type)) {
      said = await saidBy(header, reader, said);
      continue;
    }
    if (header.hasMoreMap) await skipSparseMap(reader);
    const size = sizeOf(header, said);
    const name = said.name ?? header.name;
    const end = reader.at() + padded(size);
    if (size > 0) yield memberAt(reader, name, size);
    const left = end - reader.at();
    if ((await reader.skip(left)) < left) {
      yield trouble('damaged-container', name);
      return;
    }
    isDamaged ||= Number.isNaN(header.size);
    said = NOTHING_SAID;
  }
  if (isDamaged || !isEnded) yield trouble('damaged-container');
}

/** Two of these end a tar. */
const NOTHING = Buffer.alloc(BLOCK);

const EXTENSIONS = ['x', 'g', 'L', 'K', 'X'];

/** Links and folders have no bytes, whatever their size says. */
const WITHOUT_BYTES = ['1', '2', '3', '4', '5', '6'];

/** What an extension header says of the member behind it. */
interface Said {
  readonly name: Buffer | null;
  readonly size: number | null;
}

const NOTHING_SAID: Said = { name: null, size: null };

function sizeOf({ type, size }: TarHeader, said: Said): number {
  return WITHOUT_BYTES.includes(type) ? 0 : (said.size ?? (size || 0));
}

function memberAt(reader: ByteReader, name: Buffer, size: number): Member {
  const at = reader.at();
  return {
    kind: 'member',
    name,
    span: { start: at, end: at + size },
    sourceOf: storedAt(at),
    chunks: () => reader.pass(size),
    isRepeatable: false,
  };
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Longer than any name that a system takes. */
const MOST_SAID = 1024 * 1024;

async function saidBy({ type, size }: TarHeader, reader: ByteReader, before: Said): Promise<Said> {
  const bytes = await reader.take(Math.min(size || 0, MOST_SAID));
  await reader.skip(padded(size || 0) - bytes.length);
  if (type === 'L') return { ...before, name: withoutNul(bytes) };
  return type === 'x' || type === 'X' ? { ...before, ...recordsIn(bytes) } : before;
}

function withoutNul(bytes: Buffer): Buffer {
  const nul = bytes.indexOf(0);
  return nul < 0 ? bytes : bytes.subarray(0, nul);
}

/** `LENGTH KEY=VALUE\n`, one after the other. GNU writes the name of a sparse file in a key of its own. */
function recordsIn(bytes: Buffer): Partial<Said> {
  let found: Partial<Said> = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('latin1', at, Math.min(space, at + 10)));
    if (space < 0 || !Number.isInteger(length) || length <= space - at) return found;
    const equals = bytes.indexOf(0x3d, space);
    const key = bytes.toString('latin1', space + 1, Math.min(equals, space + 40));
    const value = bytes.subarray(equals + 1, at + length - 1);
    if (key === 'path' && found.name === undefined) found = { ...found, name: value };
    if (key === 'GNU.sparse.name') found = { ...found, name: value };
    if (key === 'size' && /^\d{1,15}$/u.test(value.toString('latin1')))
      found = { ...found, size: Number(value.toString('latin1')) };
    at += length;
  }
  return found;
}

/** GNU's old sparse files: blocks of 21 entries, each of which says whether there is another. */
async function skipSparseMap(reader: ByteReader): Promise<void> {
  for (let hasMore = true; hasMore;) {
    const block = await reader.take(BLOCK);
    hasMore = block.length === BLOCK && block[504] === 1;
  }
}
