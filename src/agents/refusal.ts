/** Why something that an agent is about to do is not let through. */
export type Refusal =
  | { readonly kind: 'no-verify'; readonly command: string }
  | { readonly kind: 'switched-off'; readonly variable: string }
  | { readonly kind: 'hooks-path' }
  | { readonly kind: 'plumbing'; readonly command: string }
  | { readonly kind: 'guarded-file'; readonly path: string }
  | { readonly kind: 'removes-guard'; readonly command: string }
  | { readonly kind: 'hidden' };

/** One or two sentences for the agent and for the person beside it. A path is shown as `shown` makes it fit to be seen. */
export function reasonOf(refusal: Refusal, shown: (text: string) => string): string {
  return `keyguard: stopped: ${what(refusal, shown)} ${WAY_OUT}`;
}

const WAY_OUT =
  'Go on without that: commit in the usual way, and mend what the check finds. If it must be, ask the user to do it in a terminal.';

function what(refusal: Refusal, shown: (text: string) => string): string {
  switch (refusal.kind) {
    case 'no-verify':
      return `"git ${refusal.command}" with --no-verify${refusal.command === 'commit' ? ' or -n' : ''} skips the check for keys.`;
    case 'switched-off':
      return `the variable ${refusal.variable} switches the check for keys off.`;
    case 'hooks-path':
      return 'this setting of git decides which hooks run, and could leave out the check for keys.';
    case 'plumbing':
      return `"git ${refusal.command}" makes or moves commits without any hook, so nothing would be checked for keys.`;
    case 'guarded-file':
      return `${shown(refusal.path)} belongs to the check for keys; an agent may not change or remove it.`;
    case 'removes-guard':
      return `"${refusal.command}" changes what the check for keys accepts, or takes it away.`;
    case 'hidden':
      return 'this hides a command that skips the check for keys.';
  }
}
