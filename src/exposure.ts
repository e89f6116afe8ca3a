import type { Exposure } from './model/finding.ts';
import type { Fingerprint, Secret } from './model/secret.ts';
import type { Repository } from './sources/git/repository.ts';
import { lookUp, type LookedUp } from './sources/git/look-up.ts';
import { KeyguardError } from './errors.ts';

/** Where a scan stands: it decides what "not in git" means. */
export interface ExposureContext {
  readonly scope: 'staged' | 'tree' | 'files' | 'stdin';
  /** A CI builds what has been pushed. */
  readonly inCi: boolean;
}

/** How far each secret has travelled, as far as this clone knows. Doubt counts as exposed. */
export async function exposuresOf(
  repository: Repository | null,
  secrets: ReadonlyMap<Fingerprint, Secret>,
  context: ExposureContext,
): Promise<ReadonlyMap<Fingerprint, Exposure>> {
  const fingerprints = [...secrets.keys()];
  if (context.inCi) return sameForAll(fingerprints, IN_CI);
  if (repository === null) return sameForAll(fingerprints, NO_REPOSITORY);
  try {
    const found = await lookUp(repository, [...secrets.values()]);
    return new Map(fingerprints.map((fingerprint, i) => [fingerprint, exposureOf(found, i, context)]));
  } catch (error) {
    // The finding stands without the look-up; that nothing is known of its way is said, and counts as exposed.
    if (!(error instanceof KeyguardError)) throw error;
    return sameForAll(fingerprints, { state: 'unknown', detail: `git could not be asked: ${error.message}` });
  }
}

const IN_CI: Exposure = {
  state: 'pushed',
  detail: 'this is a CI run, so it has left the machine; who can read the repository is not known from here',
};

const NO_REPOSITORY: Exposure = {
  state: 'unknown',
  detail: 'there is no git repository here, so nothing tells where these bytes have been',
};

function sameForAll(fingerprints: readonly Fingerprint[], exposure: Exposure): ReadonlyMap<Fingerprint, Exposure> {
  return new Map(fingerprints.map((fingerprint) => [fingerprint, exposure]));
}

function exposureOf(found: LookedUp, index: number, context: ExposureContext): Exposure {
  const place = found.places[index];
  if (place === undefined) throw new RangeError('a secret was not looked up');
  const asOf = found.lastFetch === null ? 'no fetch is on record' : `as of the fetch of ${found.lastFetch}`;
  if (place.remoteBranches.length > 0) {
    const branches = listed(place.remoteBranches);
    return { state: 'pushed', detail: `in ${branches} (${asOf}); who can read that remote is not known from here` };
  }
  if (place.isInHead && found.isHeadOnRemote) {
    return {
      state: 'pushed',
      detail: `in HEAD, and a remote has that commit (${asOf}); who can read it is not known from here`,
    };
  }
  if (place.history === 'pushed') {
    return {
      state: 'pushed',
      detail: `in an older commit of a remote-tracking branch (${asOf}); who can read that remote is not known from here`,
    };
  }
  if (place.isInHead) return { state: 'local', detail: `in HEAD, on no remote-tracking branch (${asOf})` };
  if (place.history === 'local') {
    return { state: 'local', detail: `in an older commit of HEAD, on no remote-tracking branch (${asOf})` };
  }
  if (!found.isComplete) {
    return { state: 'unknown', detail: 'not all files of HEAD and the remote-tracking branches could be read' };
  }
  const where = WHERE[context.scope];
  if (place.history === 'clean') {
    const remotes = found.remoteBranchCount === 0 ? '' : ` or a remote-tracking branch (${asOf})`;
    return { state: 'staged', detail: `${where}: in no commit reachable from HEAD${remotes}` };
  }
  const remotes = found.remoteBranchCount === 0 ? '' : ` or of a remote-tracking branch (${asOf})`;
  return {
    state: 'staged',
    detail: `${where}: not in the files of HEAD${remotes}; older commits were not searched`,
  };
}

const WHERE: Readonly<Record<ExposureContext['scope'], string>> = {
  staged: 'in the index only',
  tree: 'in the working tree only',
  files: 'in the working tree only',
  stdin: 'in this input only',
};

const MOST_LISTED = 3;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return `${names.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
