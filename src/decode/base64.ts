import { type Blocks, viewsOfBlocks } from './block-text.ts';
import type { Decoder } from './decoder.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ALIASES: Readonly<Record<string, string>> = { '+': '-', '/': '_' };

/** Four digits that stand for three ASCII characters: what those have in common is seen in the first three. */
const ASCII = '[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]';

const BASE64: Blocks = {
  name: 'base64',
  step: [3, 4],
  next: nextPrintable,
  run: new RegExp(`(?:${ASCII})+`, 'uy'),
  digit: /[A-Za-z0-9+/_-]/u,
  padding: /={1,2}/uy,
  decode: (digits) => Buffer.from(digits, 'base64').toString('latin1'),
};

/**
 * Base64 and base64url, with padding or without, on one line or more, inside of whatever: what reads as text says where
 * the groups of four begin. https://www.rfc-editor.org/rfc/rfc4648#section-4
 */
export const base64: Decoder = {
  name: 'base64',
  isSeenIn,
  decode: (view) => viewsOfBlocks(view, BASE64),
};

/** A group of printable characters, and one of three letters of UTF-16, behind the first digit of both. */
const PRINTABLE = '[C-HS-Xi-nyz0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]';
const WIDE = '[AQgw][AB][A-Za-z0-9+/_-]A[C-H][A-Za-z0-9+/_-]A';
const SEEN = new RegExp(`[I-Za-f](?:${PRINTABLE}(?:[I-Za-f]${PRINTABLE}){4}|${WIDE}[I-Za-f]${WIDE})`, 'u');

/** V8 needs to see so many characters before it makes fast code of a loop. A regular expression is fast at once. */
const COLD = 1536 * 1024;
let looked = 0;

/** The slower of the two is never wrong, either: it only sees a little more. */
function isSeenIn(text: string): boolean {
  if (looked >= COLD) return nextPrintable(text, 0) !== -1;
  looked += text.length;
  return SEEN.test(text);
}

/** A key of twenty characters holds so many digits in whole groups, wherever in a group it begins. */
const LENGTH = 24;
const AHEAD = 1024;

/**
 * Looks at every fourth character of what could be so many digits, the last one first: in most text one of them is a
 * blank or a bracket, and nothing before it is looked at. Several times as fast as a regular expression.
 */
function nextPrintable(text: string, from: number): number {
  let at = from;
  while (at + LENGTH <= text.length) {
    let last = at + LENGTH - 1;
    while (last >= at && (MAY_BE[text.charCodeAt(last)] ?? 0) !== 0) last -= 4;
    if (last >= at) {
      at = last + 1;
      continue;
    }
    // A picture is one run of a megabyte, and is not run through from each hit in it.
    const most = Math.min(text.length, at + AHEAD);
    let end = at;
    while (end < most && (MAY_BE[text.charCodeAt(end)] ?? 0) !== 0) end += 1;
    for (; at + LENGTH <= end; at += 1) if (isPrintable(text, at) || isWide(text, at)) return at;
    if (end < most) at = end + 1;
  }
  return -1;
}

/** In a group of printable characters a digit may stand first, second, third; four, anywhere. */
const FIRST = 1;
const SECOND = 2;
const THIRD = 4;
/** The third of a character below 0x40: that is printable only with one of the upper half behind it. */
const LOW = 8;
const UPPER = 16;
const ANYWHERE = 32;
const MAY_BE = new Uint8Array(256);
for (const [value, digit] of Array.from(DIGITS).entries()) {
  const first = value >= 8 && value < 32 ? FIRST : 0;
  const second = (value & 15) >= 2 && (value & 15) < 8 ? SECOND : 0;
  const third = (value & 2) === 0 ? THIRD | ((value & 1) === 0 ? LOW : 0) : 0;
  const upper = value >= 32 ? UPPER : 0;
  for (const one of [digit, ALIASES[digit] ?? digit])
    MAY_BE[one.charCodeAt(0)] = ANYWHERE | first | second | third | upper;
}

function isPrintable(text: string, at: number): boolean {
  for (let i = at; i < at + LENGTH; i += 4) {
    if (((MAY_BE[text.charCodeAt(i)] ?? 0) & FIRST) === 0) return false;
    if (((MAY_BE[text.charCodeAt(i + 1)] ?? 0) & SECOND) === 0) return false;
    const third = MAY_BE[text.charCodeAt(i + 2)] ?? 0;
    if ((third & THIRD) === 0) return false;
    if ((third & LOW) !== 0 && ((MAY_BE[text.charCodeAt(i + 3)] ?? 0) & UPPER) === 0) return false;
  }
  return true;
}

/** UTF-16, little-endian, as PowerShell takes commands: letter, NUL, letter, and NUL, letter, NUL in turn. */
function isWide(text: string, at: number): boolean {
  // Nearly everywhere this decides, in the midst of a picture of a megabyte.
  if (
    text.charCodeAt(at + 4) !== A ||
    text.charCodeAt(at + 7) !== A ||
    text.charCodeAt(at + 12) !== A ||
    text.charCodeAt(at + 15) !== A
  )
    return false;
  if (!isBehindNul(text.charCodeAt(at + 5)) || !isBehindNul(text.charCodeAt(at + 13))) return false;
  return [at, at + 8, at + 16].every(
    (i) => ((MAY_BE[text.charCodeAt(i)] ?? 0) & FIRST) !== 0 && !isBehindNul(text.charCodeAt(i + 2)),
  );
}

const A = 0x41;

/** The digits for the upper bits of a letter behind a NUL: C to H. */
function isBehindNul(digit = 0): boolean {
  return digit >= 0x43 && digit <= 0x48;
}
