import type { PolicyRule, Ruleset } from '../model/rule.ts';

/** Made by `npm run build` from `rules/*.json`; see `src/build/README.md`. */
export const ruleset: Ruleset;

/** From `rules/policy/*.json`: rules without a pattern. */
export const policies: readonly PolicyRule[];
