import { realpathSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { RawPath } from '../model/fragment.ts';
import { bytesOfPath, rawPathFrom, rawPathFromText } from '../model/fragment.ts';
import type { Entry } from './entry.ts';
import { entryAt, isGone, whyUnread } from './entry.ts';

export type GivenEntry = Exclude<Entry, { kind: 'skipped' }>;

/**
 * What somebody named. A link in its last place is followed; what is neither file nor folder cannot be left out
 * silently, so it is `unread`. Its place is relative to `top` if it lies inside, else to the current folder, else
 * absolute. Throws `KeyguardError('usage')` if nothing is there.
 */
export function givenEntry(host: Host, top: string, given: RawPath): GivenEntry {
  const path = absolutePath(host, given);
  const place = placeOf(host, top, path);
  try {
    const entry = entryAt(realpathSync.native(bytesOfPath(path), 'buffer'), place);
    if (entry.kind !== 'skipped') return entry;
    return { kind: 'unread', place, why: 'is neither a file nor a folder; hand its content over with --stdin.' };
  } catch (error) {
    if (!isGone(error)) return { kind: 'unread', place, why: whyUnread(error) };
    throw new KeyguardError('usage', `${bytesOfPath(given).toString('utf8')} does not exist; check the path.`);
  }
}

/** Paths are computed on their bytes as latin1 text, so that names which are no UTF-8 keep their bytes. */
function absolutePath(host: Host, given: RawPath): RawPath {
  return raw(pathsOf(host).resolve(rawPathFromText(host.cwd), given));
}

function placeOf(host: Host, top: string, path: RawPath): RawPath {
  const paths = pathsOf(host);
  for (const folder of [top, host.cwd]) {
    const way = paths.relative(rawPathFromText(folder), path);
    if (way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way)) return withSlashes(host, way);
  }
  return withSlashes(host, path);
}

function withSlashes(host: Host, path: string): RawPath {
  return raw(host.platform === 'win32' ? path.replaceAll('\\', '/') : path);
}

function pathsOf(host: Host): typeof posix {
  return host.platform === 'win32' ? win32 : posix;
}

function raw(latin1: string): RawPath {
  return rawPathFrom(Buffer.from(latin1, 'latin1'));
}
