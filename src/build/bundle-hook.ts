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
  const entry = join(top, 'dist', 'cli', 'hook.js');
  const { plugin, isReached } = reachedFrom(entry);
  const bundle = await rolldown({
    input: { hook: entry },
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    plugins: [plugin, RULES],
    // The CommonJS face of jsonc-parser asks for its files in a way that no bundler can follow; its module does not.
    resolve: { mainFields: ['module', 'main'] },
    external: ['#compiled/guidance'],
  });
  const { output } = await bundle.generate({
    // CommonJS: a start without Node's ESM loader is 7 ms shorter.
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    // What the later files share with the first stays in the first: each file that a start loads costs half a millisecond.
    codeSplitting: { groups: [{ name: 'hook', test: isReached }] },
    comments: false,
    minify: true,
  });
  for (const file of output) {
    writeInPlace(join(folder, file.fileName), file.type === 'chunk' ? ascii(file.code) : file.source);
  }
}

/** What the entry imports when it starts, directly or by another module. Known once all are read. */
function reachedFrom(entry: string): { readonly plugin: Plugin; readonly isReached: (id: string) => boolean } {
  const imports = new Map<string, readonly string[]>();
  let reached: Set<string> | null = null;
  const reach = (id: string, known: Set<string>): Set<string> => {
    if (known.has(id)) return known;
    known.add(id);
    for (const imported of imports.get(id) ?? []) reach(imported, known);
    return known;
  };
  return {
    plugin: { name: 'reached', moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds) },
    isReached: (id) => {
      reached ??= reach(entry, new Set());
      return reached.has(id);
    },
  };
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
