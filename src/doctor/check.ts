/** What comes of one look, as plain data. `codes.ts` has the words and the remedies. */
export interface Check {
  readonly code: CheckCode;
  readonly facts: Facts;
}

/** What the words are filled with: paths, names, values. They come from outside. */
export type Facts = Readonly<Record<string, string>>;

/** `note`: good to know, and nothing is wrong. `unknown`: could not look. */
export type CheckState = 'fine' | 'note' | 'mend' | 'unknown';

/** What `--fix` may do by itself: it takes nothing away, and does what the command says. */
export type Fix = 'install' | 'chmod';

export type CheckCode =
  | 'hooks-folder'
  | 'hooks-path'
  | 'hooks-path-empty'
  | 'hooks-path-in-command'
  | 'hooks-path-missing'
  | 'hooks-path-no-folder'
  | 'manager'
  | 'hook-checked'
  | 'hook-edited'
  | 'hook-absent'
  | 'hook-lost'
  | 'hook-optional'
  | 'hook-without-keyguard'
  | 'hook-of-others'
  | 'hook-dangling'
  | 'hook-not-executable'
  | 'own-hook-not-executable'
  | 'hook-empty'
  | 'hook-folder'
  | 'hook-windows-lines'
  | 'hook-no-interpreter'
  | 'hook-unreadable'
  | 'config-hook-ignored'
  | 'put-aside'
  | 'shadowed-keyguard'
  | 'shadowed-hooks'
  | 'shadowed-framework'
  | 'shadowed-framework-keyguard'
  | 'worktree-without-hooks'
  | 'node-found'
  | 'node-recorded'
  | 'node-too-old'
  | 'node-missing'
  | 'keyguard-found'
  | 'keyguard-missing'
  | 'git-version'
  | 'git-old'
  | 'lock-same'
  | 'lock-differs'
  | 'switched-off'
  | 'policy-in-force'
  | 'policy-not-staged'
  | 'policy-none'
  | 'policy-broken'
  | 'state-broken'
  | 'ci-found'
  | 'ci-missing'
  | 'not-looked';

export function check(code: CheckCode, facts: Facts = {}): Check {
  return { code, facts };
}
