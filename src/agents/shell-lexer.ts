import { marked, MARKS } from './shell-word.ts';

/** A place in a script, and what is known there. */
export interface Lexer {
  readonly text: string;
  at: number;
  /** Variables whose value stands in the script itself. */
  readonly variables: ReadonlyMap<string, string>;
  /** The scripts of the substitutions that were read: `$(…)`, backticks, `<(…)`. */
  readonly inner: string[];
}

/** The word that begins here, special characters marked; null where a quote or bracket does not end. */
export function readWord(lexer: Lexer): string | null {
  let word = '';
  while (lexer.at < lexer.text.length) {
    const character = lexer.text.charAt(lexer.at);
    if (/[\s;&|()<>]/u.test(character)) break;
    const part = readPart(lexer, character);
    if (part === null) return null;
    word += part;
  }
  return word;
}

function readPart(lexer: Lexer, character: string): string | null {
  switch (character) {
    case "'":
      return readSingle(lexer);
    case '"':
      return readDouble(lexer);
    case '`':
      return readBackticks(lexer);
    case '$':
      return readDollar(lexer, false);
    case '\\':
      return readEscape(lexer);
    default:
      lexer.at++;
      return marked(character);
  }
}

function readSingle(lexer: Lexer): string | null {
  return takeUntil(lexer, lexer.at + 1, lexer.text.indexOf("'", lexer.at + 1));
}

/** The text from `start` to `end`, one character behind which the reading goes on. */
function takeUntil(lexer: Lexer, start: number, end: number): string | null {
  if (end === -1) return null;
  lexer.at = end + 1;
  return lexer.text.slice(start, end);
}

function readEscape(lexer: Lexer): string {
  const next = lexer.text.charAt(lexer.at + 1);
  lexer.at += 2;
  return next === '\n' ? '' : next;
}

function readDouble(lexer: Lexer): string | null {
  lexer.at++;
  let word = '';
  while (lexer.at < lexer.text.length) {
    const character = lexer.text.charAt(lexer.at);
    if (character === '"') {
      lexer.at++;
      return word;
    }
    const part = readQuoted(lexer, character);
    if (part === null) return null;
    word += part;
  }
  return null;
}

function readQuoted(lexer: Lexer, character: string): string | null {
  if (character === '$') return readDollar(lexer, true);
  if (character === '`') return readBackticks(lexer);
  if (character === '\\' && /[$`"\\\n]/u.test(lexer.text.charAt(lexer.at + 1))) return readEscape(lexer);
  lexer.at++;
  return character;
}

function readBackticks(lexer: Lexer): string | null {
  let end = lexer.at + 1;
  while (end < lexer.text.length && lexer.text.charAt(end) !== '`') end += lexer.text.charAt(end) === '\\' ? 2 : 1;
  const body = takeUntil(lexer, lexer.at + 1, end < lexer.text.length ? end : -1);
  if (body === null) return null;
  lexer.inner.push(body.replaceAll(/\\(?=[`\\$])/gu, ''));
  return MARKS.unknown;
}

function readDollar(lexer: Lexer, isQuoted: boolean): string | null {
  const { text, at } = lexer;
  const next = text.charAt(at + 1);
  if (next === "'" && !isQuoted) return readAnsi(lexer);
  if (next === '(') return readSubstitution(lexer, at + 1);
  const name = /^\$(?:\{(?<braced>\w+)\}|(?<bare>[A-Za-z_]\w*))/u.exec(text.slice(at, at + LONGEST_NAME));
  if (name !== null) {
    lexer.at += name[0].length;
    return valueOf(lexer, name.groups?.['braced'] ?? name.groups?.['bare'] ?? '', isQuoted);
  }
  if (next === '{') return takeUntil(lexer, at, text.indexOf('}', at)) === null ? null : MARKS.unknown;
  lexer.at += /[\d@*#?$!-]/u.test(next) ? 2 : 1;
  return lexer.at === at + 2 ? MARKS.unknown : '$';
}

const LONGEST_NAME = 256;

/** An unquoted value is split into words; one that is not known may be anything. */
function valueOf({ variables }: Lexer, name: string, isQuoted: boolean): string {
  const value = name === 'IFS' ? ' ' : variables.get(name);
  if (value === undefined) return MARKS.unknown;
  return isQuoted ? value : value.replaceAll(/\s+/gu, MARKS.gap);
}

/** The script between the bracket at `open` and its end. */
export function readSubstitution(lexer: Lexer, open: number): string | null {
  const body = takeUntil(lexer, open + 1, closingOf(lexer.text, open));
  if (body === null) return null;
  lexer.inner.push(body);
  return MARKS.unknown;
}

function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === "'" || character === '"') {
      at = endOfQuote(text, at, character);
      if (at === -1) return -1;
    } else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at;
  }
  return -1;
}

function endOfQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === quote) return at;
    if (quote === '"' && text.charAt(at) === '\\') at++;
  }
  return -1;
}

/** `$'…'`: https://www.gnu.org/software/bash/manual/bash.html#ANSI_002dC-Quoting */
function readAnsi(lexer: Lexer): string | null {
  let end = lexer.at + 2;
  while (end < lexer.text.length && lexer.text.charAt(end) !== "'") end += lexer.text.charAt(end) === '\\' ? 2 : 1;
  const body = takeUntil(lexer, lexer.at + 2, end < lexer.text.length ? end : -1);
  if (body === null) return null;
  return body.replaceAll(
    /\\(?:x(?<hex>[\dA-Fa-f]{1,2})|u(?<unicode>[\dA-Fa-f]{1,4})|(?<octal>[0-7]{1,3})|(?<other>[^]))/gu,
    (...found) => unescaped(found.at(-1)),
  );
}

function unescaped(groups: Readonly<Record<string, string | undefined>>): string {
  const { hex, unicode, octal, other } = groups;
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  const digits = hex ?? unicode;
  if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
  return { n: '\n', t: '\t', r: '\r' }[other ?? ''] ?? other ?? '';
}
