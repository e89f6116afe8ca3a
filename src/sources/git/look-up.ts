import type { Secret } from '../../model/secret.ts';
import type { RemoteBranch } from './remote-branches.ts';
import { isHeadOnRemote, lastFetch, otherRefs, remoteBranches } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { searchObjects } from './search-objects.ts';
import { blobsInHistory, blobsInTrees, blobsOfTree, commitsInHistory, tipsOf } from './tips.ts';
import { type UnpushedCommit, unpushedCommits } from './unpushed.ts';

/** Where else the text of a secret stands, as far as this clone knows. */
export interface Place {
  readonly secret: Secret;
  readonly isInHead: boolean;
  /** Whose files hold it now: `origin/main` …, in the order of their names. */
  readonly remoteBranches: readonly string[];
  /** The commits behind: who reaches one that holds it, in a file, its message or its author. */
  readonly history: History;
  /**
   * Where it can still be taken out: the commits that brought it in, parents before children, each with the blobs that
   * hold it. Empty unless no remote-tracking branch reaches any; null if not all of them are known.
   */
  readonly broughtBy: readonly UnpushedCommit[] | null;
}

type History = Owner | 'clean' | 'not-searched';

export interface LookedUp {
  /** One for each secret, in their order. */
  readonly places: readonly Place[];
  /** False when something could not be read (a partial clone, damage): "not there" is then not known. */
  readonly isComplete: boolean;
  readonly remoteBranchCount: number;
  readonly isHeadOnRemote: boolean;
  /** `YYYY-MM-DD` in UTC; null if unknown. Nothing newer than this is known of the remotes. */
  readonly lastFetch: string | null;
}

/** What of the history is searched before it is given up: one to two seconds of reading. */
export interface HistoryBounds {
  readonly blobs: number;
  readonly bytes: number;
}

const HISTORY_BOUNDS: HistoryBounds = { blobs: 30_000, bytes: 512 * 1024 * 1024 };

/**
 * Looks for secrets in the files of HEAD and of all remote-tracking branches, then in those of the commits behind them.
 * Each blob is read once. Not by `git grep`: attributes, encodings and a partial clone blind it, it reads a file again
 * for every branch, and the secrets would have to be handed to another process.
 */
export async function lookUp(
  repository: Repository,
  secrets: readonly Secret[],
  bounds: HistoryBounds = HISTORY_BOUNDS,
): Promise<LookedUp> {
  const [branches, headIsOnRemote, fetched] = await Promise.all([
    remoteBranches(repository),
    isHeadOnRemote(repository),
    lastFetch(repository),
  ]);
  const now = await searchTips(repository, branches, secrets);
  const unpushed = secrets.filter((secret) => now.branchesWith(secret).length === 0);
  const older = await searchHistory(repository, branches, unpushed, now, bounds);
  const known = secrets.map((secret) => {
    const isInHead = now.isInHead(secret);
    const history = unpushed.includes(secret) ? older.historyOf(secret) : 'pushed';
    return { secret, isInHead, history: history === 'clean' && isInHead ? 'local' : history } as const;
  });
  const isLocal = known.some(({ history }) => history === 'local');
  const commits = isLocal ? await unpushedCommits(repository, branches) : [];
  const places = known.map((place): Place => {
    const { secret, isInHead, history } = place;
    const blobs = new Set([...now.blobsWith(secret), ...older.blobsWith(secret)]);
    const isUnknown = history === 'not-searched' && isInHead;
    const broughtBy = isUnknown ? null : history === 'local' ? thoseWith(blobs, commits) : [];
    return { ...place, remoteBranches: now.branchesWith(secret), broughtBy };
  });
  return {
    places,
    isComplete: now.isComplete,
    remoteBranchCount: branches.length,
    isHeadOnRemote: headIsOnRemote,
    lastFetch: fetched,
  };
}

function thoseWith(
  blobs: ReadonlySet<string>,
  commits: readonly UnpushedCommit[] | null,
): readonly UnpushedCommit[] | null {
  const holding = commits?.map((commit) => ({ ...commit, blobs: commit.blobs.filter(({ oid }) => blobs.has(oid)) }));
  return holding?.filter((commit) => commit.blobs.length > 0) ?? null;
}

