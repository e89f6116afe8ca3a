import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KeyguardError } from '../../errors.ts';
import type { Repository } from './repository.ts';

/** Hashing more than this would be felt in a hook. */
const LARGEST = 16 * 1024 * 1024;

/**
 * The bytes of the index; none before the first `git add`. Throws if the checksum at its end does not fit: of an index that has lost its end, or a bit, git reads
 * what it can, makes up the rest, and reports success. https://git-scm.com/docs/index-format
 */
export function readIndex({ indexFile, objectFormat }: Repository): Buffer {
  const index = readIfThere(indexFile);
  if (index.length === 0 || index.length > LARGEST) return index;
  const hash = createHash(objectFormat);
  const end = Math.max(index.length - (objectFormat === 'sha1' ? 20 : 32), 0);
  const checksum = index.subarray(end);
  // `index.skipHash` leaves zeros.
  if (checksum.every((byte) => byte === 0)) return index;
  if (hash.update(index.subarray(0, end)).digest().equals(checksum)) return index;
  throw new KeyguardError('git', `${indexFile} is damaged; rebuild it with git reset, which leaves your files alone.`);
}

/** Signature, version, number of entries. */
const HEADER = 12;

/**
 * Whether the index may hold a file of one of these names, which saves asking git. Versions 2 and 3 write every path in
 * full; version 4 leaves out what two paths share, and a split index keeps its paths in another file ("link").
 */
export function mayHold(index: Buffer, names: readonly string[]): boolean {
  if (index.length < HEADER) return false;
  const writesPaths = [2, 3].includes(index.readUInt32BE(4)) && !index.includes('link');
  return !writesPaths || names.some((name) => index.includes(name));
}

/** Before the first `git add` there is no index; git itself complains about an empty one. */
function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw new KeyguardError('git', `${file} could not be read; check its permissions.`, { cause: error });
  }
}
