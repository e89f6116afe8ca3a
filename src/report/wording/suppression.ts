import type { SuppressedBy } from '../../model/finding.ts';

/** Why a finding is only counted. */
export const SUPPRESSED_BY: Readonly<Record<SuppressedBy, string>> = {
  'already-committed': 'already committed before this change',
  'inline-allow': 'allowed by a comment beside the key',
  ignore: 'ignored by .keyguardignore',
  config: 'switched off in keyguard.config.json',
  baseline: 'accepted in keyguard.baseline.jsonl',
  base: 'already in the base of this change',
  policy: 'accepted by the policy from outside',
};
