import type { Coverage, Scope } from './coverage.ts';
import type { AdvisedFinding, Notice, Suppressed } from './finding.ts';

/** Everything that a reporter may know. */
export interface Report {
  readonly tool: { readonly name: 'keyguard'; readonly version: string; readonly ruleset: string };
  readonly complete: boolean;
  readonly scope: Scope;
  readonly coverage: Coverage;
  /** How many rules ran. */
  readonly rules: number;
  /** Sorted by path bytes, offset, rule. */
  readonly findings: readonly AdvisedFinding[];
  readonly advisories: readonly AdvisedFinding[];
  readonly suppressed: readonly Suppressed[];
  readonly notices: readonly Notice[];
}
