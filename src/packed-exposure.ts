import type { ScopeKind } from './model/coverage.ts';
import type { Exposure } from './model/finding.ts';

/**
 * Git is asked for the text of a key, and what is packed in a commit was not opened for that: "not there" is not known of
 * a key in a container. What is staged is new at least, so there it is only said.
 */
export function packedExposure(exposure: Exposure, scope: ScopeKind): Exposure {
  const { state, detail } = exposure;
  if (state !== 'staged' && state !== 'local' && state !== 'unreachable') return exposure;
  const unopened = 'containers in older commits were not opened';
  if (scope === 'staged' && state === 'staged') return { state, detail: `${detail}; ${unopened}` };
  return { state: 'unknown', detail: `it lies in a container, and ${unopened}` };
}
