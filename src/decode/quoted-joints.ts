import { BOTH_CASES, isToken, type Joint, runEnd, runStart } from './cut.ts';
import { gapEnd } from './gap.ts';
import { holdsJoin } from './joins.ts';

/** What stands between two texts in quotes, each of which has a character of a key at its side. */
export interface QuotedJoint extends Joint {
  /** `comma`: two items of a list; `concat`: a list begins here; `insertion`: one text stands inside of the other. */
  readonly kind: 'link' | 'comma' | 'concat' | 'insertion';
}

const TOKEN = String.raw`[\w+\/=.:~@%\-]`;
const OPENS = String.raw`[A-Za-z$@]{0,2}["'\x60]`;
const NOTE = String.raw`(?:(?:\/\/|#|--)[^\r\n]{0,200}\s*|\/\*[^]{0,200}?\*\/\s*|[\\_]\r?\n\s*)`;
const METHODS = String.raw`\.(?:[cC]oncat|[aA]ppend|plus|[wW]rite(?:String)?)\(`;

const END = String.raw`["'\x60](?<=${TOKEN}.)`;
const NEXT_ITEM = String.raw`\s*,\s*${NOTE}?${OPENS}`;
const LINK = String.raw`(?=\s*(?:\)+\s*|\.to_\w+\(\)\s*)?(?:${[
  String.raw`[+.|&<~>]{1,2}[\s(]*(?:[\w$@&]{0,2}["'\x60]|[\/#\\_\-])`,
  String.raw`${NOTE}(?:[+.|&<~(#\/\-]|${OPENS})`,
  OPENS,
  String.raw`(?:;\s*)?[\w$@]{0,40}(?:${METHODS}|\s?(?:\+|\.\.?|&)=|\s?<<)`,
].join('|')}))`;
/** `${'` and its like. */
const INSERTION = String.raw`["'\x60](?<=[\w\-})](?:[$#]?\{|\$\()\s?.)`;
/** Letters and digits in turn, or letters of both cases as no name has them, in one of two items. */
const MIXED = String.raw`(?:\d[A-Za-z]{1,6}\d|[A-Za-z]\d{1,4}[A-Za-z]|${BOTH_CASES})`;
const MIXED_ITEM = String.raw`["'\x60](?:(?<=${MIXED}${TOKEN}{0,40}.)${NEXT_ITEM}(?=${TOKEN})|(?<=${TOKEN}.)${NEXT_ITEM}(?=${TOKEN}{0,40}${MIXED}))`;

/**
 * Whether there is anything to look for: one pass over a text tells most texts apart. The quote comes first, because what
 * looks for a rare character is quick.
 */
const ANY = new RegExp(`${END}${LINK}|${MIXED_ITEM}|${INSERTION}`, 'su');

const LINKED = new RegExp(`${END}${LINK}`, 'gsu');
const INSERTED = new RegExp(INSERTION, 'gsu');
/** A list from the end of its first text to that of its last one. */
const LIST = new RegExp(String.raw`${END}(?:${NEXT_ITEM}${TOKEN}{1,500}["'\x60])+`, 'su');
const LISTS = new RegExp(LIST.source, 'gsu');

export function holdsQuotedJoint(text: string): boolean {
  return ANY.test(text) || (holdsJoin(text) && LIST.test(text));
}

/** Texts that an operator, a method or nothing at all joins, items of lists, and texts inside of others. */
export function quotedJoints(text: string): readonly QuotedJoint[] {
  if (!holdsQuotedJoint(text)) return [];
  return [
    ...jointsAt(text, LINKED, jointAt),
    ...itemsOfLists(text),
    ...jointsAt(text, INSERTED, insertionAt).flatMap((both) => both),
  ];
}

/** `test` makes no objects, and there are many quotes. */
function jointsAt<T>(text: string, quotes: RegExp, read: (text: string, quote: number) => T | null): T[] {
  const found: T[] = [];
  quotes.lastIndex = 0;
  while (quotes.test(text)) {
    const one = read(text, quotes.lastIndex - 1);
    if (one !== null) found.push(one);
  }
  return found;
}

const IS_MIXED = new RegExp(MIXED, 'u');

function itemsOfLists(text: string): readonly QuotedJoint[] {
  const mayBeJoined = holdsJoin(text);
  return Array.from(text.matchAll(LISTS)).flatMap(({ index, 0: list }) => {
    const joints: QuotedJoint[] = [];
    if (!mayBeJoined && !IS_MIXED.test(list)) return joints;
    const end = index + list.length - 1;
    for (let at = index; at < end;) {
      const joint = jointAt(text, at);
      if (joint === null) break;
      joints.push(joint);
      at = runEnd(text, joint.end, end);
    }
    return joints;
  });
}

/** Items of a list that are lines, with what a line ends with. */
export function lineJoints(text: string): readonly QuotedJoint[] {
  if (!holdsLineJoint(text)) return [];
  return Array.from(text.matchAll(END_OF_LINE)).flatMap(({ index, groups }) => {
    const joint = jointAt(text, index);
    const length = groups?.['end']?.length ?? 0;
    return joint?.kind === 'comma' ? [{ ...joint, start: index - length }] : [];
  });
}

export function holdsLineJoint(text: string): boolean {
  return text.includes(String.raw`\n"`) && ANY_END_OF_LINE.test(text);
}

const ANY_END_OF_LINE = /["'`](?<=[\w+/-]{8}(?<end>(?:\\r)?\\n).)(?=\s*,\s*["'`])/su;
const END_OF_LINE = new RegExp(ANY_END_OF_LINE.source, 'gsu');

/** From the quote that ends a text to that which begins the next. */
function jointAt(text: string, quote: number): QuotedJoint | null {
  const next = gapEnd(text, quote + 1);
  if (text.charAt(next) === ',') return joint('comma', text, quote, gapEnd(text, next + 1));
  const link = linkAt(text, closingEnd(text, next));
  if (link !== null) return joint(link.kind, text, quote, link.end);
  return next === quote + 1 || matchEnd(ARGUMENT, text, next) === null ? joint('link', text, quote, next) : null;
}

function joint(kind: QuotedJoint['kind'], text: string, quote: number, opening: number): QuotedJoint | null {
  const end = openingEnd(text, opening, quote);
  return end === null || !isToken(text.charCodeAt(end)) ? null : { kind, start: quote, end };
}

/** Side by side on a command line: an address, an option or a setting is no part of what stands before it. */
const ARGUMENT = /["'`](?:[a-z][a-z+.-]{1,20}:\/\/|--[a-z]|[A-Za-z_]\w{0,40}=[^"'`=])/uy;

/** `("…") + ("…")`, `String::from("…") + "…"`, `"…".to_string() + "…"`. */
function closingEnd(text: string, at: number): number {
  if (text.startsWith('.to_', at)) return matchEnd(TO_STRING, text, at) ?? at;
  let end = at;
  while (end - at < 3 && text.charAt(end) === ')') end += 1;
  return end === at ? at : gapEnd(text, end);
}

const TO_STRING = /\.to_(?:string|owned)\(\)\s{0,40}/uy;

interface Link {
  readonly kind: QuotedJoint['kind'];
  readonly end: number;
}

/** An operator, a method that appends, or a statement that adds to a variable. */
function linkAt(text: string, at: number): Link | null {
  const operator = matchEnd(OPERATOR, text, at);
  if (operator !== null) return { kind: 'link', end: bracketsEnd(text, gapEnd(text, operator)) };
  const name = text.charAt(at) === ';' ? gapEnd(text, at + 1) : at;
  const end = matchEnd(ADDING, text, name);
  if (end === null) return null;
  return { kind: /concat\($/iu.test(text.slice(name, end)) ? 'concat' : 'link', end: gapEnd(text, end) };
}

const OPERATOR = /\+\+?(?!=)|\.\.?(?![a-zA-Z=])|\|\||&(?!=)|<<|<>|~/uy;
const ADDING = /[\w$@]{0,40}(?:\.(?:[cC]oncat|[aA]ppend|plus|[wW]rite(?:String)?)\(|\s?(?:\+=|\.{1,2}=|<<|&=))/uy;

function bracketsEnd(text: string, at: number): number {
  let end = at;
  while (end - at < 3 && text.charAt(end) === '(') end += 1;
  return end === at ? at : gapEnd(text, end);
}

/** `f'`, `rb"`, `$@"`, `u8"`, `N'`, `&"` and `$'` begin texts, too; letters directly behind a quote are a text themselves. */
function openingEnd(text: string, at: number, quote: number): number | null {
  const end = matchEnd(OPENING, text, at);
  return end !== null && at === quote + 1 && /\w/u.test(text.charAt(at)) ? null : end;
}

const OPENING = /(?:[A-Za-z]{1,2}|u8|[$@&]{1,2})?["'`]/uy;

/** `${'…'}` of JavaScript and Kotlin, `#{"…"}` of Ruby, `$('…')` of PowerShell, `{'…'}` in an f-string of Python. */
function insertionAt(text: string, quote: number): readonly QuotedJoint[] | null {
  const start = text.charAt(quote - 1) === ' ' ? quote - 2 : quote - 1;
  const sign = /[$#]/u.test(text.charAt(start - 1)) ? start - 1 : start;
  if (!OUTER.test(text.charAt(sign - 1))) return null;
  if (sign === start && (text.charAt(start) === '(' || !isInText(text, start))) return null;
  const end = runEnd(text, quote + 1, quote + 1 + MOST_PIECE);
  const closed = matchEnd(CLOSING, text, end);
  if (closed === null || end === quote + 1) return null;
  return [
    { kind: 'insertion', start: sign, end: quote + 1 },
    { kind: 'insertion', start: end, end: closed },
  ];
}

const OUTER = /[\w\-})]/u;
const CLOSING = /["'`]\s?[})]/uy;
const MOST_PIECE = 400;

/** Else a brace opens a list: `[]string{"…"}`. */
function isInText(text: string, brace: number): boolean {
  return /["'`}]/u.test(text.charAt(runStart(text, brace, brace - MOST_PIECE) - 1));
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
