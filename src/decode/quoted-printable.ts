import type { Decoder } from './decoder.ts';
import { escapeDecoder, LONG_VALUE } from './escapes.ts';

const KEY = '[A-Za-z0-9_=-]';
/** An equals sign at the end of a line: the line goes on in the next. */
const SOFT_BREAK = String.raw`[ \t]*(?:\r\n|\n|\r)`;

/** Mail as 7 bit text: `=2D`, and lines that end in `=`. https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
export const quotedPrintable: Decoder = escapeDecoder({
  name: 'quoted-printable',
  sign: new RegExp(
    [
      `=(?:2[BbDdEeFf]|3[0-9]|[46][1-9A-Fa-f]|5[Ff]|[57][0-9Aa])(?=${KEY}{4})`,
      `=(?:3[Dd]|3[Aa]|2[027])(?=${LONG_VALUE})`,
      `=${SOFT_BREAK}(?=${KEY})(?<=${KEY}=${SOFT_BREAK})`,
    ].join('|'),
    'gu',
  ),
  escape: new RegExp(`=(?:[0-9A-Fa-f]{2}|${SOFT_BREAK})`, 'gu'),
  read: (found) => (/^=\s/u.test(found) ? '' : String.fromCharCode(Number.parseInt(found.slice(1), 16))),
});
