import type { Window } from '../model/fragment.ts';
import { isTarHeader } from './tar-header.ts';

/** What can be opened; `closed` is packed in a way that nothing here understands. */
export type ContainerKind = 'gzip' | 'zlib' | 'zip' | 'tar' | 'pdf' | 'png' | 'sqlite' | 'closed';

/**
 * By the first window of a fragment, never by its name. Runs on every file of every commit: nearly all are told by their
 * first byte, and by a look for the checksum of a tar and for the end of a zip.
 */
export function recognize(window: Window): ContainerKind | null {
  const { bytes, base, last } = window;
  if (base > 0 || bytes.length < SMALLEST) return null;
  for (const [kind, magic] of MAGIC) if (startsWith(bytes, magic)) return kind;
  if (isBzip2(bytes)) return 'closed';
  if (isTarHeader(bytes)) return 'tar';
  if (bytes.toString('latin1', 0, PDF_REACH).includes('%PDF-')) return 'pdf';
  return last && endOfZipIn(window) !== null ? 'zip' : null;
}

/** These are read from their beginning to their end: where that can be done twice, nobody has to hold them. */
export function isStreamed(kind: ContainerKind): boolean {
  return kind === 'gzip' || kind === 'zlib' || kind === 'tar';
}

/** An empty zip. */
const SMALLEST = 18;

const MAGIC: readonly (readonly [ContainerKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 8]],
  // Two bytes say little: where next to nothing can be unpacked it is none.
  ['zlib', [0x78, 0x01]],
  ['zlib', [0x78, 0x5e]],
  ['zlib', [0x78, 0x9c]],
  ['zlib', [0x78, 0xda]],
  ['zip', [0x50, 0x4b, 3, 4]],
  ['zip', [0x50, 0x4b, 5, 6]],
  ['zip', [0x50, 0x4b, 7, 8, 0x50, 0x4b, 3, 4]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['sqlite', [...Buffer.from('SQLite format 3\0')]],
  // 7z, rar, xz, zstd and lz4.
  ['closed', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['closed', [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
  ['closed', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['closed', [0x28, 0xb5, 0x2f, 0xfd]],
  ['closed', [4, 0x22, 0x4d, 0x18]],
];

/** Readers take a PDF with anything in front of it, within this reach. */
const PDF_REACH = 1024;

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  for (let i = 0; i < magic.length; i += 1) if (bytes[i] !== magic[i]) return false;
  return true;
}

/** Its first three letters alone could begin a text; the mark of the first block cannot. */
function isBzip2(bytes: Buffer): boolean {
  return bytes[0] === 0x42 && /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/u.test(bytes.toString('latin1', 0, 10));
}

/**
 * Where in a file a zip seems to end: it may stand behind a program or anything else. Looked for in the last bytes of each
 * window, for a comment of at most 64 KB may follow, and the window behind may be shorter than that.
 */
export function endOfZipIn({ bytes, base }: Window): number | null {
  const from = Math.max(0, bytes.length - END_REACH);
  const at = bytes.subarray(from).lastIndexOf(END_RECORD);
  return at < 0 ? null : base + from + at;
}

export const END_REACH = 65_557;

/** The record that ends a zip, and the number of its disk, which is the first. */
const END_RECORD = Buffer.from('PK\x05\x06\0\0', 'latin1');
