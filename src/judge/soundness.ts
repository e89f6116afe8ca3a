import type { Damage, Evidence } from '../model/verdict.ts';

/**
 * What the construction of a secret proves. `sound`: built as genuine keys are. `damaged`: the beginning or the marker
 * is there, the rest is not as it should be. `unproven`: it fits, and proves nothing. `wrong`: nothing speaks for a key
 * of this type.
 */
export type Soundness =
  | { readonly kind: 'sound'; readonly seen: boolean; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'damaged'; readonly damage: Damage; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'unproven' }
  | { readonly kind: 'wrong' };

export const UNPROVEN: Soundness = { kind: 'unproven' };
export const WRONG: Soundness = { kind: 'wrong' };

export function sound(...evidence: readonly Evidence[]): Soundness {
  return { kind: 'sound', seen: true, evidence };
}
