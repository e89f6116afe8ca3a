import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Not a part of the gate: it downloads the managers. "npm run managers" runs it. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/managers/*.real.ts'],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
