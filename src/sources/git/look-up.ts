import type { Secret } from '../../model/secret.ts';
import { windowsOf } from '../windows.ts';
import { readObjects } from './objects.ts';
import { splitAtNul } from './raw-diff.ts';
import type { RemoteBranch } from './remote-branches.ts';
import { isHeadOnRemote, lastFetch, remoteBranches } from './remote-branches.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Where else the text of a secret stands, today: in the files of HEAD and of the remote-tracking branches. */
export interface Place {
  readonly secret: Secret;
  readonly isInHead: boolean;
  /** `origin/main` …, in the order of their names. */
  readonly remoteBranches: readonly string[];
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

/**
 * Looks for secrets in the trees of HEAD and of all remote-tracking branches. Every file that any of them holds is read
 * once. Not by `git grep`: attributes, encodings and a partial clone blind it, it reads a file again for every branch,
 * and the secrets would have to be handed to another process.
 */
export async function lookUp(repository: Repository, secrets: readonly Secret[]): Promise<LookedUp> {
  const [branches, headIsOnRemote, fetched] = await Promise.all([
    remoteBranches(repository),
    isHeadOnRemote(repository),
    lastFetch(repository),
  ]);
  const tips = await treesOf(repository, branches);
  const blobs = await blobsIn(repository, tips.trees);
  const search = await searchBlobs(repository, blobs.oids, secrets);
  const holders = await treesWithBlobs(repository, tips.trees, search.blobsWith);
  const places = secrets.map((secret) => {
    const trees = holders.get(secret) ?? new Set();
    return {
      secret,
      isInHead: repository.head !== null && trees.has(tips.treeOf.get(repository.head) ?? ''),
      remoteBranches: branches.filter(({ commit }) => trees.has(tips.treeOf.get(commit) ?? '')).map(({ name }) => name),
    };
  });
  return {
    places,
    isComplete: tips.isComplete && blobs.isComplete && search.isComplete,
    remoteBranchCount: branches.length,
    isHeadOnRemote: headIsOnRemote,
    lastFetch: fetched,
  };
}

interface Tips {
  readonly trees: readonly string[];
  readonly treeOf: ReadonlyMap<string, string>;
  readonly isComplete: boolean;
}

/** Many branches have the same tree; each is looked at once. */
async function treesOf({ git, head }: Repository, branches: readonly RemoteBranch[]): Promise<Tips> {
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

async function blobsIn(
  { git }: Repository,
  trees: readonly string[],
): Promise<{ readonly oids: readonly string[]; readonly isComplete: boolean }> {
  if (trees.length === 0) return { oids: [], isComplete: true };
  const args = ['rev-list', '--objects', '--no-object-names', '--no-walk', '--missing=print', '--stdin'];
  const filter = ['--filter=object:type=blob', '--filter-provided-objects'];
  const { stdout } = await runGit(git, [...args, ...filter], { input: trees.map((tree) => `${tree}\n`) });
  const lines = stdout.toString('latin1').split('\n').slice(0, -1);
  const oids = lines.filter((line) => !line.startsWith('?'));
  return { oids, isComplete: oids.length === lines.length };
}

interface Search {
  readonly blobsWith: ReadonlyMap<Secret, ReadonlySet<string>>;
  readonly isComplete: boolean;
}

async function searchBlobs({ git }: Repository, oids: readonly string[], secrets: readonly Secret[]): Promise<Search> {
  const needles = secrets.flatMap(needlesFor);
  const pattern = new RegExp(needles.map(({ text }) => literal(text)).join('|'), 'gu');
  const longest = Math.max(...needles.map(({ text }) => text.length));
  const blobsWith = new Map<Secret, Set<string>>(secrets.map((secret) => [secret, new Set()]));
  let isComplete = true;
  for await (const answer of readObjects(git, secrets.length === 0 ? [] : oids)) {
    if (answer.kind === 'missing') {
      isComplete = false;
      continue;
    }
    for await (const { bytes } of windowsOf(answer.chunks(), longest)) {
      for (const secret of secretsIn(bytes.toString('latin1'), pattern, needles))
        blobsWith.get(secret)?.add(answer.oid);
    }
  }
  return { blobsWith, isComplete };
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

async function treesWithBlobs(
  { git }: Repository,
  trees: readonly string[],
  blobsWith: ReadonlyMap<Secret, ReadonlySet<string>>,
): Promise<ReadonlyMap<Secret, ReadonlySet<string>>> {
  const holders = new Map<Secret, Set<string>>([...blobsWith.keys()].map((secret) => [secret, new Set()]));
  if ([...blobsWith.values()].every((blobs) => blobs.size === 0)) return holders;
  for (const tree of trees) {
    const { stdout } = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', tree]);
    const inTree = new Set(splitAtNul(stdout).map((entry) => entry.toString('latin1').split(/[ \t]/u)[2] ?? ''));
    for (const [secret, blobs] of blobsWith) {
      if ([...blobs].some((blob) => inTree.has(blob))) holders.get(secret)?.add(tree);
    }
  }
  return holders;
}
