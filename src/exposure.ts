import type { Exposure, LocalCommit } from './model/finding.ts';
import type { Fingerprint, Secret } from './model/secret.ts';
import type { Repository } from './sources/git/repository.ts';
import { lookUp, type LookedUp, type Place } from './sources/git/look-up.ts';
import { KeyguardError } from './errors.ts';
import type { Sink } from './show/sink.ts';
import type { UnpushedCommit } from './sources/git/unpushed.ts';

/** How far each secret has travelled, as far as this clone knows. Doubt counts as exposed. */
export async function exposuresOf(
  repository: Repository | null,
  secrets: ReadonlyMap<Fingerprint, Secret>,
  inCi: boolean,
  sink: Sink,
): Promise<ReadonlyMap<Fingerprint, Exposure>> {
  const fingerprints = [...secrets.keys()];
  // A CI builds what has been pushed.
  if (inCi) return sameForAll(fingerprints, IN_CI);
  if (repository === null) return sameForAll(fingerprints, NO_REPOSITORY);
  try {
    const found = await lookUp(repository, [...secrets.values()]);
    return new Map(fingerprints.map((fingerprint, i) => [fingerprint, exposureOf(found, i, repository, sink)]));
  } catch (error) {
    // The finding stands without the look-up; that nothing is known of its way is said, and counts as exposed.
    if (!(error instanceof KeyguardError)) throw error;
    return sameForAll(fingerprints, { state: 'unknown', detail: `git could not be asked: ${error.message}` });
  }
}

const IN_CI: Exposure = {
  state: 'pushed',
  detail: 'this is a CI run; who can read the repository is not known from here',
};

const NO_REPOSITORY: Exposure = {
  state: 'unknown',
  detail: 'there is no git repository here, so nothing tells where these bytes have been',
};

function sameForAll(fingerprints: readonly Fingerprint[], exposure: Exposure): ReadonlyMap<Fingerprint, Exposure> {
  return new Map(fingerprints.map((fingerprint) => [fingerprint, exposure]));
}

function exposureOf(found: LookedUp, index: number, repository: Repository, sink: Sink): Exposure {
  const place = found.places[index];
  if (place === undefined) throw new RangeError('a secret was not looked up');
  const claim = claimOf(place, found, repository);
  if (claim.state !== 'local' || place.broughtBy === null) return claim;
  return { ...claim, broughtBy: place.broughtBy.map((commit) => localCommit(commit, repository, sink)) };
}

function localCommit({ id, parent, hasMerge, blobs }: UnpushedCommit, { head }: Repository, sink: Sink): LocalCommit {
  return { id, parent, hasMerge, isHead: id === head, paths: [...new Set(blobs.map(({ path }) => sink.path(path)))] };
}

/** The state, and what that rests on. */
function claimOf(place: Place, found: LookedUp, { head }: Repository): Omit<Exposure, 'broughtBy'> {
  const asOf = found.lastFetch === null ? 'no fetch on record' : `fetched ${found.lastFetch}`;
  if (place.remoteBranches.length > 0) {
    const branches = listed(place.remoteBranches);
    return { state: 'pushed', detail: `in ${branches} (${asOf}); who can read it is not known from here` };
  }
  if (place.isInHead && found.isHeadOnRemote) {
    return {
      state: 'pushed',
      detail: `in HEAD, which a remote has (${asOf}); who can read it is not known from here`,
    };
  }
  if (place.history === 'pushed') {
    return {
      state: 'pushed',
      detail: `in a commit of a remote-tracking branch (${asOf}); who can read it is not known from here`,
    };
  }
  if (place.isInHead) return { state: 'local', detail: `in HEAD, on no remote-tracking branch (${asOf})` };
  if (place.history === 'local') {
    return { state: 'local', detail: `in a commit behind HEAD, on no remote-tracking branch (${asOf})` };
  }
  if (place.history === 'tag') {
    const detail = 'in what only a tag reaches, and tags may have been pushed';
    return { state: 'pushed', detail, isByTagOnly: true };
  }
  if (place.history === 'branch') {
    return {
      state: 'local',
      detail: `in another branch or a note of this clone, on no remote-tracking branch (${asOf})`,
    };
  }
  if (place.history === 'stash') return { state: 'unreachable', detail: 'in the stash, on no branch' };
  if (!found.isComplete) {
    return { state: 'unknown', detail: 'not all files of HEAD and the remote-tracking branches could be read' };
  }
  const searched = [
    ...(head === null ? [] : ['HEAD']),
    ...(found.remoteBranchCount === 0 ? [] : [`a remote-tracking branch (${asOf})`]),
  ];
  if (searched.length === 0) return { state: 'staged', detail: 'nothing is committed here yet' };
  const detail =
    place.history === 'clean'
      ? `in no commit reachable from ${searched.join(' or ')}`
      : `not in the files of ${searched.join(' or ')}; older commits were not searched`;
  return { state: 'staged', detail };
}

const MOST_LISTED = 3;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return `${names.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
