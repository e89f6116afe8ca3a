import type { Span } from '../model/span.ts';
import type { Decoder } from './decoder.ts';
import { clustersOf, type Replacement, splice } from './splice.ts';

/** A way to write single characters. */
export interface Escapes {
  readonly name: string;
  /**
   * What shows that undoing them can matter: an escape that stands for a character of a key, or for what stands directly
   * before a long value. Hardly ever fits in ordinary source, and begins with the sign of the escape. Global, and never
   * empty.
   */
  readonly sign: RegExp;
  /** All of them. */
  readonly escape: RegExp;
  /** What an escape stands for; null where it is none. */
  readonly read: (escape: string) => string | null;
}

/** Undoes all escapes around each sign. What is not ASCII becomes the bytes of its UTF-8, as everywhere in a view. */
export function escapeDecoder({ name, sign, escape, read }: Escapes): Decoder {
  return {
    name,
    sign,
    *decode(view) {
      for (const within of clustersOf(view, name, spansOf(sign, view.text))) {
        yield splice(view, name, within, replacementsIn(view.text, within, escape, read));
      }
    },
  };
}

function* spansOf(pattern: RegExp, text: string): Generator<Span, void> {
  for (let at = 0; ;) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return;
    at = pattern.lastIndex;
    yield { start: found.index, end: at };
  }
}

function* replacementsIn(
  text: string,
  { start, end }: Span,
  escape: RegExp,
  read: Escapes['read'],
): Generator<Replacement, void> {
  for (const { index, 0: found } of text.slice(start, end).matchAll(escape)) {
    const decoded = read(found);
    if (decoded !== null) yield { start: start + index, end: start + index + found.length, text: decoded };
  }
}

/** A character as the view of a file shows it: its UTF-8, one character for each byte. */
export function characterOf(code: number): string | null {
  if (code < 0x80) return String.fromCharCode(code);
  if (!(code <= 0x10ffff)) return null;
  return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
}

/** A text in a text doubles them; of a longer run the last ones count (regex source). */
export const BACKSLASHES = String.raw`\\{1,16}`;

/** What stands directly before a value that may be a key, and so long a value (regex source). */
export const LONG_VALUE = '[A-Za-z0-9_+/=.~-]{16}';
