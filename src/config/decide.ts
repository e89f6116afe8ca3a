import type { RawPath } from '../model/fragment.ts';
import type { Notice, SuppressedBy } from '../model/finding.ts';
import type { Risk } from '../model/rule.ts';
import type { Fingerprint } from '../model/secret.ts';
import type { InlineAllow } from '../model/verdict.ts';
import { type Accepted, BASELINE_FILE, CONFIG_FILE, IGNORE_FILE, type OutsidePolicy, type Policy } from './policy.ts';
import { nearest } from './suggest.ts';

/** What policy needs to know of a finding. */
export interface Decidable {
  readonly fingerprint: Fingerprint;
  readonly ruleId: string;
  readonly risk: Risk;
  /** null where there is none, as in a commit message. */
  readonly path: RawPath | null;
  readonly allow: InlineAllow | null;
}

/** Reasons and notices quote what people wrote: they pass the sink before they are shown. */
export type Decision =
  | { readonly kind: 'keep'; readonly notices: readonly Notice[] }
  | {
      readonly kind: 'suppress';
      readonly by: SuppressedBy;
      readonly reason: string;
      readonly notices: readonly Notice[];
    };

/**
 * Whether a finding is silenced, and by what. A high risk is silenced by nothing but an accepted entry with proof, and
 * whatever else tries is reported.
 */
export function decide(policy: Policy, finding: Decidable): Decision {
  const outside = policy.outside === undefined ? null : decideOutside(policy.outside, finding);
  if (outside !== null) return outside;
  const notices = faultsOfAllow(policy, finding);
  const accepted = policy.accepted.get(finding.fingerprint);
  if (accepted !== undefined && (finding.risk !== 'high' || accepted.proof !== null)) {
    const entry = { by: 'baseline', reason: acceptedBecause(accepted), place: BASELINE_FILE } as const;
    return silenced(policy, finding, entry, notices);
  }
  const silencer = findSilencer(policy, finding);
  if (finding.risk !== 'high') {
    return silencer === null ? { kind: 'keep', notices } : silenced(policy, finding, silencer, notices);
  }
  const attempts = [accepted === undefined ? null : BASELINE_FILE, silencer?.place ?? null];
  const refused = attempts.filter((place) => place !== null).map((place) => refusedNotice(finding, place));
  return { kind: 'keep', notices: [...notices, ...refused] };
}

/** null where it leaves the decision to the repository. */
function decideOutside({ accepted, isSwitchedOff, isFloor }: OutsidePolicy, finding: Decidable): Decision | null {
  const { fingerprint, ruleId, risk, path } = finding;
  const entry = accepted.get(fingerprint);
  if (entry !== undefined && (risk !== 'high' || entry.proof !== null))
    return { kind: 'suppress', by: 'policy', reason: acceptedBecause(entry), notices: [] };
  if (risk !== 'high' && isSwitchedOff(ruleId, path))
    return { kind: 'suppress', by: 'policy', reason: `the policy switches ${ruleId} off here`, notices: [] };
  return isFloor(ruleId) ? { kind: 'keep', notices: [] } : null;
}

/** A change may silence what it brings in; that it did so is said, since a CI does not take its word for it. */
function silenced(
  { before }: Policy,
  finding: Decidable,
  { by, reason, place }: Silencer,
  notices: readonly Notice[],
): Decision {
  // The comment beside a key that came with the change came with it, too.
  const isNew = before !== null && decide(before, { ...finding, allow: null }).kind === 'keep';
  return {
    kind: 'suppress',
    by,
    reason,
    notices: isNew ? [...notices, approvalNotice(finding, place)] : notices,
  };
}

interface Silencer {
  readonly by: SuppressedBy;
  readonly reason: string;
  readonly place: string;
}

function findSilencer(policy: Policy, finding: Decidable): Silencer | null {
  const { ruleId, path, allow } = finding;
  if (isWellFormed(finding) && policy.honoursAllows !== false) {
    return { by: 'inline-allow', reason: allow?.reason ?? '', place: 'keyguard:allow comment' };
  }
  if (policy.isSwitchedOff(ruleId, path)) {
    return { by: 'config', reason: `${CONFIG_FILE} switches ${ruleId} off here`, place: CONFIG_FILE };
  }
  if (path !== null && policy.isIgnored(path)) {
    return { by: 'ignore', reason: `${IGNORE_FILE} ignores this path`, place: IGNORE_FILE };
  }
  return null;
}

function isWellFormed({ ruleId, allow }: Decidable): boolean {
  return allow !== null && allow.ruleId === ruleId && allow.reason !== null;
}

function acceptedBecause({ reason, proof, until }: Accepted): string {
  const limit = until === null ? '' : ` (until ${until})`;
  if (proof === null) return `${reason}${limit}`;
  return proof.kind === 'revoked' ? `revoked on ${proof.on}: ${reason}${limit}` : `never live: ${reason}${limit}`;
}

function faultsOfAllow(policy: Policy, { fingerprint, ruleId, allow }: Decidable): readonly Notice[] {
  if (allow === null) return [];
  const beside = `The keyguard:allow comment beside ${fingerprint}`;
  const remedy = `write keyguard:allow ${ruleId} -- and the reason`;
  if (allow.ruleId === '') {
    return [{ code: 'allow-without-rule', message: `${beside} names no rule and was not honoured: ${remedy}.` }];
  }
  if (allow.ruleId !== ruleId) {
    return [{ code: 'allow-wrong-rule', message: `${beside} ${wrongRule(policy, allow.ruleId, ruleId)}` }];
  }
  if (allow.reason === null) {
    return [{ code: 'allow-without-reason', message: `${beside} gives no reason and was not honoured: ${remedy}.` }];
  }
  if (policy.honoursAllows === false) {
    return [
      { code: 'allow-not-in-base', message: `${beside} came with the change that it would silence: ${NOT_HERE}.` },
    ];
  }
  return [];
}

const NOT_HERE = 'a hook honours it, this scan does not';

function wrongRule(policy: Policy, named: string, ruleId: string): string {
  if (policy.ruleIds.includes(named)) return `is for ${named}, but this is ${ruleId}, so it was not honoured.`;
  const near = nearest(named, [ruleId, ...policy.ruleIds]);
  const hint = near === null ? `this is ${ruleId}.` : `did you mean ${near}?`;
  return `names ${named}, which is no rule, and was not honoured; ${hint}`;
}

function approvalNotice({ fingerprint }: Decidable, place: string): Notice {
  return {
    code: 'allow-needs-approval',
    message: `The ${place} silences ${fingerprint}, which came in with it. It is honoured here; CI will ask for approval.`,
  };
}

function refusedNotice({ fingerprint, ruleId }: Decidable, place: string): Notice {
  return {
    code: 'high-risk-not-silenced',
    message:
      `The ${place} does not silence ${fingerprint}: the risk of ${ruleId} is high. After revoking it: ` +
      `keyguard allow ${fingerprint} --reason TEXT --i-revoked-it DATE (or --never-live).`,
  };
}
