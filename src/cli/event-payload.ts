import { readFileSync, statSync } from 'node:fs';
import { PAYLOAD } from '../ci/github.ts';
import { REMEDY } from '../ci/variables.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';

/** GitHub sends none that is larger. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const LARGEST = 25 * 1024 * 1024;

/** What happened, as the server wrote it into a file. Throws `KeyguardError` (`usage`) with the place. */
export function readEventPayload({ env }: Host): unknown {
  const path = env[PAYLOAD] ?? '';
  if (path === '') throw fault(`${PAYLOAD} is not set, so nothing tells which commits this build brings in`);
  const text = textOf(path);
  try {
    const payload: unknown = JSON.parse(text);
    return payload;
  } catch {
    // The error of the parser quotes what it could not read.
    throw fault(`${path}, which ${PAYLOAD} names, is not JSON`);
  }
}

function textOf(path: string): string {
  const size = sizeOf(path);
  if (size > LARGEST) throw fault(`${path}, which ${PAYLOAD} names, is larger than 25 MB`);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw fault(`${path}, which ${PAYLOAD} names, could not be read`, { cause });
  }
}

/** Waiting for a pipe, not even a signal would get through. */
function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw fault(`${path}, which ${PAYLOAD} names, is not there`);
  if (!found.isFile()) throw fault(`${path}, which ${PAYLOAD} names, is not a regular file`);
  return found.size;
}

function fault(what: string, options?: ErrorOptions): KeyguardError {
  return new KeyguardError('usage', `${what}; ${REMEDY}`, options);
}
