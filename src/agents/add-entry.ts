import { type Insertion, type Path, type Place } from './settings-tree.ts';

/** Puts a value behind the last one of the list or object at `path`, and changes nothing else. `name` is for an object. */
export function insertionFor(text: string, path: Path, place: Place, name: string | null, value: unknown): Insertion[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = indentOf(text);
  const depth = path.length + 1;
  const body = indented(
    `${name === null ? '' : `${JSON.stringify(name)}: `}${JSON.stringify(value, null, unit)}`,
    depth,
    unit,
    newline,
  );
  const last = place.children.at(-1);
  if (last === undefined) return intoEmpty(text, place, body, depth, unit, newline);
  const behind = behindLast(text, last.end, place.end - 1);
  const comma: Insertion[] = behind.hasComma ? [] : [{ at: last.end, text: ',' }];
  const at = behind.at + (behind.hasComma ? 0 : 1);
  return [...comma, { at, text: `${newline}${body}` }];
}

/** A list or object without anything in it, perhaps with a comment. */
function intoEmpty(
  text: string,
  place: Place,
  body: string,
  depth: number,
  unit: string,
  newline: string,
): Insertion[] {
  const inside = text.slice(place.offset + 1, place.end - 1);
  const closing = /\n[^\S\n]*$/u.test(inside) ? '' : `${newline}${unit.repeat(depth - 1)}`;
  const at = place.end - 1 - (/\r?\n[^\S\n]*$/u.exec(inside)?.[0].length ?? 0);
  return [{ at, text: `${newline}${body}${closing}` }];
}

/** Behind the comma and the comment on the line of the last value: both belong to it. */
function behindLast(text: string, from: number, end: number): { readonly at: number; readonly hasComma: boolean } {
  const rest = text.slice(from, end);
  const comma = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*,/u.exec(rest)?.[0] ?? '';
  const comment = /^(?:[^\S\n]*(?:\/\*[^\n]*?\*\/|\/\/[^\n\r]*))*/u.exec(rest.slice(comma.length))?.[0] ?? '';
  return { at: from + comma.length + comment.length, hasComma: comma !== '' };
}

function indented(json: string, depth: number, unit: string, newline: string): string {
  return json
    .split('\n')
    .map((line) => `${unit.repeat(depth)}${line}`)
    .join(newline);
}

/** As the file is indented; two spaces where it does not tell. */
function indentOf(text: string): string {
  return /\n(?<indent>[ \t]+)\S/u.exec(text)?.groups?.['indent'] ?? '  ';
}

export function apply(text: string, insertions: readonly Insertion[]): string {
  return insertions.reduce((now, { at, text: added }) => now.slice(0, at) + added + now.slice(at), text);
}

/** The text as it was before; null where something else stands there now. */
export function undo(text: string, insertions: readonly Insertion[]): string | null {
  let now = text;
  for (const { at, text: added } of insertions.toReversed()) {
    if (!now.startsWith(added, at)) return null;
    now = now.slice(0, at) + now.slice(at + added.length);
  }
  return now;
}
