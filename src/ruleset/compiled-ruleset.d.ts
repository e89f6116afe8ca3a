import type { Ruleset } from '../model/rule.ts';

/** Made by `npm run build` from `rules/*.json`; see `src/build/README.md`. */
export const ruleset: Ruleset;
