import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { runGit, type Git } from '../sources/git/run.ts';

/** Something that was written while a hook ran, and where. */
export interface Change {
  readonly what: 'worktree' | 'index' | 'refs' | 'config' | 'hooks' | 'objects' | 'git folder';
  /** From the top, or from the git folder. */
  readonly path: string;
  readonly how: 'new' | 'changed' | 'gone';
}

export interface Watched {
  readonly top: string;
  /** Of this worktree, and the one that all share: the same but in a linked worktree. */
  readonly gitDir: string;
  readonly commonDir: string;
}

/** Name and mark of every file that a hook has no business to write: two of them differ where something was written. */
export type Look = ReadonlyMap<string, string>;

/** `git` is asked which files there are. Files that git ignores are not looked at: caches lie there. */
export async function lookAt({ top, gitDir, commonDir }: Watched, git: Git): Promise<Look> {
  const look = new Map<string, string>();
  const { stdout } = await runGit(git, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const name of stdout.toString('latin1').split('\0')) {
    if (name !== '')
      look.set(
        `worktree:${asText(name)}`,
        markOf(Buffer.concat([Buffer.from(join(top, sep)), Buffer.from(name, 'latin1')])),
      );
  }
  for (const folder of new Set([commonDir, gitDir])) lookBelow(folder, folder, look);
  return look;
}

export function changesBetween(before: Look, after: Look): readonly Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const [was = GONE, is = GONE] = [before.get(name), after.get(name)];
    if (was === is) return [];
    const how = was === GONE ? 'new' : is === GONE ? 'gone' : 'changed';
    return [{ ...placeOf(name), how } as const];
  });
}

const GONE = 'gone';

function lookBelow(top: string, folder: string, look: Map<string, string>): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const name = relative(top, path).split(sep).join('/');
    // git's own watcher of files writes there when it likes.
    if (name.startsWith('fsmonitor--daemon')) continue;
    if (entry.isDirectory()) lookBelow(top, path, look);
    else look.set(`git:${name}`, NAMED_BY_CONTENT.test(name) ? 'there' : markOf(path));
  }
}

/** git sets their dates when it only reads them. */
const NAMED_BY_CONTENT = /^objects\/|(?:^|\/)sharedindex\./u;

/** A folder may be gone by now. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A file that was written again has another date, however the same it is. */
function markOf(path: string | Buffer): string {
  try {
    const { mode, size, mtimeNs, ctimeNs, ino } = lstatSync(path, { bigint: true });
    return `${mode} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  } catch {
    return GONE;
  }
}

function placeOf(name: string): Pick<Change, 'what' | 'path'> {
  const colon = name.indexOf(':');
  const path = name.slice(colon + 1);
  return { what: name.startsWith('worktree:') ? 'worktree' : partOf(path), path };
}

function partOf(path: string): Change['what'] {
  const own = path.replace(/^worktrees\/[^/]+\//u, '');
  if (/^index(?:\.lock)?$|^sharedindex\./u.test(own)) return 'index';
  if (/^(?:refs|logs|reftable)\/|^packed-refs$|^[A-Z_]*HEAD$/u.test(own)) return 'refs';
  if (/^config(?:\.worktree)?$|^info\//u.test(own)) return 'config';
  if (own.startsWith('hooks/')) return 'hooks';
  return own.startsWith('objects/') ? 'objects' : 'git folder';
}

function asText(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
