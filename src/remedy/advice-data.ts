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
  | 'ask-owner'
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

/** What is advised in one exposure state: for ordinary keys, and for key types that are revoked in any case. */
export interface StateAdvice {
  readonly ordinary: Plan;
  readonly always: Plan;
}

export type SentenceName =
  | 'summary'
  | 'summary-damaged'
  | 'summary-ambiguous'
  | 'permission-unknown'
  | 'file-above'
  | 'place-above'
  | 'place-line'
  | 'place-elsewhere'
  | 'variable'
  | 'variable-unknown'
  | 'admin-in-code'
  | 'by-hand'
  | 'unstage'
  | 'unstage-env'
  | 'ignore-env'
  | 'edit'
  | 'edit-and-stage'
  | 'edit-and-amend'
  | 'amend'
  | 'amend-other'
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
  | 'revoke-candidates'
  | 'revoke-unknown'
  | 'candidate'
  | 'candidate-unknown'
  | 'candidate-more'
  | 'link-unconfirmed'
  | 'ask-owner'
  | 'replace'
  | 'replace-now'
  | 'replace-first'
  | 'replace-unknown'
  | 'usage'
  | 'usage-unknown'
  | 'history'
  | 'deprecate'
  | 'damage-cut-short'
  | 'damage-over-long'
  | 'damage-uneven';

/** The words behind the findings. `{name}` is filled in; code only chooses among them. */
export interface Advice {
  readonly states: Readonly<Record<ExposureState, StateAdvice>>;
  readonly sentences: Readonly<Record<SentenceName, string>>;
}
