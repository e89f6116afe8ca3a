import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { ascii } from './ascii.ts';
import { writeInPlace } from './write-in-place.ts';

/**
 * `keyguard hook` runs on every commit: one file starts faster than sixty, and a short one faster than a long one. What
 * only some runs need (the parsers of policy files) becomes files of its own, and the guidance stays where it is.
 */
export async function bundleHook(top: string): Promise<void> {
  const folder = join(top, 'dist', 'hook');
  mkdirSync(folder, { recursive: true });
  const bundle = await rolldown({
    input: { hook: join(top, 'dist', 'cli', 'hook.js') },
    platform: 'node',
    // The first file gives others what they share with it.
    preserveEntrySignatures: 'allow-extension',
    plugins: [RULES],
    // The CommonJS face of jsonc-parser asks for its files in a way that no bundler can follow; its module does not.
    resolve: { mainFields: ['module', 'main'] },
    external: ['#compiled/guidance'],
  });
  const { output } = await bundle.generate({
    // CommonJS: a start without Node's ESM loader is 7 ms shorter.
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    // All that a start loads is in the first file, also what others share with it: each more costs half a millisecond.
    codeSplitting: { groups: [{ name: 'hook', tags: ['$initial'] }] },
    comments: false,
    minify: true,
  });
  for (const file of output) {
    writeInPlace(join(folder, file.fileName), file.type === 'chunk' ? ascii(file.code) : file.source);
  }
}

/** V8 needs twice as long to read the rules in a text of the program as from a file of their own. */
const RULES: Plugin = {
  name: 'rules',
  load: {
    filter: { id: /[\\/]compiled[\\/]ruleset\.js$/u },
    handler: () => `
      import { readFileSync } from 'node:fs';
      const compiled = JSON.parse(readFileSync(__dirname + '/../compiled/ruleset.json', 'latin1'));
      export const { ruleset, policies } = compiled;`,
  },
};
