import type { Decoder } from './decoder.ts';
import { BACKSLASHES, characterOf, escapeDecoder } from './escapes.ts';

/** `\u002d`, `\u{2d}`, `\x2d`, `\U0000002d`, `\055` and `\55`: printable characters only, which nobody needs to escape. */
const SIGN = [
  'u00[2-7][0-9A-Fa-f]',
  String.raw`u\{0{0,6}[2-7][0-9A-Fa-f]\}`,
  'x[2-7][0-9A-Fa-f]',
  'U000000[2-7][0-9A-Fa-f]',
  '(?:0[4-7]|1[0-7])[0-7]',
  '[4-7][0-7](?![0-9])',
].join('|');

const ESCAPE = [
  '[abefnrtv]',
  'u[0-9A-Fa-f]{4}',
  String.raw`u\{[0-9A-Fa-f]{1,8}\}`,
  'x[0-9A-Fa-f]{2}',
  'U[0-9A-Fa-f]{8}',
  '[0-3]?[0-7]{1,2}',
].join('|');

/** The escapes of source code. */
export const escape: Decoder = escapeDecoder({
  name: 'escape',
  sign: new RegExp(`${BACKSLASHES}(?:${SIGN})`, 'gu'),
  escape: new RegExp(`${BACKSLASHES}(?:${ESCAPE})`, 'gu'),
  read: (found) => readEscape(found.replace(/^\\+/u, '')),
});

function readEscape(escape: string): string | null {
  const control = CONTROLS[escape];
  if (control !== undefined) return control;
  const isOctal = /^[0-7]/u.test(escape);
  const digits = isOctal ? escape : escape.replaceAll(/[uUx{}]/gu, '');
  return characterOf(Number.parseInt(digits, isOctal ? 8 : 16));
}

const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
