/**
 * Writing that cannot lie: these promises are kept only when every byte is out. `console.log` into a full device ends
 * with exit code 0, and a stream tells of a closed pipe by an event that nobody awaits.
 */
import { fstatSync, writeSync } from 'node:fs';
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

/** `target` is named as the reader of the message knows it. */
export function cannotWrite(target: string, error: unknown): KeyguardError {
  const code = codeOf(error);
  return new KeyguardError('output', `cannot write ${target}: ${REASONS[code] ?? code}.`, { cause: error });
}

export function codeOf(error: unknown): string {
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
