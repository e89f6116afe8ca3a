import { closeSync, fchmodSync, fsyncSync, lstatSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { authorOf } from './hook-script.ts';

/** What stands where git looks for a hook. A symbolic link is somebody's file, wherever it leads. */
export type HookFile =
  | { readonly kind: 'none' }
  | { readonly kind: 'keyguard'; readonly text: string; readonly canRun: boolean }
  | { readonly kind: 'keyguard-edited' }
  | { readonly kind: 'somebody-else'; readonly text: string }
  | { readonly kind: 'not-a-file' };

export function readHook(path: string): HookFile {
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return { kind: 'none' };
  if (info.isSymbolicLink()) return { kind: 'somebody-else', text: '' };
  if (!info.isFile()) return { kind: 'not-a-file' };
  const text = readFileSync(path, 'utf8');
  const author = authorOf(text);
  if (author === 'somebody-else') return { kind: author, text };
  return author === 'keyguard' ? { kind: author, text, canRun: (info.mode & 0o111) === 0o111 } : { kind: author };
}

export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Writes the whole file beside its place, to be renamed there. A link that waits under that name is not followed. */
export function writeBeside(path: string, text: string | Uint8Array, mode: number): string {
  const beside = `${path}.keyguard-new`;
  rmSync(beside, { force: true });
  const file = openSync(beside, 'wx', mode);
  try {
    writeFileSync(file, text);
    // The mode given at opening passes the umask; git runs only what is executable.
    fchmodSync(file, mode);
    fsyncSync(file);
  } catch (cause) {
    rmSync(beside);
    throw cause;
  } finally {
    closeSync(file);
  }
  return beside;
}