interface Now {
  readonly blobs: ReadonlySet<string>;
  readonly isComplete: boolean;
  readonly isInHead: (secret: Secret) => boolean;
  readonly branchesWith: (secret: Secret) => readonly string[];
  readonly blobsWith: (secret: Secret) => readonly string[];
}

async function searchTips(
  repository: Repository,
  branches: readonly RemoteBranch[],
  secrets: readonly Secret[],
): Promise<Now> {
  const tips = await tipsOf(repository, branches);
  const blobs = await blobsInTrees(repository, tips.trees);
  const search = await searchObjects(repository, blobs.oids, secrets, Number.POSITIVE_INFINITY);
  const holders = new Map<string, ReadonlySet<string>>();
  if (search.isFound) for (const tree of tips.trees) holders.set(tree, await blobsOfTree(repository, tree));
  const holds = (commit: string, secret: Secret): boolean => {
    const inTree = holders.get(tips.treeOf.get(commit) ?? '');
    return inTree !== undefined && search.objectsWith(secret).some((blob) => inTree.has(blob));
  };
  return {
    blobs: new Set(blobs.oids),
    isComplete: tips.isComplete && blobs.isComplete && search.isComplete,
    isInHead: (secret) => repository.head !== null && holds(repository.head, secret),
    branchesWith: (secret) => branches.filter(({ commit }) => holds(commit, secret)).map(({ name }) => name),
    blobsWith: search.objectsWith,
  };
}

interface Older {
  readonly historyOf: (secret: Secret) => History;
  readonly blobsWith: (secret: Secret) => readonly string[];
}

/** Secrets that were committed once and taken out again, as far as the history can be searched. */
async function searchHistory(
  repository: Repository,
  branches: readonly RemoteBranch[],
  secrets: readonly Secret[],
  now: Now,
  bounds: HistoryBounds,
): Promise<Older> {
  if (secrets.length === 0 || repository.isShallow || !now.isComplete)
    return { historyOf: () => 'not-searched', blobsWith: () => [] };
  const { owner, isComplete: isListed } = await objectsByOwner(repository, branches, bounds.blobs);
  const older = [...owner.keys()].filter((oid) => !now.blobs.has(oid));
  const search = await searchObjects(repository, older, secrets, bounds.bytes);
  const historyOf = (secret: Secret): History => {
    const owners = new Set(search.objectsWith(secret).map((oid) => owner.get(oid)));
    if (owners.has('pushed')) return 'pushed';
    if (!isListed || !search.isComplete) return 'not-searched';
    return OWNERS.find((name) => owners.has(name)) ?? 'clean';
  };
  return { historyOf, blobsWith: search.objectsWith };
}

/** From the most exposed on: an object belongs to the first that reaches it. */
const OWNERS = ['pushed', 'local', 'tag', 'branch', 'stash'] as const;

type Owner = (typeof OWNERS)[number];

interface OwnedObjects {
  readonly owner: ReadonlyMap<string, Owner>;
  readonly isComplete: boolean;
}

/** Files, and what commits and tags say themselves. */
async function objectsByOwner(
  repository: Repository,
  branches: readonly RemoteBranch[],
  most: number,
): Promise<OwnedObjects> {
  const { tags, branches: heads, stash } = await otherRefs(repository);
  const refs: Readonly<Record<Owner, readonly string[]>> = {
    pushed: [...new Set(branches.map(({ commit }) => commit))],
    local: repository.head === null ? [] : [repository.head],
    tag: tags,
    branch: heads,
    stash,
  };
  const owner = new Map<string, Owner>();
  let isComplete = true;
  let before: readonly string[] = [];
  for (const name of OWNERS) {
    const lists = [
      await blobsInHistory(repository, refs[name], before, most),
      await commitsInHistory(repository, refs[name], before, most),
    ];
    isComplete &&= lists.every((list) => list.isComplete);
    const own = [...lists.flatMap(({ oids }) => oids), ...(name === 'tag' ? tags : [])];
    for (const oid of own) if (!owner.has(oid)) owner.set(oid, name);
    before = [...before, ...refs[name]];
  }
  return { owner, isComplete };
}
