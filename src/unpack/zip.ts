import { crc32 } from 'node:zlib';
import { inflated, inflatedAtOnce } from './inflate.ts';
import { Broken, nowhere, storedAt, trouble, type Item } from './member.ts';
import { type Entry, entriesInOrder, entriesOfDirectory, hasZip } from './zip-entries.ts';

/**
 * The files of a zip: those of its directory, or, where that is missing or damaged, whatever local headers stand in it.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function* membersOfZip(bytes: Buffer): Generator<Item, void, undefined> {
  let start = yield* membersOfLast(bytes);
  // Readers see the last of several zips; the others are packed in the file all the same.
  while (start > 0 && hasZip(bytes.subarray(0, start))) start = yield* membersOfLast(bytes.subarray(0, start));
}

/** Those of the last zip in these bytes. Returns where it begins; 0 where all of them were looked through. */
function* membersOfLast(bytes: Buffer): Generator<Item, number, undefined> {
  const known = new Set<number | null>();
  const directory = entriesOfDirectory(bytes);
  let next = directory.next();
  for (; next.done !== true; next = directory.next()) {
    known.add(next.value.at);
    yield* itemOf(next.value, bytes);
  }
  if (next.value !== null) return next.value;
  for (const entry of entriesInOrder(bytes)) if (!known.has(entry.at)) yield* itemOf(entry, bytes);
  yield trouble('damaged-container');
  return 0;
}

const STORED = 0;
const DEFLATED = 8;

function* itemOf(entry: Entry, bytes: Buffer): Generator<Item, void, undefined> {
  const { name, method, at, packed, isEncrypted } = entry;
  if (packed === 0) return;
  if (isEncrypted) yield trouble('encrypted-container', name);
  else if (at === null) yield trouble('damaged-container', name);
  else if (method !== STORED && method !== DEFLATED) yield trouble('unsupported-container', name);
  else {
    yield {
      kind: 'member',
      name,
      span: { start: at, end: at + packed },
      sourceOf: method === STORED ? storedAt(at) : nowhere,
      chunks: () => checked(entry, bytes.subarray(at, at + packed)),
      isRepeatable: true,
    };
  }
}

/** So few bytes are unpacked at once: a jar has thousands of them. */
const FEW = 65_536;
const SMALL = 1024 * 1024;

async function* checked(entry: Entry, packed: Buffer): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  let sum = 0;
  for await (const piece of unpacked(entry, packed)) {
    size += piece.length;
    sum = crc32(piece, sum);
    yield piece;
  }
  const { check } = entry;
  if (packed.length < entry.packed || (check !== null && (check.size !== size || check.crc !== sum)))
    throw new Broken('damaged-container');
}

async function* unpacked({ method }: Entry, packed: Buffer): AsyncGenerator<Buffer, void, undefined> {
  if (method === STORED) {
    yield packed;
    return;
  }
  const whole = packed.length > FEW ? null : inflatedAtOnce(packed, 'raw', SMALL);
  if (whole !== null) yield whole;
  else yield* inflated(() => once(packed), 'raw');
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
