import type { GuidanceData } from './guidance-data.ts';

/** Made by `npm run build` from `rules/*.json` and `rules/guides/*.json`; see `src/build/README.md`. */
export const guidance: GuidanceData;
