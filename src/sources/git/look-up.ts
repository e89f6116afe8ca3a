import type { Secret } from '../../model/secret.ts';
import { windowsOf } from '../windows.ts';
import { readObjects } from './objects.ts';
import type { RemoteBranch } from './remote-branches.ts';
import { isHeadOnRemote, lastFetch, remoteBranches } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { blobsInHistory, blobsInTrees, blobsOfTree, tipsOf } from './tips.ts';
import { type UnpushedCommit, unpushedCommits } from './unpushed.ts';

/** Where else the text of a secret stands, as far as this clone knows. */
export interface Place {
  readonly secret: Secret;
  readonly isInHead: boolean;
  /** Whose files hold it now: `origin/main` …, in the order of their names. */
  readonly remoteBranches: readonly string[];
  /** The commits behind: whether any holds it that a remote-tracking branch reaches, or that only HEAD reaches. */
  readonly history: History;
  /**
   * Where it can still be taken out: the commits that brought it in, parents before children, each with the blobs that
   * hold it. Empty unless no remote-tracking branch reaches any; null if not all of them are known.
   */
  readonly broughtBy: readonly UnpushedCommit[] | null;
}

type History = 'pushed' | 'local' | 'clean' | 'not-searched';

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
  const search = await searchBlobs(repository, blobs.oids, secrets, Number.POSITIVE_INFINITY);
  const holders = new Map<string, ReadonlySet<string>>();
  if (search.isFound) for (const tree of tips.trees) holders.set(tree, await blobsOfTree(repository, tree));
  const holds = (commit: string, secret: Secret): boolean => {
    const inTree = holders.get(tips.treeOf.get(commit) ?? '');
    return inTree !== undefined && search.blobsWith(secret).some((blob) => inTree.has(blob));
  };
  return {
    blobs: new Set(blobs.oids),
    isComplete: tips.isComplete && blobs.isComplete && search.isComplete,
    isInHead: (secret) => repository.head !== null && holds(repository.head, secret),
    branchesWith: (secret) => branches.filter(({ commit }) => holds(commit, secret)).map(({ name }) => name),
    blobsWith: search.blobsWith,
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
  const tips = [...new Set(branches.map(({ commit }) => commit))];
  const head = repository.head === null ? [] : [repository.head];
  const pushed = await blobsInHistory(repository, tips, [], bounds.blobs);
  const local = await blobsInHistory(repository, head, tips, bounds.blobs);
  const older = [...pushed.oids, ...local.oids].filter((oid) => !now.blobs.has(oid));
  const search = await searchBlobs(repository, older, secrets, bounds.bytes);
  const isComplete = pushed.isComplete && local.isComplete && search.isComplete;
  const pushedBlobs = new Set(pushed.oids);
  const historyOf = (secret: Secret): History => {
    const found = search.blobsWith(secret);
    if (found.some((oid) => pushedBlobs.has(oid))) return 'pushed';
    if (!isComplete) return 'not-searched';
    return found.length > 0 ? 'local' : 'clean';
  };
  return { historyOf, blobsWith: search.blobsWith };
}

interface Search {
  readonly blobsWith: (secret: Secret) => readonly string[];
  readonly isFound: boolean;
  readonly isComplete: boolean;
}

/** Incomplete if an object is missing, or if there is more than `mostBytes` to read. */
async function searchBlobs(
  { git }: Repository,
  oids: readonly string[],
  secrets: readonly Secret[],
  mostBytes: number,
): Promise<Search> {
  const needles = secrets.flatMap(needlesFor);
  const pattern = new RegExp(needles.map(({ text }) => literal(text)).join('|'), 'gu');
  const longest = Math.max(...needles.map(({ text }) => text.length));
  const found = new Map<Secret, Set<string>>(secrets.map((secret) => [secret, new Set()]));
  let isComplete = true;
  let left = mostBytes;
  for await (const answer of readObjects(git, secrets.length === 0 ? [] : oids)) {
    left -= answer.kind === 'object' ? answer.size : 0;
    if (answer.kind === 'missing' || left < 0) isComplete = false;
    if (left < 0) break;
    if (answer.kind === 'missing') continue;
    for await (const { bytes } of windowsOf(answer.chunks(), longest)) {
      for (const secret of secretsIn(bytes.toString('latin1'), pattern, needles)) found.get(secret)?.add(answer.oid);
    }
  }
  return {
    blobsWith: (secret) => [...(found.get(secret) ?? [])],
    isFound: [...found.values()].some((blobs) => blobs.size > 0),
    isComplete,
  };
}

interface Needle {
  readonly secret: Secret;
  /** Bytes as latin1. */
  readonly text: string;
}

/** The secret as it is, and in the two encodings that Windows writes. */
function needlesFor(secret: Secret): readonly Needle[] {
  const text = secret.reveal();
  const wide = Buffer.from(text, 'utf16le');
  return [text, wide.toString('latin1'), wide.swap16().toString('latin1')].map((bytes) => ({ secret, text: bytes }));
}

function literal(text: string): string {
  return text.replaceAll(
    /[^0-9A-Za-z]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Needles can begin in one another: at each hit all are tried, and the search goes on at the next byte. */
function* secretsIn(text: string, pattern: RegExp, needles: readonly Needle[]): Generator<Secret, void, undefined> {
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    const { index } = hit;
    for (const needle of needles) if (text.startsWith(needle.text, index)) yield needle.secret;
    pattern.lastIndex = index + 1;
  }
}
