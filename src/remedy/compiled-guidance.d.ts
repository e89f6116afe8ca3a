import type { GuidanceData } from './guidance-data.ts';

/** Made by `npm run build` from `rules/*.json` and `rules/common/*.json`; see `src/build/README.md`. */
export const guidance: GuidanceData;
