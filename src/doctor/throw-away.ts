// A place in the system's temporary folder that looks to git like a commit in the making, and like a remote to push to.
// Nothing is written into the repository: new objects go to a folder here, and the repository's are only read.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { type Git, openGit, runGit } from '../sources/git/run.ts';
import { withoutRepository } from './environments.ts';
import { alternatesOf, quotedAlternate } from './alternates.ts';

/** A commit that was never made: its index, its message in a file, and the commit itself in the throw-away objects. */
export interface Candidate {
  readonly index: string;
  readonly message: string;
  readonly commit: string;
}

export interface ThrowAway {
  readonly folder: string;
  /** What a child of git needs to see the objects here. */
  readonly env: Readonly<Record<string, string>>;
  /** Null before the first commit. */
  readonly head: string | null;
  /** A commit beside HEAD, as a merge brings one. */
  readonly other: string | null;
  /** A bare repository that has HEAD, on the branch `PROOF_BRANCH`. */
  readonly remote: string;
  readonly remove: () => void;
}

export const PROOF_BRANCH = 'keyguard-proof';

/** `avoid` are folders in which it may not lie. Throws `KeyguardError('git')`. */
export async function openThrowAway(host: Host, avoid: readonly string[]): Promise<ThrowAway> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyguard-proof-')));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  try {
    demandOutside(folder, avoid);
    const outer = openGit({ ...host });
    const objects = await answer(outer, 'rev-parse', '--path-format=absolute', '--git-path', 'objects');
    const env = {
      GIT_OBJECT_DIRECTORY: join(folder, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: alternatesOf(objects, host),
    };
    mkdirSync(join(folder, 'objects'));
    const git = openGit({ ...host, env: { ...host.env, ...IDENTITY, ...env } });
    const head = await headOf(git);
    const other = head === null ? null : await commitOf(git, `${head}^{tree}`, [head], 'another');
    return { folder, env, head, other, remote: await makeRemote(git, folder, objects, head), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Stages one new file on top of HEAD, whatever is staged in the repository. `name` stands for it in the folder. */
export async function stage(
  host: Host,
  place: ThrowAway,
  name: string,
  { content, message }: { readonly content: string; readonly message: string },
): Promise<Candidate> {
  const index = join(place.folder, `${name}.index`);
  const git = openGit({ ...host, env: { ...host.env, ...IDENTITY, ...place.env, GIT_INDEX_FILE: index } });
  const real = await answer(openGit({ ...host }), 'rev-parse', '--path-format=absolute', '--git-path', 'index');
  // With what git knows of the files of the worktree, so that a hook need not read them all. Of a split index this would
  // be one half, and git sets the date of the other whenever it reads it.
  const isSplit = existsSync(real) && readdirSync(dirname(real)).some((name) => name.startsWith('sharedindex.'));
  if (existsSync(real) && !isSplit) copyFileSync(real, index);
  await answer(git, ...SETTINGS, 'read-tree', ...(place.head === null ? ['--empty'] : ['--reset', place.head]));
  const blob = await answerTo(git, content, 'hash-object', '-w', '--stdin');
  const path = `keyguard-proof-${name}.txt`;
  await answer(git, ...SETTINGS, 'update-index', '--add', '--cacheinfo', `100644,${blob},${path}`);
  const tree = await treeWith(git, place.head, blob, path);
  const commit = await commitOf(git, tree, place.head === null ? [] : [place.head], 'proof');
  const file = join(place.folder, `${name}.message`);
  writeFileSync(file, message);
  return { index, message: file, commit };
}

/** Otherwise a split index would leave its other half in the repository. */
const SETTINGS = ['-c', 'core.splitIndex=false', '-c', 'index.sparse=false'];

const IDENTITY = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'keyguard'],
    [`GIT_${who}_EMAIL`, 'keyguard@example.com'],
    [`GIT_${who}_DATE`, '@1767225600 +0000'],
  ]),
);

/** `write-tree` would set the dates of the trees that are there already. */
async function treeWith(git: Git, head: string | null, blob: string, path: string): Promise<string> {
  const there = head === null ? Buffer.of() : (await runGit(git, ['ls-tree', '-z', head])).stdout;
  const input = [there, `100644 blob ${blob}\t${path}\0`];
  return (await runGit(git, ['mktree', '-z', '--missing'], { input })).stdout.toString('latin1').trim();
}

async function headOf(git: Git): Promise<string | null> {
  const { code, stdout } = await runGit(git, ['rev-parse', '--verify', '-q', 'HEAD^{commit}'], { ok: [0, 1] });
  return code === 0 ? stdout.toString('latin1').trim() : null;
}

async function commitOf(git: Git, tree: string, parents: readonly string[], message: string): Promise<string> {
  const args = parents.flatMap((parent) => ['-p', parent]);
  return answerTo(git, `${message}\n`, 'commit-tree', tree, ...args);
}

/** It knows HEAD by reading the objects of the repository, as a clone beside it does. */
async function makeRemote(git: Git, folder: string, objects: string, head: string | null): Promise<string> {
  const remote = join(folder, 'remote.git');
  const format = await answer(git, 'rev-parse', '--show-object-format');
  const bare = openGit({ ...git.host, cwd: folder, env: { ...withoutRepository(git.host.env), GIT_DIR: remote } });
  await answer(bare, 'init', '-q', '--bare', '--template=', `--object-format=${format}`);
  mkdirSync(join(remote, 'objects', 'info'), { recursive: true });
  writeFileSync(join(remote, 'objects', 'info', 'alternates'), `${quotedAlternate(objects, '\n')}\n`);
  if (head !== null) await answer(bare, 'update-ref', `refs/heads/${PROOF_BRANCH}`, head);
  return remote;
}

function demandOutside(folder: string, avoid: readonly string[]): void {
  const around = avoid.find((one) => {
    const way = relative(realpathSync(one), folder);
    return way === '' || !(way === '..' || way.startsWith(`..${sep}`));
  });
  if (around === undefined) return;
  throw new KeyguardError(
    'usage',
    `the temporary folder lies in ${around}, where a made-up key must not be left; set TMPDIR to a folder outside of it.`,
  );
}

async function answer(git: Git, ...args: readonly string[]): Promise<string> {
  return (await runGit(git, args)).stdout.toString('utf8').replace(/\r?\n$/u, '');
}

async function answerTo(git: Git, input: string, ...args: readonly string[]): Promise<string> {
  return (await runGit(git, args, { input: [input] })).stdout.toString('latin1').trim();
}
