import { KeyguardError } from '../errors.ts';
import { apply, insertionFor } from './add-entry.ts';
import type { AgentName } from './agent.ts';
import { isGuardLine } from './guard-command.ts';
import type { HookEntry } from './hook-entries.ts';
import { faultOf, type Insertion, namesAt, type Path, placeAt, without } from './settings-tree.ts';

/** A file with the guard in it, and how it came there. */
export interface Edited {
  readonly text: string;
  readonly insertions: readonly Insertion[];
}

/** Puts the entries into the lists of their events; nothing that stands there is touched. `name` is the file, for errors. */
export function addToJson(name: string, before: string, agent: AgentName, entries: readonly HookEntry[]): Edited {
  if (before.trim() === '') {
    const text = freshFile(agent, entries);
    return { text: apply(before, [{ at: 0, text }]), insertions: [{ at: 0, text }] };
  }
  demandJson(name, before);
  let text = before;
  const insertions: Insertion[] = [];
  const put = (path: Path, key: string | null, value: unknown): void => {
    const place = placeAt(text, path);
    const wanted = key === null ? 'list' : 'object';
    if (place?.kind !== wanted) throw unusable(name, path, wanted);
    const added = insertionFor(text, path, place, key, value);
    text = apply(text, added);
    insertions.push(...added);
  };
  if (agent === 'cursor' && placeAt(text, ['version']) === undefined) put([], 'version', 1);
  if (placeAt(text, ['hooks']) === undefined) put([], 'hooks', listsOf(entries));
  else {
    for (const { event, entry } of entries) {
      if (placeAt(text, ['hooks', event]) === undefined) put(['hooks'], event, [entry]);
      else put(['hooks', event], null, entry);
    }
  }
  return { text, insertions };
}

/** The file without what calls the guard; lists that are empty then go with it. */
export function takeFromJson(name: string, before: string, agent: AgentName): string {
  demandJson(name, before);
  let text = before;
  for (const event of namesAt(text, ['hooks'])) {
    const list = placeAt(text, ['hooks', event]);
    if (list?.kind !== 'list') continue;
    let hasTaken = false;
    for (let i = list.children.length - 1; i >= 0; i--) {
      const after = withoutGuard(text, ['hooks', event, i], agent);
      hasTaken ||= after !== text;
      text = after;
    }
    if (hasTaken && placeAt(text, ['hooks', event])?.children.length === 0) text = without(text, ['hooks', event]);
  }
  if (text !== before && placeAt(text, ['hooks'])?.children.length === 0) text = without(text, ['hooks']);
  return text;
}

/** Whether nothing but what a new file begins with is left. */
export function isBlank(text: string): boolean {
  return text.trim() === '' || namesAt(text, []).every((key) => key === 'version');
}

export function hasGuard(text: string, agent: AgentName): boolean {
  return isGuardLine(text, agent);
}

/** A group may hold hooks of others beside ours. */
function withoutGuard(text: string, path: Path, agent: AgentName): string {
  const holds = (at: Path): boolean => {
    const place = placeAt(text, at);
    return place !== undefined && isGuardLine(text.slice(place.offset, place.end), agent);
  };
  if (!holds(path)) return text;
  const inner: Path = [...path, 'hooks'];
  const count = placeAt(text, inner)?.children.length ?? 0;
  const ours = Array.from({ length: count }, (_, i) => i).filter((i) => holds([...inner, i]));
  if (ours.length === count) return without(text, path);
  return ours.toReversed().reduce((now, i) => without(now, [...inner, i]), text);
}

function freshFile(agent: AgentName, entries: readonly HookEntry[]): string {
  const hooks = listsOf(entries);
  return `${JSON.stringify(agent === 'cursor' ? { version: 1, hooks } : { hooks }, null, 2)}\n`;
}

function listsOf(entries: readonly HookEntry[]): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(entries.map(({ event, entry }) => [event, [entry]]));
}

function demandJson(name: string, text: string): void {
  const fault = faultOf(text);
  if (fault === null) return;
  const lines = text.slice(0, fault).split(/\r\n|\r|\n/u);
  throw new KeyguardError(
    'install',
    `${name}:${lines.length}:${(lines.at(-1) ?? '').length + 1}: this is not JSON, so nothing was changed; mend it and run the command again.`,
  );
}

function unusable(name: string, path: Path, wanted: 'list' | 'object'): KeyguardError {
  const what = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
  return new KeyguardError(
    'install',
    `${name}: ${what} is no ${wanted}, so nothing was changed; mend it and run the command again.`,
  );
}
