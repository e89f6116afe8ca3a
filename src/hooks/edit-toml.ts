// TOML, changed by lines put between its own; smol-toml tells whether it is TOML, before and after.
import { eolOf, markedLines } from './marked-lines.ts';

/**
 * Puts tables in front of the first one: above it stand the keys that belong to no table, which would become part of
 * one that stood before them.
 */
export async function putInToml(text: string, tables: readonly string[]): Promise<string | null> {
  if ((await readToml(text)) === null) return null;
  const eol = eolOf(text);
  const first = firstTable(text);
  const head = text.slice(0, first);
  const isWholeLine = head === '' || head.endsWith('\n');
  return `${head}${isWholeLine ? '' : eol}${markedLines(tables, '', eol)}${text.slice(first)}`;
}

/** Null where it is no TOML. */
export async function readToml(text: string): Promise<unknown> {
  const { parse } = await import('smol-toml');
  try {
    return parse(text);
  } catch {
    return null;
  }
}

/** A line that begins with a bracket outside of a text of several lines and of a list. */
function firstTable(text: string): number {
  for (const match of text.matchAll(/^[ \t]*\[/gmu)) {
    const before = text.slice(0, match.index).replaceAll(/#[^\n]*/gu, '');
    const isInText = (before.split('"""').length - 1) % 2 === 1 || (before.split("'''").length - 1) % 2 === 1;
    const plain = before.replaceAll(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/gu, '');
    const depth = plain.split('[').length - plain.split(']').length;
    if (!isInText && depth === 0) return match.index;
  }
  return text.length;
}
