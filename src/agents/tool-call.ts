import type { Fields, ToolCall } from './agent.ts';
import { fieldsOf } from './fields.ts';
import { addedByPatch, pathsInPatch } from './patch.ts';

/** A call as all three agents tell of it: the name of a tool, and what it is given. */
export function toolCall(tool: string, input: Fields): ToolCall {
  const command = commandOf(input);
  if (command !== null && /^(?:apply_?patch|ApplyPatch)$/u.test(tool)) {
    return { kind: 'call', command: null, paths: pathsInPatch(command), value: addedByPatch(command) };
  }
  // A tool of somebody else (MCP) calls all kinds of things a command; to read one as such can only stop more.
  return {
    kind: 'call',
    command: command === null || !/power/iu.test(tool) ? command : asPosix(command),
    paths: WRITES.test(tool) ? pathsAmong(input) : [],
    value: withoutOldSide(input),
  };
}

/** `Bash` and `Shell` give a text, some versions a list of words. */
function commandOf(input: Fields): string | null {
  const command = input.get('command') ?? input.get('cmd');
  if (typeof command === 'string') return command;
  if (!Array.isArray(command) || !command.every((word) => typeof word === 'string')) return null;
  return command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
}

/** PowerShell escapes by ` and parts folders by \ as well. */
function asPosix(command: string): string {
  return command.replaceAll('\\', '/').replaceAll('`', '\\');
}

const WRITES = /write|edit|create|delete|remove|rename|move|append|replace|patch|save|insert|put/iu;
const NAMES_FILE = /path|file|destination|source|target|uri/iu;

/** Of the tools of others only the names tell: what is called a path is taken for one. */
function pathsAmong(input: Fields): readonly string[] {
  return [...input].flatMap(([name, value]) => {
    if (!NAMES_FILE.test(name)) return [];
    const texts = Array.isArray(value) ? value : [value];
    return texts.flatMap((text) => (typeof text === 'string' ? [text.replace(/^file:\/\//u, '')] : []));
  });
}

/** Who takes a key out of a file has to name it. */
function withoutOldSide(input: Fields): unknown {
  return Object.fromEntries(
    [...input].filter(([name]) => !OLD_SIDE.has(name)).map(([name, value]) => [name, newSide(value)]),
  );
}

const OLD_SIDE = new Set(['old_string', 'old_str', 'oldString', 'oldText', 'old_text']);

/** `MultiEdit` has a list of edits. */
function newSide(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => {
    const fields = fieldsOf(item);
    return fields === null ? item : withoutOldSide(fields);
  });
}
