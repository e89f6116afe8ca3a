import { decide, type Decision } from './config/decide.ts';
import { BASELINE_FILE, CONFIG_FILE, IGNORE_FILE, type Policy, type PolicyInChange } from './config/policy.ts';
import type { Notice, SuppressedBy } from './model/finding.ts';
import type { Fingerprint } from './model/secret.ts';
import type { Detection } from './read-fragment.ts';
import type { Sighting } from './sightings.ts';

/** What was there before a change: by `heldKey`, where it was. */
export type Held = ReadonlyMap<Fingerprint, readonly Detection[]>;

export interface DecidedSighting {
  readonly sighting: Sighting;
  readonly decision: Decision;
  /** What the change added to silence it, and in vain. */
  readonly refused: Extract<Decision, { kind: 'suppress' }> | null;
}

/**
 * What held before a change decides over it. What the change adds to silence something counts where that was there
 * before, as when a repository begins to use keyguard, or where somebody outside accepts it; else it is told.
 */
export function decideOn(sighting: Sighting, policy: Policy, held: Held): DecidedSighting {
  const { detection, path } = sighting;
  const decidable = { ...detection.finding, path, allow: detection.allow };
  const { change } = policy;
  if (change === undefined) return { sighting, decision: decide(policy, decidable), refused: null };
  const before = decide(policy, { ...decidable, allow: null });
  if (before.kind === 'suppress') return { sighting, decision: before, refused: null };
  const now = decide(change.after, decidable);
  const was = held.get(heldKey(detection));
  if (now.kind === 'keep') return { sighting, decision: preExisting(sighting, was, change) ?? now, refused: null };
  if (was === undefined && !change.isAccepted)
    return { sighting, decision: { kind: 'keep', notices: now.notices }, refused: now };
  const isOld = was !== undefined && now.by === 'inline-allow' && was.some((one) => isSameAllow(one, detection));
  const listed = {
    ...now,
    notices: isOld ? now.notices : [...now.notices, passed(sighting, now.by, was !== undefined)],
  };
  const old = preExisting(sighting, was, change);
  return { sighting, decision: old === null ? listed : { ...old, notices: listed.notices }, refused: null };
}

/** A place that publishes a key is another one in another file. */
export function heldKey({ finding, identity }: Detection): Fingerprint {
  return finding.hazard === undefined ? identity : finding.fingerprint;
}

/** Of the tree only: what a commit brings in at another place is new there. */
function preExisting(
  { commit, detection: { provenance } }: Sighting,
  was: readonly Detection[] | undefined,
  { isReview }: PolicyInChange,
): Extract<Decision, { kind: 'suppress' }> | null {
  const isInTree = commit === null && (provenance.kind === 'file' || provenance.kind === 'path');
  if (!isReview || !isInTree || was === undefined) return null;
  return { kind: 'suppress', by: 'base', reason: 'the base of this change holds it', notices: [] };
}

function isSameAllow({ allow: one }: Detection, { allow: other }: Detection): boolean {
  return one !== null && other !== null && one.ruleId === other.ruleId && one.reason !== null;
}

/** What silences something, as a person calls it: one of the files of a policy, or the comment. */
export function placeOf(by: SuppressedBy): string {
  if (by === 'baseline') return BASELINE_FILE;
  if (by === 'config') return CONFIG_FILE;
  return by === 'ignore' ? IGNORE_FILE : COMMENT;
}

export const COMMENT = 'keyguard:allow comment';

function passed({ detection }: Sighting, by: SuppressedBy, wasHeld: boolean): Notice {
  const why = wasHeld ? 'was there before this change' : 'came in with it, and --accept-suppressions accepts that';
  return {
    code: 'new-suppression',
    message: `The ${placeOf(by)} silences ${detection.finding.fingerprint} from this change on; the key ${why}.`,
  };
}
