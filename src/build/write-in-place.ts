import { renameSync, writeFileSync } from 'node:fs';

/** Written beside its place and renamed: another keyguard may be running from this folder. */
export function writeInPlace(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
