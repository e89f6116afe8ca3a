import type { ScopeKind } from '../model/coverage.ts';
import type { Shown } from '../model/finding.ts';

/** Where a person stands when a finding is told: it decides which commands help. */
export interface Situation {
  readonly scope: ScopeKind;
  /** False before the first commit: there is nothing to compare with or to go back to. */
  readonly hasHead: boolean;
  /** In a build nobody types commands into this clone. */
  readonly inCi: boolean;
  readonly platform: NodeJS.Platform;
  /** The branch that is checked out, by its short name; null if there is none. */
  readonly branch: string | null;
  /** Whether the current folder is the top of the repository, from where the paths of a report count. */
  readonly atTop: boolean;
  /** Staged files that HEAD has, too: others may have them. */
  readonly changedFiles: readonly Shown[];
  /** Files of which only a part is staged: `git add` would add the rest. */
  readonly partlyStaged: readonly Shown[];
}
