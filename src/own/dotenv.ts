import type { Span } from '../model/span.ts';

/** One variable of a `.env` file. */
export interface Assignment {
  readonly name: string;
  /** Quotes, and in double quotes escapes, undone. */
  readonly value: string;
  /** Of the name and of the value as it is written, quotes left out; offsets in the text. */
  readonly at: { readonly name: Span; readonly value: Span };
}

/**
 * What a `.env` file assigns, in the order of the file, as https://github.com/motdotla/dotenv reads it: `export`, `NAME=value`
 * and `NAME: value`, three kinds of quotes that may hold line breaks. Without quotes a value ends at its line or at a `#`
 * behind a blank, as in a shell. A quote that nothing closes ends with its line. What is no assignment is left out.
 */
export function* parseDotenv(text: string): Generator<Assignment, void, undefined> {
  const hopeless = new Set<string>();
  let at = text.startsWith(UTF8_BOM) ? UTF8_BOM.length : 0;
  while (at < text.length) {
    BEGINNING.lastIndex = at;
    const beginning = BEGINNING.exec(text);
    const name = beginning?.groups?.['name'];
    if (beginning === null || name === undefined) {
      at = nextLine(text, at);
      continue;
    }
    const nameStart = at + beginning[0].indexOf(name, beginning.groups?.['lead']?.length);
    const written = valueAt(text, at + beginning[0].length, hopeless);
    yield {
      name,
      value: written.value,
      at: { name: { start: nameStart, end: nameStart + name.length }, value: written.at },
    };
    at = nextLine(text, written.end);
  }
}

/** The text holds bytes, one a character. */
const UTF8_BOM = '\u00ef\u00bb\u00bf';

const BEGINNING = /(?<lead>[^\S\r\n]*(?:export[^\S\r\n]+)?)(?<name>[\w.-]+)(?:[^\S\r\n]*=|:(?=[^\S\r\n]))[^\S\r\n]*/uy;

interface Written {
  readonly value: string;
  readonly at: Span;
  /** Where what comes behind the value begins. */
  readonly end: number;
}

/** `hopeless`: quotes that nothing closes any more, so that a file full of them is read once. */
function valueAt(text: string, start: number, hopeless: Set<string>): Written {
  const quote = text.charAt(start);
  if (!QUOTES.includes(quote) || quote === '') return unquoted(text, start);
  const end = hopeless.has(quote) ? -1 : closing(text, start + 1, quote);
  if (end < 0) {
    hopeless.add(quote);
    return unquoted(text, start + 1);
  }
  const inside = text.slice(start + 1, end);
  return {
    value: quote === '"' ? unescaped(inside) : inside,
    at: { start: start + 1, end },
    end: end + 1,
  };
}

const QUOTES = '"\'`';

/** A backslash in front of a quote keeps it from closing. */
function closing(text: string, from: number, quote: string): number {
  for (let end = text.indexOf(quote, from); end >= 0; end = text.indexOf(quote, end + 1)) {
    if (end === from || text[end - 1] !== '\\') return end;
  }
  return -1;
}

function unescaped(inside: string): string {
  return inside.includes('\\') ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\"', '"') : inside;
}

function unquoted(text: string, start: number): Written {
  const line = text.slice(start, endOfLine(text, start));
  const comment = /(?:^|\s)#/u.exec(line);
  const value = (comment === null ? line : line.slice(0, comment.index)).trimEnd();
  return { value, at: { start, end: start + value.length }, end: start + value.length };
}

function endOfLine(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}

const LINE_END = /\r\n|\r|\n/gu;

function nextLine(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.test(text) ? LINE_END.lastIndex : text.length;
}
