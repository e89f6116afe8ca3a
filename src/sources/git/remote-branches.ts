import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A remote-tracking branch: what the remote had at the last fetch or push. */
export interface RemoteBranch {
  /** `origin/main` */
  readonly name: string;
  readonly commit: string;
}

/** In the order of their names. `origin/HEAD` only points to one of the others and is left out. */
export async function remoteBranches(repository: Repository): Promise<readonly RemoteBranch[]> {
  const format = '--format=%(objectname) %(symref) %(refname:lstrip=2)';
  const { stdout } = await runGit(repository.git, ['for-each-ref', format, 'refs/remotes']);
  return linesOf(stdout)
    .map((line) => line.split(' '))
    .flatMap(([commit = '', symref, name = '']) => (symref === '' ? [{ name, commit }] : []));
}

/** What else this clone keeps, as ids of commits, tags and the like. */
export interface OtherRefs {
  readonly tags: readonly string[];
  /** Other branches, and notes. */
  readonly branches: readonly string[];
  readonly stash: readonly string[];
}

export async function otherRefs({ git }: Repository): Promise<OtherRefs> {
  const { stdout } = await runGit(git, ['for-each-ref', '--format=%(objectname) %(refname)']);
  const refs = linesOf(stdout).map((line) => line.split(' '));
  const below = (start: string): readonly string[] =>
    refs.flatMap(([oid = '', name = '']) => (name.startsWith(start) ? [oid] : []));
  return {
    tags: below('refs/tags/'),
    branches: [...below('refs/heads/'), ...below('refs/notes/')],
    stash: below('refs/stash'),
  };
}

/** Tags, as `refs/tags/v1`, that reach one of these commits. */
export async function tagsWith({ git }: Repository, commits: readonly string[]): Promise<readonly string[]> {
  if (commits.length === 0) return [];
  const contains = commits.flatMap((commit) => [`--contains=${commit}`]);
  const { stdout } = await runGit(git, ['for-each-ref', ...contains, '--format=%(refname)', 'refs/tags']);
  return linesOf(stdout);
}

/** Annotated tags that name one of these commits: what they say came with it. */
export async function tagsOnto({ git }: Repository, commits: ReadonlySet<string>): Promise<readonly string[]> {
  const format = '--format=%(objecttype) %(objectname) %(*objectname)';
  const { stdout } = await runGit(git, ['for-each-ref', format, 'refs/tags']);
  return linesOf(stdout)
    .map((line) => line.split(' '))
    .flatMap(([type, oid = '', onto = '']) => (type === 'tag' && commits.has(onto) ? [oid] : []));
}

export async function countRemotes({ git }: Repository): Promise<number> {
  const { stdout } = await runGit(git, ['remote']);
  return linesOf(stdout).length;
}

/** Whether a remote-tracking branch holds the commit of HEAD; amending it then is no longer a private matter. */
export async function isHeadOnRemote({ git, head }: Repository): Promise<boolean> {
  if (head === null) return false;
  const { stdout } = await runGit(git, ['for-each-ref', `--contains=${head}`, '--count=1', 'refs/remotes']);
  return stdout.length > 0;
}

/**
 * The day (UTC) on which the remote was last asked, null if nothing tells. `git fetch` writes FETCH_HEAD, into the folder
 * of its worktree; `git clone` leaves a reflog of the remote's HEAD only.
 */
export async function lastFetch({ gitDir, commonDir }: Repository): Promise<string | null> {
  const fetched = await Promise.all([gitDir, commonDir].map((folder) => modified(join(folder, 'FETCH_HEAD'))));
  const logs = join(commonDir, 'logs', 'refs', 'remotes');
  const remotes = await readdir(logs).catch(() => []);
  const cloned = await Promise.all(remotes.map((remote) => modified(join(logs, remote, 'HEAD'))));
  const known = [...fetched, ...cloned].filter((time) => time !== null);
  return known.length === 0 ? null : new Date(Math.max(...known)).toISOString().slice(0, 10);
}

async function modified(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return null;
  }
}

function linesOf(output: Buffer): readonly string[] {
  return output.toString('utf8').split('\n').slice(0, -1);
}
