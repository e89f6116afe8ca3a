import { readFileSync, statSync } from 'node:fs';
import { KeyguardError } from '../errors.ts';

/** A repository can bring a link to a device that never ends; waiting for a pipe, not even a signal would get through. */
export function readRegular(path: string): Uint8Array | null {
  return ifThere(path, () => {
    if (!statSync(path).isFile()) throw new KeyguardError('config', `${path} is not a regular file; make it one.`);
    return readFileSync(path);
  });
}

/** null where there is no such file. Throws `KeyguardError` (`config`) where there is one that cannot be read. */
export function ifThere(path: string, read: () => Uint8Array): Uint8Array | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyguardError) throw error;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw new KeyguardError('config', `${path} could not be read; make it a readable file.`, { cause: error });
  }
}
