import type { ExposureState } from '../model/finding.ts';

/** One step of an advice; `steps.ts` knows how each is filled. */
export type StepName =
  | 'take-out'
  | 'rewrite'
  | 'drop-leftovers'
  | 'revoke-if-unsure'
  | 'revoke-always'
  | 'revoke-same-day'
  | 'revoke-now'
  | 'nothing-to-revoke'
  | 'ask-owner'
  | 'keep-out'
  | 'replace'
  | 'replace-now'
  | 'replace-first'
  | 'usage'
  | 'history'
  | 'expire-reflog'
  | 'deprecate';

export interface Plan {
  /** In order; a step that has nothing to say for a key type is left out. */
  readonly steps: readonly StepName[];
  /** The end of the summary: what to do. */
  readonly todo: string;
}

/** What is advised in one exposure state, by what revoking means for the key type. */
export interface StateAdvice {
  readonly ordinary: Plan;
  /** Revoked in any case, even when it was only staged. */
  readonly always: Plan;
  /** There is nothing to revoke: it runs out by itself, or opens nothing. */
  readonly unrevocable: Plan;
}

export type SentenceName =
  | 'summary'
  | 'summary-with-caveats'
  | 'todo-ambiguous'
  | 'permission-unknown'
  | 'treat-as-whole'
  | 'what-damaged'
  | 'damage-cut-short'
  | 'damage-over-long'
  | 'damage-uneven'
  | 'file-above'
  | 'place-above'
  | 'place-line'
  | 'place-elsewhere'
  | 'variable'
  | 'variable-unknown'
  | 'mode'
  | 'by-hand'
  | 'its-name'
  | 'unstage'
  | 'unstage-env'
  | 'unstage-env-of-all'
  | 'ignore-env'
  | 'edit'
  | 'edit-and-stage'
  | 'edit-instead'
  | 'edit-and-amend'
  | 'amend'
  | 'amend-too'
  | 'committed-files'
  | 'rebase'
  | 'rebase-later'
  | 'rebase-edit'
  | 'rebase-env'
  | 'rebase-unknown'
  | 'rebase-rename'
  | 'rebase-message'
  | 'rebase-author'
  | 'rebase-elsewhere'
  | 'amend-author'
  | 'retag'
  | 'rename-ref'
  | 'more-commits'
  | 'rename'
  | 'reword'
  | 'take-out-of-input'
  | 'take-out-elsewhere'
  | 'drop-leftovers'
  | 'expire-reflog'
  | 'expire-reflog-branch'
  | 'revoke-if-unsure'
  | 'revoke-always'
  | 'revoke-same-day'
  | 'revoke-now'
  | 'revoke-whose'
  | 'revoke-unknown'
  | 'the-key'
  | 'candidate'
  | 'candidate-unknown'
  | 'candidate-more'
  | 'link-unconfirmed'
  | 'ask-owner'
  | 'keep-out'
  | 'replace'
  | 'replace-now'
  | 'replace-first'
  | 'replace-unknown'
  | 'usage-unknown'
  | 'history'
  | 'deprecate';

/** The words behind the findings. `{name}` is filled in; code only chooses among them. */
export interface Advice {
  readonly states: Readonly<Record<ExposureState, StateAdvice>>;
  readonly sentences: Readonly<Record<SentenceName, string>>;
}
