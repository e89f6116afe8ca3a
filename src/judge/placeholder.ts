import type { DropReason } from '../model/verdict.ts';
import { countsOf, entropyOf, isHex } from './body.ts';

/**
 * Why this body is not random, or null. `isSound`: the structure proves a key, so a word that happens to stand in 150
 * random characters says nothing.
 */
export function placeholderReason(body: string, isSound: boolean): DropReason | null {
  if (/\.{2}|\u2026|\xe2\x80\xa6/u.test(body)) return 'documentation';
  if (/\*|\u2022|\xe2\x80\xa2/u.test(body)) return 'masked';
  if (/[<>{}$]/u.test(body)) return 'template';
  if (isRepeated(body)) return 'repeated';
  if (isSequence(body)) return 'sequence';
  if (!isSound && holdsPlaceholderWord(body)) return 'placeholder';
  return null;
}

/** Few different characters, one that fills half of it, or a short piece again and again. */
function isRepeated(body: string): boolean {
  const counts = countsOf(body);
  if (body.length >= 12 && counts.size < 8 && !(isHex(body) && counts.size > 5)) return true;
  for (const count of counts.values()) if (body.length >= 4 && count > body.length / 2) return true;
  for (let period = 2; period <= 16 && period * 3 <= body.length; period += 1) {
    if (repeatsEvery(body, period)) return true;
  }
  return false;
}

function repeatsEvery(body: string, period: number): boolean {
  let same = 0;
  for (let i = period; i < body.length; i += 1) if (body[i] === body[i - period]) same += 1;
  return same >= (body.length - period) * 0.9;
}

/** Most characters follow their neighbour, or the one before it, up or down: abcdef, 123456, ZYX, a1b2c3, A1b2C3. */
function isSequence(text: string): boolean {
  const body = text.toLowerCase();
  return body.length >= 4 && [1, 2].some((stride) => stepsOf(body, stride) >= (body.length - stride) * 0.55);
}

function stepsOf(body: string, stride: number): number {
  let steps = 0;
  for (let i = stride; i < body.length; i += 1) {
    const [before, after] = [body.charAt(i - stride), body.charAt(i)];
    const step = after.charCodeAt(0) - before.charCodeAt(0);
    const wraps = (before === '9' && after === '0') || (/z/iu.test(before) && /a/iu.test(after));
    if (step === 1 || step === -1 || wraps) steps += 1;
  }
  return steps;
}

/** Words that say "put yours here" when they stand between separators. */
const BOUNDED_WORDS = new Set(
  (
    'your my example examples placeholder replace changeme change dummy fake sample redacted insert template ' +
    'synthetic test testing mock invalid secret key apikey token here xxx xxxx foo bar todo none null undefined'
  ).split(' '),
);

/** The same inside a longer run: only words that no random text of this length holds by chance. */
const LOOSE_WORDS =
  /example|placeholder|random|api_?key|changeme|redacted|replace_?(?:me|with)|your_?(?:api|key|open|secret|token)|insert_?your|dummy_?key|fake_?key|apikeyhere|keyhere|not_?a_?real|notreal|beep_boop|secret_?key/iu;

function holdsPlaceholderWord(body: string): boolean {
  if (LOOSE_WORDS.test(body.replaceAll('-', '_'))) return true;
  const words = body.toLowerCase().split(/[-_.]/u);
  // Two or three letters between separators stand in long random text by chance, too.
  const shortest = body.length > 40 ? 4 : 2;
  return words.some((word) => word.length >= shortest && BOUNDED_WORDS.has(word));
}

/** Bits per character below which nothing of this length is random; hexadecimal text cannot have as many. */
export function isLowEntropy(body: string): boolean {
  return entropyOf(body) < (isHex(body) ? 2.5 : 3);
}

/** Words and numbers joined by `-` or `_`: a slug or a CSS class, in one case or capitalised; or words in camel case. */
export function isMadeOfWords(body: string): boolean {
  return partsOf(body).every((part) => WORD.test(part)) || isCamelCase(body);
}

/** The same of names: `service.getAllOfThem`. */
export function isMadeOfNames(body: string): boolean {
  return partsOf(body).every((part) => WORD.test(part) || isCamelCase(part));
}

function partsOf(body: string): readonly string[] {
  return body.split(/[-_.]/u).filter((part) => part !== '');
}

const WORD = /^(?:[A-Za-z]?[a-z]{0,20}|[A-Z]{1,12}|\d{1,4}|[a-z]{1,14}\d{1,2}|\d{1,3}[a-z]{1,8})$/u;

/** Letters only, in pieces as long as words are, with vowels; random letters change case at every other one. */
function isCamelCase(body: string): boolean {
  if (!/^[A-Za-z]+$/u.test(body)) return false;
  const words = body.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/gu) ?? [];
  return words.length * 3.5 <= body.length && words.every(isWordLike);
}

/** Twenty letters are the most that a word of a name has. */
function isWordLike(word: string): boolean {
  return word.length < 3 || (word.length <= 20 && /[aeiouy]/iu.test(word));
}
