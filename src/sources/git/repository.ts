import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { describeFailure } from './failure.ts';
import type { Git, GitOutput } from './run.ts';
import { openGit, runGit } from './run.ts';

export type ObjectFormat = 'sha1' | 'sha256';

export interface Repository {
  readonly git: Git;
  /** Top folder of the worktree, absolute. */
  readonly top: string;
  /** Of this worktree; absolute. */
  readonly gitDir: string;
  /** Shared by all worktrees; absolute. */
  readonly commonDir: string;
  readonly objectFormat: ObjectFormat;
  /** The commit of HEAD; null before the first commit. */
  readonly head: string | null;
  readonly isShallow: boolean;
  /** Absolute path of the index that git uses, `GIT_INDEX_FILE` included. */
  readonly indexFile: string;
}

/** The order in which `rev-parse` answers. */
const QUESTIONS = [
  '--is-bare-repository',
  '--is-shallow-repository',
  '--show-object-format',
  '--path-format=absolute',
  '--git-dir',
  '--git-common-dir',
  '--git-path',
  'index',
  '--show-toplevel',
] as const;

/**
 * The repository around the current folder, or the one that `GIT_DIR` names; null if there is none. A bare one, as on a
 * server, has neither worktree nor index: who takes it anyhow gets its own folder as `top` and asks for objects only.
 */
export async function openRepository(host: Host, bare: 'refused' | 'taken' = 'refused'): Promise<Repository | null> {
  const git = openGit(host);
  // One process for everything: with --verify and -q, 1 means that all is answered but HEAD names no commit.
  const answer = await runGit(git, ['rev-parse', ...QUESTIONS, '-q', '--verify', 'HEAD^{commit}'], { ok: [0, 1, 128] });
  if (answer.code === 128) return bare === 'taken' && isBare(answer) ? openBare(git) : refuse(git, answer);

  const lines = answer.stdout.toString('utf8').split('\n').slice(0, -1);
  const [, shallow, format, gitDir, commonDir, indexFile, top, head = null] = lines;
  const expected = answer.code === 0 ? 8 : 7;
  if (gitDir === undefined || commonDir === undefined || indexFile === undefined || top === undefined) throw unclear();
  // A name that is no UTF-8 would not be found again, and every file below it would look deleted.
  if (lines.length !== expected || !Buffer.from(lines.join('\n')).equals(answer.stdout.subarray(0, -1)))
    throw unclear();
  if (format !== 'sha1' && format !== 'sha256')
    throw new KeyguardError('git', `This repository uses the object format ${format}, which keyguard does not know.`);

  if (host.env['GIT_INDEX_FILE'] !== undefined && !existsSync(indexFile)) {
    // Git takes a missing index for an empty one: every file looks deleted, and nothing is staged.
    throw new KeyguardError('git', `GIT_INDEX_FILE names ${indexFile}, which does not exist; unset it or correct it.`);
  }
  if (head === null) await checkUnborn(git, commonDir);
  return { git, top, gitDir, commonDir, objectFormat: format, head, isShallow: shallow === 'true', indexFile };
}

function isBare({ stdout }: GitOutput): boolean {
  return stdout.toString('latin1').startsWith('true\n');
}

async function openBare(git: Git): Promise<Repository> {
  const questions = QUESTIONS.filter((question) => question !== '--show-toplevel');
  const answer = await runGit(git, ['rev-parse', ...questions, '-q', '--verify', 'HEAD^{commit}'], { ok: [0, 1] });
  const lines = answer.stdout.toString('utf8').split('\n').slice(0, -1);
  const [, shallow, format, gitDir, commonDir, indexFile, head = null] = lines;
  if (gitDir === undefined || commonDir === undefined || indexFile === undefined) throw unclear();
  if (lines.length !== (answer.code === 0 ? 7 : 6) || (format !== 'sha1' && format !== 'sha256')) throw unclear();
  const isShallow = shallow === 'true';
  return { git, top: gitDir, gitDir, commonDir, objectFormat: format, head, isShallow, indexFile };
}

/** The id of the tree without entries: what the first commit is compared with. It need not exist as an object. */
export function emptyTreeOf(format: ObjectFormat): string {
  return createHash(format).update('tree 0\0').digest('hex');
}

function unclear(): KeyguardError {
  return new KeyguardError(
    'git',
    'git gave an answer that cannot be understood; keyguard needs git 2.32 or newer, and a path in UTF-8 without line breaks.',
  );
}

/** An empty folder of that name may be left from a branch that was called `name/something`. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function refuse(git: Git, answer: GitOutput): null {
  if (isBare(answer) || answer.stderr.includes('safe.bareRepository'))
    throw new KeyguardError('git', 'This is a bare repository: it has no index and no working tree to scan.');
  // Only "nothing found on the way up" means that there is no repository; LC_ALL=C fixes the words.
  const isNowhere = answer.stderr.startsWith('fatal: not a git repository (or any');
  if (isNowhere && git.host.env['GIT_DIR'] === undefined) return null;
  throw new KeyguardError(
    'git',
    describeFailure(['rev-parse'], { code: 128, signal: null, error: null, stderr: answer.stderr }, null),
  );
}

/** A HEAD that names a missing commit is damage. Taken for "before the first commit", it would hide what is old. */
async function checkUnborn(git: Git, commonDir: string): Promise<void> {
  const [oid, branch] = await Promise.all([
    runGit(git, ['rev-parse', '-q', '--verify', 'HEAD'], { ok: [0, 1] }),
    runGit(git, ['symbolic-ref', '-q', 'HEAD'], { ok: [0, 1, 128] }),
  ]);
  const name = branch.stdout.toString('utf8').trim();
  const isUnborn = oid.code === 1 && branch.code === 0 && !isFile(join(commonDir, name));
  const where = name === '' ? 'HEAD' : `HEAD (${name})`;
  if (!isUnborn) throw new KeyguardError('git', `${where} names a commit that cannot be read; run git fsck.`);
}

/** The branch that is checked out, by its short name; null on a detached HEAD. */
export async function currentBranch({ git }: Repository): Promise<string | null> {
  const { code, stdout } = await runGit(git, ['symbolic-ref', '--quiet', '--short', 'HEAD'], { ok: [0, 1] });
  return code === 0 ? stdout.toString('utf8').trimEnd() : null;
}
