import type { Build, Revision } from '../../model/build.ts';
import { rawPathFromText } from '../../model/fragment.ts';
import type { RangeRequest } from './range.ts';
import { remoteBranches } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { resolveCommits } from './resolve.ts';
import { mergeBase } from './revisions.ts';
import { runGit } from './run.ts';

/** The commits of a build, looked up in this clone. */
export interface BuildRange extends RangeRequest {
  readonly head: string;
  /** Commits that were there before it: where it begins, and where the two have parted. None where there was nothing. */
  readonly before: readonly string[];
  /** The best one to read policy from: the merge base, or where there is none the base itself. */
  readonly base: { readonly oid: string; readonly isMergeBase: boolean } | null;
}

/**
 * What a build brings in. Where its base is not told, or is not here any more (a new branch, a force push, a base that
 * was deleted), these are the commits that no other remote-tracking branch has; where there is no other, all of them.
 * null before the first commit.
 */
export async function rangeOfBuild(repository: Repository, build: Build): Promise<BuildRange | null> {
  if (repository.head === null) return null;
  const { head, base, missing } = await endsOf(repository, repository.head, build);
  const unreadable = missing === null ? [] : [{ message: missing }];
  const refs = build.names.map((name) => rawPathFromText(`refs/heads/${name}`));
  const common = { head, include: [head], deepen: build.deepen, unreadable, refs };
  if (base !== null) {
    const parted = await mergeBase(repository, base, head);
    return {
      ...common,
      name: `${short(base)}..${short(head)}`,
      exclude: [base],
      before: [...new Set([base, ...(parted === null ? [] : [parted])])],
      base: parted === null ? { oid: base, isMergeBase: false } : { oid: parted, isMergeBase: true },
    };
  }
  const others = await tipsOfOthers(repository, head, build.branch);
  const parted = await whereItParted(repository, head, others);
  const where = others.length === 0 ? 'all history' : 'what no other remote-tracking branch has';
  return {
    ...common,
    name: `${where}, up to ${short(head)}`,
    exclude: others,
    before: parted === null ? [] : [parted],
    base: parted === null ? null : { oid: parted, isMergeBase: true },
  };
}

export function short(oid: string): string {
  return oid.slice(0, 12);
}

interface FoundEnds {
  readonly head: string;
  readonly base: string | null;
  /** Why the tip is not the one that was told; null if it is. */
  readonly missing: string | null;
}

/** All names in one question to git. */
async function endsOf(repository: Repository, checkedOut: string, build: Build): Promise<FoundEnds> {
  const heads = build.head.flatMap(namesOf);
  const bases = build.base.flatMap(namesOf);
  const asked = await resolveCommits(repository, ['HEAD^1', 'HEAD^2', ...heads, ...bases]);
  const [into = null, change = null, ...told] = asked.map((commit) => commit?.oid ?? null);
  const head = told.slice(0, heads.length).find((oid) => oid !== null) ?? null;
  const base = told.slice(heads.length).find((oid) => oid !== null) ?? null;
  // The server has merged the change into its base: what it merged is exact, whatever has moved on since.
  if (build.kind === 'review' && into !== null && change !== null && (build.isMergeRef || change === head))
    return { head: change, base: into, missing: null };
  if (head !== null || heads.length === 0) return { head: head ?? checkedOut, base, missing: null };
  return { head: checkedOut, base, missing: absent(build, heads[0] ?? '', repository) };
}

function namesOf(revision: Revision): readonly string[] {
  return revision.kind === 'commit'
    ? [revision.id]
    : [`refs/remotes/origin/${revision.name}`, `refs/heads/${revision.name}`];
}

function absent({ ci, deepen }: Build, id: string, { isShallow }: Repository): string {
  const remedy = isShallow ? `let the CI clone everything (${deepen})` : 'git fetch it first';
  return `Commit ${short(id)}, which ${ci} says is the tip of this build, is not in this clone; ${remedy}. HEAD was scanned instead.`;
}

/**
 * What the remote had on other branches. The branch's own ref has the commits of the build already, and so do the refs
 * that servers make of a change; of a branch that nobody names, whatever reaches the tip may be its own.
 */
async function tipsOfOthers(repository: Repository, head: string, own: string | null): Promise<readonly string[]> {
  const branches = await remoteBranches(repository);
  const isOwn = await ownRefs(repository, head, own, branches);
  return [...new Set(branches.filter(({ name }) => !isOwn(name)).map(({ commit }) => commit))];
}

async function ownRefs(
  { git }: Repository,
  head: string,
  own: string | null,
  branches: Awaited<ReturnType<typeof remoteBranches>>,
): Promise<(name: string) => boolean> {
  const isMadeByServer = (name: string): boolean => /^(?:pull|merge-requests|pull-requests)\//u.test(name);
  if (own === null) {
    const args = ['for-each-ref', `--contains=${head}`, '--format=%(refname:lstrip=2)', 'refs/remotes'];
    const reaching = new Set((await runGit(git, args)).stdout.toString('utf8').split('\n'));
    return (name) => reaching.has(name) || isMadeByServer(name);
  }
  const tip = branches.find(({ name }) => shortName(name) === own)?.commit ?? head;
  // A clone can have the remote's HEAD as a ref of its own instead of a pointer to a branch.
  const isHead = (name: string): boolean =>
    shortName(name) === 'HEAD' && branches.some((one) => one.name === name && one.commit === tip);
  return (name) => shortName(name) === own || isMadeByServer(name) || isHead(name);
}

/** `feature/x` of `origin/feature/x`. */
function shortName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** The youngest commit that others have, too; null if there is none. */
async function whereItParted({ git }: Repository, head: string, others: readonly string[]): Promise<string | null> {
  if (others.length === 0) return null;
  const input = [head, ...others.map((oid) => `^${oid}`)].map((line) => `${line}\n`);
  const { stdout } = await runGit(git, ['rev-list', '--topo-order', '--boundary', '--stdin'], { input });
  const lines = stdout.toString('latin1').split('\n');
  const edge = lines.find((line) => line.startsWith('-'));
  if (edge !== undefined) return edge.slice(1);
  // Without a commit of its own the tip is what others have; without a common one nothing is.
  return lines.length === 1 ? head : null;
}
