import { type ByteClass, holds } from './byte-class.ts';

/** The longest escape that is looked at: an ANSI colour written out, as `\u001b[38;2;255;255;255m`. */
const LONGEST_ESCAPE = 28;

/**
 * What may end directly before a key and looks like a letter or a digit of a longer word: the escapes of source code
 * (`\n`, `\x0a`, `\u000a`, `\012`), of URLs (`%3D`, also encoded twice), of mail (`=3D`, capitals only: `=desk-…` is
 * none), and terminal colours: raw, written out, or as a log keeps them that has lost the escape byte (`[31m`).
 */
const ESCAPES = [
  /\\[abefnrtv0]/u,
  /\\x[0-9A-Fa-f]{2}/u,
  /\\u[0-9A-Fa-f]{4}/u,
  /\\u\{[0-9A-Fa-f]{1,6}\}/u,
  /\\[0-7]{1,3}/u,
  /%(?:25)*[0-9A-Fa-f]{2}/u,
  /=[0-9A-F]{2}/u,
  /(?:\x1b|\\[xX]1[bB]|\\0?33|\\e|\\u001[bB]|\\u\{0*1[bB]\}|\^\[)\[[0-9;]{0,18}[A-Za-z]/u,
  /\[[0-9;]{1,18}[mK]/u,
];

const ESCAPE = new RegExp(`(?:${ESCAPES.map(({ source }) => source).join('|')})$`, 'u');

/** A forbidden byte stands directly before `start`, and no escape explains it. */
export function touchesLeft(text: string, start: number, forbidden: ByteClass): boolean {
  if (!holds(forbidden, text, start - 1)) return false;
  return !ESCAPE.test(text.slice(Math.max(0, start - LONGEST_ESCAPE), start));
}

export function touchesRight(text: string, end: number, forbidden: ByteClass): boolean {
  return holds(forbidden, text, end);
}
