import { lstat, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KeyguardError } from '../errors.ts';
import { cannotWrite, codeOf } from './output.ts';
import { replaceFile } from './replace-file.ts';

const OWNER_ONLY = 0o600;

/**
 * Replaces a regular file in one step, so that the old report stays until the new one is whole; readable by its owner
 * only. A device or FIFO is written to and never replaced. Throws `KeyguardError('output')`.
 */
export async function writeReportFile(path: string, text: string): Promise<void> {
  try {
    if (await isReplaceable(path)) await replaceFile(path, text, OWNER_ONLY);
    else await writeToDevice(path, text);
  } catch (error) {
    throw error instanceof KeyguardError ? error : cannotWrite(path, error);
  }
}

/** Adds to a file that belongs to somebody else, as a build server's summary. Throws `KeyguardError('output')`. */
export async function addToFile(path: string, text: string): Promise<void> {
  try {
    await writeToDevice(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
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
