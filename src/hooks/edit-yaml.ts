// YAML, changed by lines put between its own: a parser tells where, and nothing is written anew.
import type { Document, Pair } from 'yaml';
import { eolOf, markedLines } from './marked-lines.ts';

/**
 * Puts lines at the top of what stands at `path`, which may be there in part: the missing keys are written, too. `lines`
 * are without indentation. Null where the text is no block of lines there (`{ ... }`), or no YAML.
 */
export async function putInYaml(
  text: string,
  path: readonly string[],
  lines: readonly string[],
): Promise<string | null> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { keepSourceTokens: true, strict: false, logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  const place = await placeOf(document, text, path);
  if (place === null) return null;
  const missing = path.slice(place.depth).map((key, i) => `${'  '.repeat(i)}${key}:`);
  const deep = '  '.repeat(missing.length);
  const all = [...missing, ...lines.map((line) => `${deep}${line}`)];
  const indent = ' '.repeat(place.column);
  const eol = eolOf(text);
  const head = text.slice(0, place.offset);
  return `${head}${head === '' || head.endsWith('\n') ? '' : eol}${markedLines(all, indent, eol)}${text.slice(place.offset)}`;
}

export async function readYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  const value: unknown = parse(text, { strict: false, logLevel: 'silent' });
  return value;
}

interface Place {
  readonly offset: number;
  readonly column: number;
  /** How many keys of the path are there. */
  readonly depth: number;
}

/** The line behind the deepest key that is there, and the column of what stands below it. */
async function placeOf(document: Document, text: string, path: readonly string[]): Promise<Place | null> {
  const { isMap, isSeq, isScalar } = await import('yaml');
  let node: unknown = document.contents;
  let offset = firstLineOf(text);
  let column = 0;
  for (let depth = 0; ; depth++) {
    if (isMap(node) || isSeq(node)) {
      if (node.flow === true) return null;
      column = columnOf(text, node.items[0]) ?? column;
    } else if (!(node === null || (isScalar(node) && node.value === null))) return null;
    const key = path[depth];
    if (key === undefined) return { offset, column, depth };
    if (isSeq(node)) return null;
    const pair: unknown = isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    if (!isPair(pair)) return { offset, column, depth };
    column = (columnOf(text, pair) ?? 0) + 2;
    offset = nextLine(text, startOf(pair) ?? 0);
    node = pair.value;
  }
}

function isPair(item: unknown): item is Pair {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item;
}

/** Where a member or an item begins in the text. */
function startOf(item: unknown): number | null {
  const node: unknown = isPair(item) ? item.key : item;
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : null;
}

function columnOf(text: string, item: unknown): number | null {
  const start = startOf(item);
  if (start === null) return null;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^ */u.exec(text.slice(line))?.[0].length ?? 0;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Behind the directives and comments at the top. */
function firstLineOf(text: string): number {
  return /^(?:(?:%[^\n]*|---[ \t]*(?:#[^\n]*)?\r?|[ \t]*#[^\n]*|[ \t]*\r?)\n)*/u.exec(text)?.[0].length ?? 0;
}
