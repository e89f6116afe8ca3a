import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readHook } from '../hook-file.ts';
import { putInToml, readToml } from '../edit-toml.ts';
import { putInYaml, readYaml } from '../edit-yaml.ts';
import { readJson, setInJson } from '../edit-json.ts';
import { readLatin1 } from '../apply-edits.ts';
import { HOOK_NAMES, type HookName, readsStdin } from '../hook-names.ts';
import { ownHooks, refusal, runner } from '../own-hook.ts';
import { changeConfig } from '../shared-config.ts';
import { hooksIn, sharedCommand } from '../shared-line.ts';
import type { Manager, Order, Plan } from './manager.ts';

/** lefthook writes a script into `.git/hooks` for each hook that its configuration names. https://lefthook.dev */
export const lefthook: Manager = {
  name: 'lefthook',
  detect: ({ repository: { top } }) => {
    const file = configIn(top);
    return file === undefined ? null : `lefthook keeps the hooks (${file})`;
  },
  mark: /call_lefthook/u,
  sharedFiles: ({ top }) => FILES.map((file) => join(top, file)),
  plan: planLefthook,
};

const FILES = ['lefthook', '.lefthook', join('.config', 'lefthook')].flatMap((stem) =>
  ['yml', 'yaml', 'json', 'jsonc', 'toml'].map((end) => `${stem}.${end}`),
);

function configIn(top: string): string | undefined {
  return FILES.find((file) => existsSync(join(top, file)));
}

async function planLefthook(order: Order): Promise<Plan> {
  const { top, hooksDir } = order.repository;
  const file = configIn(top);
  if (file === undefined) throw refusal('there is no lefthook.yml: write one');
  const path = join(top, file);
  const earlier = hooksIn(readLatin1(path) ?? '');
  const hooks = HOOK_NAMES.filter((name) => order.hooks.includes(name) || earlier.includes(name));
  const config = await changeConfig({
    top,
    path,
    hooks,
    ...waysOf(file, hooks, order.sharedBin),
    byHand: `add to it: ${hooks.map((name) => `${name}: commands: keyguard: run: ${commandFor(name, order.sharedBin)}`).join('; ')}`,
  });
  const missing = order.hooks.filter((name) => !isLefthooks(join(hooksDir, name)));
  const notes = [
    'lefthook lets a commit pass where its program is missing; "assert_lefthook_installed: true" stops that.',
  ];
  if (missing.length > 0)
    notes.unshift(
      `lefthook has not written ${missing.join(', ')} yet: until it does, keyguard is called from .git/hooks.`,
    );
  return { edits: [config, runner(order), ...ownHooks(hooksDir, order, missing)], notes };
}

function isLefthooks(path: string): boolean {
  const file = readHook(path);
  return file.kind === 'somebody-else' && file.text.includes('call_lefthook');
}

interface Command {
  readonly run: string;
  readonly use_stdin?: true;
}

function commandOf(name: HookName, bin: string): Command {
  const run = commandFor(name, bin);
  return readsStdin(name) ? { run, use_stdin: true } : { run };
}

/** lefthook puts what git gave in place of {1} and {2}. */
function commandFor(name: HookName, bin: string): string {
  const args = name === 'commit-msg' ? ' "{1}"' : name === 'pre-push' ? ' "{1}" "{2}"' : '';
  return `${sharedCommand(name, bin)}${args}`;
}

function waysOf(
  file: string,
  hooks: readonly HookName[],
  bin: string,
): Pick<Parameters<typeof changeConfig>[0], 'change' | 'read' | 'expected'> {
  const expected = (before: unknown): unknown =>
    hooks.reduce((all, name) => withCommand(all, name, commandOf(name, bin)), before);
  if (/\.jsonc?$/u.test(file)) {
    return { read: readJson, expected, change: async (text) => inJson(text, hooks, bin) };
  }
  if (file.endsWith('.toml')) {
    const tables = hooks.flatMap((name) => [
      `[${name}.commands.keyguard]`,
      ...Object.entries(commandOf(name, bin)).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    ]);
    return { read: readToml, expected, change: async (text) => putInToml(text, tables) };
  }
  return { read: readYaml, expected, change: async (text) => inYaml(text, hooks, bin) };
}

async function inJson(text: string, hooks: readonly HookName[], bin: string): Promise<string> {
  let changed = text;
  for (const name of hooks.toReversed()) {
    changed = await setInJson(changed, [name, 'commands', 'keyguard'], commandOf(name, bin));
  }
  return changed;
}

/** The hooks that have no key yet stand at the top, in one block. */
async function inYaml(text: string, hooks: readonly HookName[], bin: string): Promise<string | null> {
  const there = recordOf(await readYaml(text));
  const isNew = (name: HookName): boolean => !Object.hasOwn(there, name);
  const fresh = hooks
    .filter(isNew)
    .flatMap((name) => [`${name}:`, '  commands:', ...yamlOf(name, bin).map((line) => `    ${line}`)]);
  let changed: string | null = text;
  for (const name of hooks) {
    if (changed !== null && !isNew(name)) changed = await putInYaml(changed, [name, 'commands'], yamlOf(name, bin));
  }
  return changed === null || fresh.length === 0 ? changed : putInYaml(changed, [], fresh);
}

function yamlOf(name: HookName, bin: string): readonly string[] {
  return ['keyguard:', ...Object.entries(commandOf(name, bin)).map(([key, value]) => `  ${key}: ${String(value)}`)];
}

function withCommand(config: unknown, name: HookName, command: Command): unknown {
  const all = recordOf(config);
  const hook = recordOf(all[name]);
  return { ...all, [name]: { ...hook, commands: { keyguard: command, ...recordOf(hook['commands']) } } };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
