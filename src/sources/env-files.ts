import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { isEnvFile } from '../model/env-file.ts';
import { type RawPath, rawPathFrom, rawPathFromText, WINDOW_BYTES } from '../model/fragment.ts';
import { closeFile, type OpenFile, openFile, readWhole } from './read-file.ts';

/** A file of values of this checkout, as text: its bytes, one a character. */
export interface EnvFile {
  readonly place: RawPath;
  readonly text: string;
}

export interface EnvFiles {
  readonly files: readonly EnvFile[];
  /** There and not read: no right to, no text, too big, a pipe, a link that leads out of the repository. */
  readonly unread: readonly RawPath[];
  /** Folders that were one too many to look into. */
  readonly foldersLeft: number;
}

/** Beyond every honest checkout; each costs a look. */
const MOST_FOLDERS = 10_000;
const MOST_FILES = 200;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The `.env` files in the top folder and in the folders above these places. A link is followed inside of `top` only:
 * what lies elsewhere is nobody's business here.
 */
export function findEnvFiles(top: string, places: Iterable<RawPath>): EnvFiles {
  const files: EnvFile[] = [];
  const unread: RawPath[] = [];
  let bytes = 0;
  const { folders, left } = foldersAbove(places);
  for (const folder of folders) {
    for (const name of namesIn(top, folder)) {
      const place = rawPathFrom(Buffer.from(folder === '' ? name : `${folder}/${name}`, 'latin1'));
      const text = files.length < MOST_FILES && bytes < MOST_BYTES ? textAt(top, place) : null;
      bytes += text?.length ?? 0;
      if (text === null) unread.push(place);
      else if (text !== undefined) files.push({ place, text });
    }
  }
  return { files, unread, foldersLeft: left };
}

/** The top folder first. */
function foldersAbove(places: Iterable<RawPath>): { readonly folders: ReadonlySet<string>; readonly left: number } {
  const folders = new Set(['']);
  let left = 0;
  for (const place of places) {
    if (place.startsWith('/') || place.startsWith('../')) continue;
    for (let slash = place.lastIndexOf('/'); slash > 0; slash = place.lastIndexOf('/', slash - 1)) {
      const folder = place.slice(0, slash);
      // Those above it are known with it.
      if (folders.has(folder)) break;
      if (folders.size < MOST_FOLDERS) folders.add(folder);
      else left += 1;
    }
  }
  return { folders, left };
}

/** A folder that is not there, or cannot be looked into, has no values for this program. */
function namesIn(top: string, folder: string): readonly string[] {
  try {
    return readdirSync(inside(top, folder), { encoding: 'latin1' })
      .filter((name) => name.startsWith('.env') && isEnvFile(name))
      .toSorted();
  } catch {
    return [];
  }
}

function inside(top: string, place: string): Buffer {
  return Buffer.concat([Buffer.from(`${top}/`), Buffer.from(place, 'latin1')]);
}

/** null: it could not be read; undefined: it is a folder, as Python calls its environments, or gone. */
function textAt(top: string, place: RawPath): string | null | undefined {
  try {
    const path = inside(top, place);
    const stats = lstatSync(path);
    if (stats.isDirectory()) return undefined;
    if (!stats.isSymbolicLink()) return stats.isFile() ? textOf(path) : null;
    const real = realpathSync.native(path, 'utf8');
    const lies = real.startsWith(realpathSync.native(top) + sep);
    return lies ? textOf(Buffer.from(real)) : null;
  } catch {
    return null;
  }
}

/** A file that somebody named. null where it cannot be read as text. */
export function textOf(path: Buffer): string | null {
  let file: OpenFile | null = null;
  try {
    file = openFile(path);
    if (file === null || file.size > WINDOW_BYTES) return null;
    const bytes = readWhole(file, WINDOW_BYTES);
    if (bytes === null) return null;
    // Windows PowerShell writes UTF-16 where it is not told otherwise.
    if (bytes[0] === 0xff && bytes[1] === 0xfe)
      return Buffer.from(bytes.subarray(2).toString('utf16le'), 'utf8').toString('latin1');
    return bytes.includes(0) ? null : bytes.toString('latin1');
  } catch {
    return null;
  } finally {
    if (file !== null) closeFile(file);
  }
}

/** The place of a file that was named, if it lies below the top. */
export function placeBelow(top: string, path: string): RawPath {
  const start = top.endsWith(sep) ? top : `${top}${sep}`;
  return rawPathFromText(path.startsWith(start) ? path.slice(start.length).replaceAll(sep, '/') : path);
}
