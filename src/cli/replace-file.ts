import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cannotWrite } from './output.ts';

/**
 * Written beside its place and renamed, so that nobody ever reads half a file and the old one stays until the new one
 * is whole. `mode` is cut down by the umask. Throws `KeyguardError('output')`.
 */
export async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  // Not derived from the name of the file, which may be as long as a name can be.
  const beside = join(dirname(path), `.keyguard-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw cannotWrite(path, error);
  }
}
