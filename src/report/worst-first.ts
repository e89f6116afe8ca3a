import type { AdvisedFinding, ExposureState } from '../model/finding.ts';
import type { Risk } from '../model/rule.ts';

/** By risk, then by how far it has travelled; findings that are equally bad keep their order, which is by place. */
export function worstFirst(findings: readonly AdvisedFinding[]): readonly AdvisedFinding[] {
  return findings.toSorted(
    (a, b) => RISKS[a.risk] - RISKS[b.risk] || EXPOSURES[a.exposure.state] - EXPOSURES[b.exposure.state],
  );
}

const RISKS: Readonly<Record<Risk, number>> = { high: 0, medium: 1, low: 2 };

/** Doubt counts as exposed, so it comes before what is known to be private. */
const EXPOSURES: Readonly<Record<ExposureState, number>> = {
  published: 0,
  pushed: 1,
  unknown: 2,
  'pushed-private': 3,
  local: 4,
  unreachable: 5,
  staged: 6,
};
