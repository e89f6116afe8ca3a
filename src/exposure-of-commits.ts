import { exposuresOf } from './exposure.ts';
import { KeyguardError } from './errors.ts';
import type { Exposure, LocalCommit, Shown } from './model/finding.ts';
import type { Fingerprint, Secret } from './model/secret.ts';
import type { Detection } from './read-fragment.ts';
import type { Sink } from './show/sink.ts';
import { countRemotes, remoteBranches, tagsWith } from './sources/git/remote-branches.ts';
import type { Repository } from './sources/git/repository.ts';
import { walkUnpushed } from './sources/git/unpushed.ts';

/**
 * The same for what commits of this clone brought in. They are known, so at best it is committed locally, and they are
 * where it can be taken out; and whatever a look-up finds elsewhere counts more.
 */
export async function exposuresOfCommits(
  repository: Repository,
  kept: readonly Detection[],
  secrets: ReadonlyMap<Fingerprint, Secret>,
  sink: Sink,
  newTags: readonly string[] = [],
): Promise<ReadonlyMap<Fingerprint, Exposure>> {
  const [looked, local, isNew] = await Promise.all([
    exposuresOf(repository, secrets, false, sink),
    localCommits(repository, kept),
    newTagsOnly(repository, kept, newTags),
  ]);
  if (local === null) return looked;
  return new Map(
    kept.flatMap((detection) => {
      const exposure = looked.get(detection.identity);
      if (exposure === undefined) return [];
      return [
        [
          detection.identity,
          atLeast(isNew ? untagged(exposure) : exposure, detection, local, repository, sink),
        ] as const,
      ];
    }),
  );
}

type Local = ReadonlyMap<string, Pick<LocalCommit, 'parent' | 'hasMerge' | 'isElsewhere'>>;

/** Of the commits that brought something in, and of those on top of them, what no remote-tracking branch has. */
async function localCommits(repository: Repository, kept: readonly Detection[]): Promise<Local | null> {
  const commits = new Set(kept.flatMap(({ broughtBy = [] }) => broughtBy.map(({ commit }) => commit)));
  if (commits.size === 0) return new Map();
  const head = repository.head === null ? [] : [repository.head];
  try {
    const branches = await remoteBranches(repository);
    const walk = (tips: readonly string[]) => walkUnpushed(repository.git, tips, branches, Number.MAX_SAFE_INTEGER);
    const onBranch = new Set(head.length === 0 ? [] : (await walk(head)).map(({ id }) => id));
    const walked = await walk([...commits, ...head]);
    return new Map(walked.map((commit) => [commit.id, { ...commit, isElsewhere: !onBranch.has(commit.id) }]));
  } catch (error) {
    // As in the look-up: the finding stands, and nothing more is claimed of its way.
    if (!(error instanceof KeyguardError)) throw error;
    return null;
  }
}

/**
 * Whether only tags hold it that a push is about to publish: the one remote there is does not have them. Of other tags
 * nothing tells where they have been.
 */
async function newTagsOnly(
  repository: Repository,
  kept: readonly Detection[],
  newTags: readonly string[],
): Promise<boolean> {
  if (newTags.length === 0) return false;
  const commits = [...new Set(kept.flatMap(({ broughtBy = [] }) => broughtBy.map(({ commit }) => commit)))];
  try {
    const [remotes, tags] = await Promise.all([countRemotes(repository), tagsWith(repository, commits)]);
    return remotes < 2 && tags.every((tag) => newTags.includes(tag));
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    return false;
  }
}

function untagged(exposure: Exposure): Exposure {
  if (exposure.isByTagOnly !== true) return exposure;
  return { state: 'local', detail: 'in a tag that this push would publish, on no remote-tracking branch' };
}

const EXPOSED = new Set(['pushed', 'pushed-private', 'published', 'unknown']);

function atLeast(
  exposure: Exposure,
  { broughtBy = [] }: Detection,
  local: Local,
  { head }: Repository,
  sink: Sink,
): Exposure {
  if (broughtBy.length === 0 || EXPOSED.has(exposure.state)) return exposure;
  const elsewhere = broughtBy.find(({ commit }) => !local.has(commit));
  if (elsewhere !== undefined) {
    const detail = `in commit ${elsewhere.commit.slice(0, 12)}, which a remote-tracking branch has; who can read it is not known from here`;
    return { state: 'pushed', detail };
  }
  const paths = new Map<string, Set<Shown>>();
  for (const { commit, path } of broughtBy) {
    const held = paths.get(commit) ?? new Set();
    paths.set(commit, path === null ? held : held.add(sink.path(path)));
  }
  const [first = ''] = paths.keys();
  const more = paths.size === 1 ? '' : ` and ${paths.size - 1} more`;
  return {
    state: 'local',
    detail:
      exposure.state === 'local'
        ? exposure.detail
        : `in commit ${first.slice(0, 12)}${more}, on no remote-tracking branch`,
    broughtBy: [...paths].map(([id, held]) => ({
      id,
      parent: local.get(id)?.parent ?? null,
      hasMerge: local.get(id)?.hasMerge ?? false,
      isHead: id === head,
      isElsewhere: local.get(id)?.isElsewhere ?? false,
      paths: [...held],
    })),
  };
}
