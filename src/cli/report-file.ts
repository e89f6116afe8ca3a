import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KeyguardError } from '../errors.ts';
import { cannotWrite, codeOf } from './output.ts';

/**
 * Replaces a regular file in one step, so that the old report stays until the new one is whole; readable by its owner
 * only. A device or FIFO is written to and never replaced. Throws `KeyguardError('output')`.
 */
export async function writeReportFile(path: string, text: string): Promise<void> {
  try {
    if (await isReplaceable(path)) await replaceFile(path, text);
    else await writeToDevice(path, text);
  } catch (error) {
    throw error instanceof KeyguardError ? error : cannotWrite(path, error);
  }
}

/** Names for open files. With `> report.txt` they look like a regular file, and renaming over them breaks the system. */
const OPEN_FILE = /^\/(?:proc\/|dev\/(?:fd\/|std(?:out|err)$))/u;

async function isReplaceable(path: string): Promise<boolean> {
  if (OPEN_FILE.test(resolve(path))) return false;
  const entry = await lstat(path).catch(absent);
  if (entry === null || entry.isFile()) return true;
  const target = entry.isSymbolicLink() ? await stat(path).catch(absent) : entry;
  if (target?.isDirectory() === true) throw new KeyguardError('output', `cannot write ${path}: it is a folder.`);
  if (target === null || target.isFile()) {
    // A hostile repository could lead `--output report.json` to any file of the user.
    throw new KeyguardError('output', `cannot write ${path}: it is a symbolic link; name the file it leads to.`);
  }
  return false;
}

async function replaceFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  // Not derived from the name of the report, which may be as long as a name can be.
  const temporary = join(folder, `.keyguard-${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Appends: opened otherwise, /dev/stdout of a process whose output goes to a file would write over its beginning. */
async function writeToDevice(path: string, text: string): Promise<void> {
  const device = await open(path, 'a');
  try {
    await device.writeFile(text);
  } finally {
    await device.close();
  }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
