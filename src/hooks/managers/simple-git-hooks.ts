import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLatin1 } from '../apply-edits.ts';
import { readJson, setInJson, valueAt } from '../edit-json.ts';
import { type Edit, type TextEdit, textEdit } from '../edits.ts';
import { readHook } from '../hook-file.ts';
import { HOOK_NAMES, type HookName } from '../hook-names.ts';
import { ownHooks, refusal, runner } from '../own-hook.ts';
import { changeConfig } from '../shared-config.ts';
import { hooksIn, inFront, sharedCommand, takeCommandOut } from '../shared-line.ts';
import type { Manager, Order, Plan } from './manager.ts';

/**
 * Writes the commands of its configuration into `.git/hooks` when it is installed, and deletes every other hook there.
 * https://github.com/toplenboren/simple-git-hooks
 */
export const simpleGitHooks: Manager = {
  name: 'simple-git-hooks',
  detect: ({ repository: { top, folder, hooksPath } }) => {
    if (hooksPath !== null && hooksPath.scope !== 'local') return null;
    const place = configIn(top, folder);
    return place === null ? null : `simple-git-hooks keeps the hooks (${place.file})`;
  },
  mark: /SKIP_SIMPLE_GIT_HOOKS/u,
  sharedFiles: ({ top, folder, effectiveDir }) => [
    ...[folder, ''].flatMap((place) => [...OWN_FILES, 'package.json'].map((name) => join(top, place, name))),
    ...HOOK_NAMES.map((name) => join(effectiveDir, name)),
  ],
  plan: planSimpleGitHooks,
};

interface Place {
  readonly file: string;
  /** The keys that lead to the commands; null where a program tells them. */
  readonly at: readonly string[] | null;
}

const OWN_FILES = ['', '.'].flatMap((dot) =>
  ['cjs', 'js', 'mjs', 'json'].map((end) => `${dot}simple-git-hooks.${end}`),
);
const SECTION = 'simple-git-hooks';

function configIn(top: string, folder: string): Place | null {
  for (const place of new Set([folder, ''])) {
    const own = OWN_FILES.map((name) => join(place, name)).find((file) => existsSync(join(top, file)));
    if (own !== undefined) return { file: own, at: own.endsWith('.json') ? [] : null };
    const file = join(place, 'package.json');
    const section = sectionOf(readLatin1(join(top, file)));
    if (typeof section === 'string') return { file: join(place, section), at: section.endsWith('.json') ? [] : null };
    if (typeof section === 'object' && section !== null) return { file, at: [SECTION] };
  }
  return null;
}

/** npm reads package.json as JSON without comments. A mere dependency does not say that it is in use. */
function sectionOf(text: string | null): unknown {
  if (text === null || !text.includes(SECTION)) return undefined;
  try {
    return valueAt(JSON.parse(text.replace(/^ï»¿/u, '')), [SECTION]);
  } catch {
    return undefined;
  }
}

async function planSimpleGitHooks(order: Order): Promise<Plan> {
  const { top, folder } = order.repository;
  const place = configIn(top, folder);
  if (place === null) throw refusal('simple-git-hooks has no configuration here: write it');
  const { file, at } = place;
  const path = join(top, file);
  const byHand = `add to it: ${order.hooks.map((name) => `"${name}": ${JSON.stringify(sharedCommand(name, order.sharedBin))}`).join(', ')}`;
  if (at === null) throw refusal(`${path} is a program or names another file: ${byHand}, run "npx simple-git-hooks"`);
  const text = readLatin1(path) ?? '';
  const earlier = hooksIn(text);
  const hooks = HOOK_NAMES.filter((name) => order.hooks.includes(name) || earlier.includes(name));
  const commands = await commandsFor(text, at, hooks, order.sharedBin);
  const config = await changeConfig({
    top,
    path,
    hooks,
    byHand,
    read: readJson,
    expected: (before) => withCommands(before, at, commands),
    change: async (without) => {
      let changed = without;
      for (const [name, { after }] of [...commands].toReversed())
        changed = await setInJson(changed, [...at, name], after);
      return changed;
    },
  });
  const files = order.hooks.flatMap((name) => hookFile(name, commands.get(name), order));
  return { edits: [config, runner(order), ...files], notes: [] };
}

interface Commands {
  readonly before: string;
  readonly after: string;
}

async function commandsFor(
  text: string,
  at: readonly string[],
  hooks: readonly HookName[],
  bin: string,
): Promise<ReadonlyMap<HookName, Commands>> {
  const config = await readJson(text);
  return new Map(
    hooks.map((name) => {
      const now = valueAt(config, [...at, name]);
      const command = typeof now === 'string' ? now : '';
      const before = takeCommandOut(command)?.text ?? command;
      return [name, { before, after: inFront(name, bin, before) }];
    }),
  );
}

function withCommands(config: unknown, at: readonly string[], commands: ReadonlyMap<HookName, Commands>): unknown {
  const all = typeof config === 'object' && config !== null ? { ...config } : {};
  const after = Object.fromEntries([...commands].map(([name, command]) => [name, command.after]));
  if (at.length === 0) return { ...after, ...all, ...after };
  const section = valueAt(all, at);
  return { ...all, [SECTION]: { ...(typeof section === 'object' ? section : {}), ...after } };
}

/** As its installer would write it, which runs no sooner than the next installation of packages. */
function hookFile(name: HookName, commands: Commands | undefined, order: Order): readonly Edit[] {
  if (commands === undefined) return [];
  const folder = order.repository.effectiveDir;
  const path = join(folder, name);
  const file = readHook(path);
  if (file.kind === 'none') return [written(path, name, null, `${HEAD}${commands.after}`)];
  const text = readLatin1(path) ?? '';
  if (file.kind !== 'somebody-else' || !text.includes('SKIP_SIMPLE_GIT_HOOKS')) return ownHooks(folder, order, [name]);
  if (text.endsWith(commands.after)) return [written(path, name, text, text)];
  if (commands.before !== '' && text.endsWith(commands.before)) {
    return [written(path, name, text, text.slice(0, -commands.before.length) + commands.after)];
  }
  throw refusal(`${path} is not what simple-git-hooks would write now: run "npx simple-git-hooks"`);
}

function written(path: string, name: HookName, before: string | null, after: string): TextEdit {
  return textEdit({ path, hooks: [name], before, after, mode: 0o755 });
}

const HEAD = `#!/bin/sh
if [ "$SKIP_SIMPLE_GIT_HOOKS" = 1 ]; then exit 0; fi
if [ -f "$SIMPLE_GIT_HOOKS_RC" ]; then . "$SIMPLE_GIT_HOOKS_RC"; fi
`;
