import type { RawPath } from '../../model/fragment.ts';
import { rawPathFrom } from '../../model/fragment.ts';
import { splitAtNul } from './raw-diff.ts';
import type { RemoteBranch } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A commit that no remote-tracking branch has, and what it records that no parent of it did. */
export interface UnpushedCommit {
  readonly id: string;
  /** The first one; null for a commit without parents. */
  readonly parent: string | null;
  /** It is one, or one was made after it. */
  readonly hasMerge: boolean;
  readonly blobs: readonly { readonly oid: string; readonly path: RawPath }[];
}

/** Whoever has more than this has not pushed for years, and a look at each would take long. */
const MOST = 1000;

/** The commits that only HEAD reaches, parents before children; null if there are too many. */
export async function unpushedCommits(
  repository: Repository,
  branches: readonly RemoteBranch[],
): Promise<readonly UnpushedCommit[] | null> {
  const { git, head } = repository;
  if (head === null) return [];
  const commits = await walkUnpushed(git, [head], branches, MOST + 1);
  if (commits.length > MOST) return null;
  const blobs = await blobsBroughtBy(
    repository,
    commits.map(({ id }) => id),
  );
  return commits.map((commit) => ({ ...commit, blobs: blobs.get(commit.id) ?? [] }));
}

/** The same without what they hold, from any commits on. */
export async function walkUnpushed(
  git: Repository['git'],
  tips: readonly string[],
  branches: readonly RemoteBranch[],
  most: number,
): Promise<readonly Omit<UnpushedCommit, 'blobs'>[]> {
  const range = [...tips, ...branches.map(({ commit }) => `^${commit}`)].map((name) => `${name}\n`);
  const order = ['--topo-order', '--reverse', '--parents', `--max-count=${most}`, '--stdin'];
  const { stdout } = await runGit(git, ['rev-list', ...order], { input: range });
  const commits = stdout
    .toString('latin1')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));
  const lastMerge = commits.findLastIndex(([, ...parents]) => parents.length > 1);
  return commits.map(([id = '', parent = null], index) => ({ id, parent, hasMerge: index <= lastMerge }));
}

/** Of a merge the difference to each parent, so that what it adds itself is seen, too. */
async function blobsBroughtBy(
  { git }: Repository,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UnpushedCommit['blobs']>> {
  const how = ['-r', '-m', '--root', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=all'];
  const input = ids.map((id) => `${id}\n`);
  const { stdout } = await runGit(git, ['diff-tree', '--stdin', ...how], { input });
  const brought = new Map(ids.map((id) => [id, new Array<UnpushedCommit['blobs'][number]>()]));
  let current = '';
  // The id of a commit, then `:mode mode oid oid S` and a path for each of its changes.
  const fields = splitAtNul(stdout).values();
  for (const field of fields) {
    const text = field.toString('latin1');
    if (!text.startsWith(':')) {
      current = text;
      continue;
    }
    const [, , , oid = ''] = text.split(' ');
    brought.get(current)?.push({ oid, path: rawPathFrom(fields.next().value ?? Buffer.alloc(0)) });
  }
  return brought;
}
