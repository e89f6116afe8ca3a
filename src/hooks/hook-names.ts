/** The hooks that keyguard serves. */
export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push', 'pre-receive'] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/**
 * A merge that commits by itself runs pre-merge-commit and not pre-commit; rebase, cherry-pick, revert and am run
 * neither, so what they made is seen by pre-push first.
 */
export const DEFAULT_HOOKS: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push'];

/** git tells these on standard input what they are about: https://git-scm.com/docs/githooks */
export function readsStdin(name: HookName): boolean {
  return name === 'pre-push' || name === 'pre-receive';
}

/** What git stops when the hook says no. */
export function stoppedBy(name: HookName): 'commit' | 'push' {
  return readsStdin(name) ? 'push' : 'commit';
}

/**
 * Every hook that git looks for in `core.hooksPath`, but for fsmonitor-watchman, which a setting of its own names.
 * https://git-scm.com/docs/githooks
 */
export const ALL_GIT_HOOKS: readonly string[] = [
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'pre-rebase',
  'post-checkout',
  'post-merge',
  'pre-push',
  'pre-receive',
  'update',
  'proc-receive',
  'post-receive',
  'post-update',
  'reference-transaction',
  'push-to-checkout',
  'pre-auto-gc',
  'post-rewrite',
  'sendemail-validate',
  'p4-changelist',
  'p4-prepare-changelist',
  'p4-post-changelist',
  'p4-pre-submit',
  'post-index-change',
];
