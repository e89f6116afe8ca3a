import type { Damage, Evidence } from '../model/verdict.ts';

/**
 * What the construction of a secret proves. `sound`: built as genuine keys are. `damaged`: the beginning or the marker
 * is there, the rest is not as it should be. `unproven`: it says nothing for or against. `wrong`: nothing speaks for a
 * key of this type.
 */
export type Soundness =
  | { readonly kind: 'sound'; readonly seen: boolean; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'damaged'; readonly damage: Damage; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'unproven' }
  | { readonly kind: 'wrong' };
