// Codex also reads hooks from its config.toml, and wants one of the two forms: https://developers.openai.com/codex/hooks
import { KeyguardError } from '../errors.ts';
import type { Edited } from './edit-json.ts';
import type { HookEntry } from './hook-entries.ts';

const BEGIN =
  '# keyguard: written by "keyguard install --agent codex", taken out by "keyguard uninstall --agent codex"';
const END = '# keyguard: end';

/** Whether hooks are written here already. */
export function holdsHooks(toml: string): boolean {
  return /^[^\S\n]*\[\[?[^\S\n]*hooks[^\S\n]*[.\]]/mu.test(toml);
}

/** Whether somebody told Codex to run no hooks. */
export function switchesHooksOff(toml: string): boolean {
  return /^[^\S\n]*(?:hooks|codex_hooks)[^\S\n]*=[^\S\n]*false\b/mu.test(tableNamed('features', toml));
}

/** One block at the end: tables of a list may stand anywhere. Throws `KeyguardError` where a value is in their way. */
export function addToToml(name: string, before: string, entries: readonly HookEntry[]): Edited {
  if (holdsValues(before)) {
    throw new KeyguardError(
      'install',
      `${name} writes its hooks as values, which no table can be added to; write them as [[hooks.PreToolUse]] and run the command again.`,
    );
  }
  const newline = before.includes('\r\n') ? '\r\n' : '\n';
  const start = before === '' ? '' : before.endsWith('\n') ? newline : newline.repeat(2);
  const lines = [BEGIN, ...entries.flatMap(({ event, entry }) => tablesOf(event, entry)), END];
  const text = `${start}${lines.join(newline)}${newline}`;
  return { text: before + text, insertions: [{ at: before.length, text }] };
}

/** `hooks = { … }` before any table, or a list of an event in `[hooks]`. */
function holdsValues(toml: string): boolean {
  const top = toml.split(/^[^\S\n]*\[/mu, 1)[0] ?? '';
  return (
    /^[^\S\n]*hooks[^\S\n]*[.=]/mu.test(top) || /=/u.test(tableNamed('hooks', toml).replaceAll(/^[^\S\n]*#.*$/gmu, ''))
  );
}

/** What stands below `[name]`, up to the next table. */
function tableNamed(name: string, toml: string): string {
  const table = new RegExp(
    String.raw`^[^\S\n]*\[[^\S\n]*${name}[^\S\n]*\][^\n]*\n(?<body>(?:(?![^\S\n]*\[)[^\n]*\n?)*)`,
    'mu',
  );
  return table.exec(`${toml}\n`)?.groups?.['body'] ?? '';
}

/** The file without the block, wherever it was moved to. */
export function takeFromToml(before: string): string {
  const from = before.indexOf(BEGIN);
  const end = before.indexOf(END, from);
  if (from === -1 || end === -1) return before;
  const rest = before.slice(end + END.length).replace(/^\r?\n/u, '');
  return before.slice(0, from).replace(/(?<=\n)\r?\n$/u, '') + rest;
}

interface Group {
  readonly hooks?: unknown;
  readonly matcher?: unknown;
}

function tablesOf(event: string, entry: unknown): readonly string[] {
  const { hooks = [], matcher }: Group = typeof entry === 'object' && entry !== null ? entry : {};
  const handlers: readonly unknown[] = Array.isArray(hooks) ? hooks : [];
  return [
    `[[hooks.${event}]]`,
    ...(matcher === undefined ? [] : [`matcher = ${JSON.stringify(matcher)}`]),
    ...handlers.flatMap((handler) => [
      `[[hooks.${event}.hooks]]`,
      // The escapes of JSON are escapes of TOML, too: https://toml.io/en/v1.0.0#string
      ...Object.entries(typeof handler === 'object' && handler !== null ? handler : {}).map(
        ([key, value]) => `${key} = ${JSON.stringify(value)}`,
      ),
    ]),
  ];
}
