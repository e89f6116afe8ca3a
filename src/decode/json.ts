import type { Decoder } from './decoder.ts';
import { BACKSLASHES, characterOf, escapeDecoder, LONG_VALUE } from './escapes.ts';

/** Characters of a key that stand between two slashes of it. */
const PART = '[A-Za-z0-9+=_-]{8}';

/**
 * JSON that stands in a string of JSON, or of any language that escapes as it does: the names and quotes before a value,
 * and the slashes in it. One level a time.
 */
export const json: Decoder = escapeDecoder({
  name: 'json',
  sign: new RegExp(`${BACKSLASHES}(?:["'](?=${LONG_VALUE})|/(?:(?=${PART})|(?<=${PART}${BACKSLASHES}/)))`, 'gu'),
  escape: /\\(?:["'\\/bfnrt]|u[0-9A-Fa-f]{4})/gu,
  read: (escape) => {
    const kind = escape.charAt(1);
    return kind === 'u' ? characterOf(Number.parseInt(escape.slice(2), 16)) : (CONTROLS[kind] ?? kind);
  },
});

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
