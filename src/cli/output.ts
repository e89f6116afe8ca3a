/**
 * Writing that cannot lie: these promises are kept only when every byte is out. `console.log` into a full device ends
 * with exit code 0, and a stream tells of a closed pipe by an event that nobody awaits.
 */
import { randomBytes } from 'node:crypto';
import { fstatSync, writeSync } from 'node:fs';
import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KeyguardError } from '../errors.ts';

/** `process.stdout` and `process.stderr`. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly fd: number;
}

/** Resolves when the reader's side has all of it. Throws `KeyguardError('output')`, also when the reader went away. */
export async function writeAll(stream: OutputStream, text: string): Promise<void> {
  try {
    if (isRegularFile(stream.fd)) writeToFile(stream.fd, text);
    else await writeToStream(stream, text);
  } catch (error) {
    throw cannotWrite(stream.fd === 2 ? 'standard error' : 'standard output', error);
  }
}

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

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** Node's stream for a file ignores how much was written, so that a disk that fills up cuts the report off unnoticed. */
function writeToFile(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

function writeToStream(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays attached on failure: the stream tells its callback first and emits the error afterwards; an error that
    // nobody listens to ends the process with a stack trace.
    stream.once('error', reject);
    stream.write(text, (error) => {
      if (error) {
        reject(error);
        return;
      }
      stream.removeListener('error', reject);
      resolve();
    });
  });
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

function cannotWrite(target: string, error: unknown): KeyguardError {
  const code = codeOf(error);
  return new KeyguardError('output', `cannot write ${target}: ${REASONS[code] ?? code}.`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

const READER_LEFT = 'the reader closed the pipe before the end';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EFBIG: 'the file would be larger than allowed',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist; make it first',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is not a folder',
  EPERM: 'not permitted',
  // What a socket says, as Node and some shells use them in place of pipes.
  ECONNRESET: READER_LEFT,
  EPIPE: READER_LEFT,
  EROFS: 'the file system is read-only',
};
