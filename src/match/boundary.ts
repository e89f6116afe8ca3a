import { type ByteClass, holds } from './byte-class.ts';

/** The longest escape that is looked at: an ANSI colour written out, as `\u001b[38;2;255;255;255m`. */
const LONGEST_ESCAPE = 28;

/**
 * What may end directly before a key and looks like a letter or a digit of a longer word: the escapes of source code
 * (`\n`, `\x0a`, `\u000a`, `\012`), of URLs (`%3D`, also encoded twice), of mail (`=3D`), and terminal colours.
 */
const ESCAPE =
  /(?:\\[abefnrtv0]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\[0-7]{1,3}|%(?:25)*[0-9a-f]{2}|=[0-9A-F]{2}|(?:\x1b|\\x1b|\\033|\\e|\\u001b)\[[0-9;]{0,18}[a-z])$/iu;

/** A forbidden byte stands directly before `start`, and no escape explains it. */
export function touchesLeft(text: string, start: number, forbidden: ByteClass): boolean {
  if (!holds(forbidden, text, start - 1)) return false;
  return !ESCAPE.test(text.slice(Math.max(0, start - LONGEST_ESCAPE), start));
}

export function touchesRight(text: string, end: number, forbidden: ByteClass): boolean {
  return holds(forbidden, text, end);
}
