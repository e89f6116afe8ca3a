import type { ScopeKind } from '../../model/coverage.ts';
import type { Exposure, ExposureState } from '../../model/finding.ts';

/** How far a key has travelled, then what that rests on and what cannot be known: as `exposure.detail` has it. */
export function exposureInWords({ state, detail }: Exposure, scope: ScopeKind): string {
  const words = state === 'staged' ? (NOT_IN_GIT[scope] ?? 'in the working tree only') : STATES[state];
  const rest = detail.replace(/\.$/u, '');
  return rest === '' ? `${words}.` : `${words}: ${rest}.`;
}

/** What git does not hold is where the scan looked. */
const NOT_IN_GIT: Readonly<Partial<Record<ScopeKind, string>>> = {
  staged: 'staged only',
  stdin: 'in this input only',
  message: 'in this message only',
};

/** Doubt counts as exposed, so the states that are in doubt say so. */
const STATES: Readonly<Record<Exclude<ExposureState, 'staged'>, string>> = {
  local: 'committed here, not pushed',
  'pushed-private': 'pushed to a private remote',
  pushed: 'pushed, so it counts as public',
  published: 'in a published package',
  unreachable: 'on no branch or tag any more, but still held by git',
  unknown: 'not known from here, so it counts as exposed',
};
