import type { Exposure, ExposureState } from '../../model/finding.ts';

/** How far a key has travelled and what that rests on. */
export function exposureInWords(exposure: Exposure): string {
  const detail = exposure.detail.replace(/\.$/u, '');
  return detail === '' ? `${STATES[exposure.state]}.` : `${STATES[exposure.state]} – ${detail}.`;
}

/** Doubt counts as exposed, so the states that are in doubt say so. */
const STATES: Readonly<Record<ExposureState, string>> = {
  staged: 'not committed yet',
  local: 'committed here, not pushed',
  'pushed-private': 'pushed to a private remote',
  pushed: 'pushed, so it counts as public',
  published: 'in a published package',
  unreachable: 'on no branch or tag any more, but still held by git',
  unknown: 'not known from here, so it counts as exposed',
};
