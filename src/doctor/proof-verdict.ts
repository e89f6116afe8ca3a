import type { HookState } from './hook-state.ts';
import type { Proof } from './prove.ts';
import type { Try } from './try-hook.ts';

export type ProofVerdict =
  | 'proven'
  /** The key went through. */
  | 'lets-through'
  /** What holds no key is stopped, too, so that the stop says nothing. */
  | 'stops-everything'
  | 'not-tried'
  /** keyguard is not in it, and was not. */
  | 'not-installed';

/** A hook of others need not stop a key, but for pre-commit: that is the one that everybody counts on. */
export function verdictOf({ name, keyguard, isRecorded }: HookState, withKey: Try, without: Try): ProofVerdict {
  if (withKey.how === 'not-tried' || without.how === 'not-tried') return 'not-tried';
  if (without.how === 'stopped') return 'stops-everything';
  const isOurs = keyguard !== null || isRecorded || withKey.byKeyguard;
  if (withKey.how === 'stopped') return isOurs ? 'proven' : 'not-installed';
  return isOurs || name === 'pre-commit' ? 'lets-through' : 'not-installed';
}

/** 0 only if something is installed here, and all that is stops a key and lets the rest pass. */
export function exitCodeOfProof({ rows, notTried }: Proof): 0 | 1 | 2 {
  const verdicts = rows.map(({ verdict }) => verdict);
  if (notTried.length > 0 || verdicts.some((one) => one === 'not-tried' || one === 'stops-everything')) return 2;
  if (verdicts.includes('lets-through')) return 1;
  return rows.some(({ isHere, verdict }) => isHere && verdict === 'proven') ? 0 : 1;
}
