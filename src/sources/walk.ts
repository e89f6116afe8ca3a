import { readdirSync } from 'node:fs';
import type { RawPath } from '../model/fragment.ts';
import { rawPathFrom } from '../model/fragment.ts';
import type { Entry, ListedEntry } from './entry.ts';
import { entryAt, isGone, isRepository, whyUnread } from './entry.ts';

export interface WalkOptions {
  /** Absolute paths of folders that are left out and told as skipped. */
  readonly submodules?: ReadonlySet<RawPath>;
  /** Folders inside of folders. */
  readonly depth?: number;
  readonly entries?: number;
}

interface Folder {
  readonly path: Buffer;
  readonly place: RawPath;
  readonly depth: number;
}

/**
 * Everything below a folder, without git: links are not followed, the insides of `.git` folders are told as skipped.
 * The bounds are beyond every honest tree; one that is hit leaves an `unread` entry, so that the scan is incomplete.
 */
export function* walk(
  path: Buffer,
  place: RawPath,
  options: WalkOptions = {},
): Generator<ListedEntry, void, undefined> {
  const { submodules = new Set(), depth = 512, entries = 2_000_000 } = options;
  const waiting: Folder[] = [{ path, place, depth: 0 }];
  let seen = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (folder.depth > depth) {
      yield { kind: 'unread', place: folder.place, why: `lies deeper than ${depth} folders; scan it by itself.` };
      continue;
    }
    for (const entry of entriesIn(folder)) {
      seen += 1;
      if (seen > entries) {
        yield { kind: 'unread', place, why: `holds more than ${entries} entries; scan its folders one by one.` };
        return;
      }
      if (entry.kind !== 'folder') yield entry;
      else if (submodules.has(rawPathFrom(entry.path)) && isRepository(entry.path))
        yield { kind: 'skipped', reason: 'submodule' };
      else if (isGitFolder(entry.place)) yield { kind: 'skipped', reason: 'git-folder' };
      else waiting.push({ path: entry.path, place: entry.place, depth: folder.depth + 1 });
    }
  }
}

/** Names as bytes: a name that is no UTF-8 would not be found again. In their order, as each system lists its own. */
function entriesIn({ path, place }: Folder): readonly Entry[] {
  try {
    const names = readdirSync(path, { encoding: 'buffer' });
    return names.toSorted((a, b) => a.compare(b)).map((name) => entryAt(inside(path, name), placeInside(place, name)));
  } catch (error) {
    return [isGone(error) ? { kind: 'skipped', reason: 'vanished' } : { kind: 'unread', place, why: whyUnread(error) }];
  }
}

function inside(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

function placeInside(place: RawPath, name: Buffer): RawPath {
  return rawPathFrom(place === '' ? name : Buffer.from(`${place}/${name.toString('latin1')}`, 'latin1'));
}

function isGitFolder(place: RawPath): boolean {
  return place === '.git' || place.endsWith('/.git');
}
