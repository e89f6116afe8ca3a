import type { Secret } from '../../model/secret.ts';
import { windowsOf } from '../windows.ts';
import { readObjects } from './objects.ts';
import type { RemoteBranch } from './remote-branches.ts';
import { isHeadOnRemote, lastFetch, remoteBranches } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { blobsInHistory, blobsInTrees, blobsOfTree, tipsOf } from './tips.ts';

/** Where else the text of a secret stands, as far as this clone knows. */
interface Place {
  readonly secret: Secret;
  readonly isInHead: boolean;
  /** Whose files hold it now: `origin/main` …, in the order of their names. */
  readonly remoteBranches: readonly string[];
  /** The commits behind: whether any holds it that a remote-tracking branch reaches, or that only HEAD reaches. */
  readonly history: 'pushed' | 'local' | 'clean' | 'not-searched';
}

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
  const history = await searchHistory(repository, branches, unpushed, now, bounds);
  const places = secrets.map((secret): Place => {
    const isInHead = now.isInHead(secret);
    const older = unpushed.includes(secret) ? (history.get(secret) ?? 'not-searched') : 'pushed';
    const known = older === 'clean' && isInHead ? 'local' : older;
    return { secret, isInHead, remoteBranches: now.branchesWith(secret), history: known };
  });
  return {
    places,
    isComplete: now.isComplete,
    remoteBranchCount: branches.length,
    isHeadOnRemote: headIsOnRemote,
    lastFetch: fetched,
  };
}

interface Now {
  readonly blobs: ReadonlySet<string>;
  readonly isComplete: boolean;
  readonly isInHead: (secret: Secret) => boolean;
  readonly branchesWith: (secret: Secret) => readonly string[];
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
  };
}

/** Secrets that were committed once and taken out again; empty if the history cannot be searched whole. */
async function searchHistory(
  repository: Repository,
  branches: readonly RemoteBranch[],
  secrets: readonly Secret[],
  now: Now,
  bounds: HistoryBounds,
): Promise<ReadonlyMap<Secret, Place['history']>> {
  if (secrets.length === 0 || repository.isShallow || !now.isComplete) return new Map();
  const tips = [...new Set(branches.map(({ commit }) => commit))];
  const head = repository.head === null ? [] : [repository.head];
  const pushed = await blobsInHistory(repository, tips, [], bounds.blobs);
  const local = await blobsInHistory(repository, head, tips, bounds.blobs);
  const older = [...pushed.oids, ...local.oids].filter((oid) => !now.blobs.has(oid));
  const search = await searchBlobs(repository, older, secrets, bounds.bytes);
  const isComplete = pushed.isComplete && local.isComplete && search.isComplete;
  const pushedBlobs = new Set(pushed.oids);
  return new Map(
    secrets.map((secret) => {
      const found = search.blobsWith(secret);
      if (found.some((oid) => pushedBlobs.has(oid))) return [secret, 'pushed'];
      if (!isComplete) return [secret, 'not-searched'];
      return [secret, found.length > 0 ? 'local' : 'clean'];
    }),
  );
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
