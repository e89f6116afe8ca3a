import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KeyguardError } from '../errors.ts';

/** A file as it lies there; null: there is none. Throws `KeyguardError` (`install`) for what is no ordinary text file. */
export function readAgentFile(path: string): { readonly text: string; readonly mode: number } | null {
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return null;
  if (!info.isFile()) {
    const what = info.isSymbolicLink() ? 'a symbolic link' : 'no file';
    throw new KeyguardError('install', `${path} is ${what}, so nothing was changed; put an ordinary file there.`);
  }
  return { text: decoded(path, readFileSync(path)), mode: info.mode & 0o777 };
}

/** Written beside its place and renamed, so that an agent that is running never reads a half of it. */
export function writeAgentFile(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.keyguard-new`;
  rmSync(beside, { force: true });
  const file = openSync(beside, 'wx', mode);
  try {
    writeFileSync(file, text);
    fchmodSync(file, mode);
    fsyncSync(file);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw cause;
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}

/** A mark of the byte order stays where it is: it is the first character. */
function decoded(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new KeyguardError('install', `${path} is not UTF-8 text, so nothing was changed; save it as UTF-8.`, {
      cause,
    });
  }
}
