import { splitAtNul } from './raw-diff.ts';
import type { RemoteBranch } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { runGit, streamGit } from './run.ts';

/** The trees of HEAD and of the remote-tracking branches. */
export interface Tips {
  /** Each once: many branches have the same tree. */
  readonly trees: readonly string[];
  readonly treeOf: ReadonlyMap<string, string>;
  /** False if a commit or its tree is missing. */
  readonly isComplete: boolean;
}

export interface BlobList {
  readonly oids: readonly string[];
  /** False if objects are missing, or if there are too many to be listed. */
  readonly isComplete: boolean;
}

export async function tipsOf({ git, head }: Repository, branches: readonly RemoteBranch[]): Promise<Tips> {
  const commits = [...new Set([...(head === null ? [] : [head]), ...branches.map(({ commit }) => commit)])];
  const input = commits.map((commit) => `${commit}^{tree}\n`);
  const { stdout } = await runGit(git, ['cat-file', '--batch-check=%(objectname)'], { input });
  const answers = stdout.toString('latin1').split('\n');
  const treeOf = new Map<string, string>();
  for (const [index, commit] of commits.entries()) {
    const tree = answers[index];
    if (tree !== undefined && /^[0-9a-f]+$/u.test(tree)) treeOf.set(commit, tree);
  }
  return { trees: [...new Set(treeOf.values())], treeOf, isComplete: treeOf.size === commits.length };
}

/** Every blob in these trees, once. */
export function blobsInTrees(repository: Repository, trees: readonly string[]): Promise<BlobList> {
  return listBlobs(repository, trees, ['--no-walk'], Number.POSITIVE_INFINITY);
}

/** Every blob in the commits that these reach and `without` do not; gives up beyond `most`. */
export function blobsInHistory(
  repository: Repository,
  commits: readonly string[],
  without: readonly string[],
  most: number,
): Promise<BlobList> {
  return listBlobs(repository, [...commits, ...without.map((commit) => `^${commit}`)], ['--ignore-missing'], most);
}

/** The commits themselves, whose messages and authors may hold a key. */
export async function commitsInHistory(
  { git }: Repository,
  commits: readonly string[],
  without: readonly string[],
  most: number,
): Promise<BlobList> {
  if (commits.length === 0) return { oids: [], isComplete: true };
  const input = [...commits, ...without.map((commit) => `^${commit}`)].map((name) => `${name}\n`);
  const args = ['rev-list', '--stdin', '--ignore-missing', `--max-count=${most + 1}`];
  const { stdout } = await runGit(git, args, { input });
  const oids = stdout.toString('latin1').split('\n').slice(0, -1);
  return { oids, isComplete: oids.length <= most };
}

async function listBlobs(
  { git }: Repository,
  from: readonly string[],
  how: readonly string[],
  most: number,
): Promise<BlobList> {
  if (from.length === 0) return { oids: [], isComplete: true };
  const args = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--stdin', ...how];
  const filter = ['--filter=object:type=blob', '--filter-provided-objects'];
  let text = '';
  for await (const chunk of streamGit(git, [...args, ...filter], { input: from.map((name) => `${name}\n`) })) {
    text += chunk.toString('latin1');
    if (text.length > most * 41) return { oids: [], isComplete: false };
  }
  const lines = text.split('\n').slice(0, -1);
  const oids = lines.filter((line) => !line.startsWith('?'));
  return { oids, isComplete: oids.length === lines.length };
}

/** The blobs that a tree holds, folders in it included. */
export async function blobsOfTree({ git }: Repository, tree: string): Promise<ReadonlySet<string>> {
  const { stdout } = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  return new Set(splitAtNul(stdout).map((entry) => entry.toString('latin1').split(/[ \t]/u)[2] ?? ''));
}
