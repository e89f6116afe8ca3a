import type { Span } from '../model/span.ts';

/** A text with its escapes undone and without what nobody sees: how a key reads that was broken up on the way. */
export interface Unrolled {
  readonly text: string;
  /** Where a span of `text` stands in the original. */
  readonly toOriginal: (span: Span) => Span;
}

/** null where there is nothing to undo. */
export function unroll(original: string): Unrolled | null {
  if (NOTHING_ROLLED.test(original)) return null;
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const take = (characters: string, from: number, length: number): void => {
    text += characters;
    for (let i = 0; i < characters.length; i += 1) {
      starts.push(from + i);
      ends.push(from + i + length);
    }
  };
  let at = 0;
  for (const found of original.matchAll(ROLLED)) {
    take(original.slice(at, found.index), at, 1);
    take(characterOf(found.groups?.['escape']), found.index, found[0].length);
    at = found.index + found[0].length;
  }
  if (at === 0) return null;
  take(original.slice(at), at, 1);
  return {
    text,
    toOriginal: ({ start, end }) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? original.length }),
  };
}

/** Lines of printable ASCII without the signs that begin an escape; `ROLLED` takes long to compile. */
const NOTHING_ROLLED = /^[\t\n\r\x20-\x24\x26-\x5b\x5d-\x7e]*$/u;

/** Our own display doubles the backslashes of a path. */
const BACKSLASH = String.raw`\\{1,4}`;
const ESCAPE_BYTE = String.raw`(?:\x1b|${BACKSLASH}(?:x1b|u\{1b\}|u001b|033|e))`;
/** Colours, links and the like (ECMA-48), as they are or as source code and our own display write them. */
const TERMINAL = String.raw`${ESCAPE_BYTE}(?:\[[0-?]{0,32}[ -\/]{0,4}[@-~]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\))`;
/** Line ends and tabs are seen. What is outside of ASCII also as the bytes of its UTF-8. */
const UNSEEN = [
  String.raw`[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]`,
  String.raw`\p{Cs}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}`,
  String.raw`\xc2[\x80-\x9f\xad]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf`,
].join('|');
const ESCAPE = String.raw`(?<escape>%(?:25){0,8}[0-9a-f]{2}|${BACKSLASH}(?:x[0-9a-f]{2}|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}))`;
const ROLLED = new RegExp(`${TERMINAL}|${UNSEEN}|${ESCAPE}`, 'giu');

/** A blank where the escape ends a word, '' where it stands for nothing that is seen. */
function characterOf(escape: string | undefined): string {
  const digits = escape === undefined ? undefined : /(?<digits>[0-9A-Fa-f]{1,6})\}?$/u.exec(lastCode(escape));
  const code = Number.parseInt(digits?.groups?.['digits'] ?? '', 16);
  if (Number.isNaN(code)) return '';
  if ([0x00, 0x09, 0x0a, 0x0d, 0x20].includes(code)) return ' ';
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : '';
}

/** `%252D` is `%2D` encoded once more. */
function lastCode(escape: string): string {
  return escape.startsWith('%') ? escape.slice(-2) : escape.replace(/^\\+[ux]/iu, '');
}
