import type { InlineAllow } from '../model/verdict.ts';
import type { Span } from '../model/span.ts';

/**
 * The comment `keyguard:allow RULE -- reason` (or `RULE: reason`) that belongs to a match: at the end of its line, or
 * alone on the line above. `at` is the match in `text`. A comment without a rule gives the rule ''; policy reports it.
 */
export function inlineAllowNear(text: string, at: Span): InlineAllow | null {
  const linesBefore = text.slice(Math.max(0, at.start - REACH), at.start).split(LINE_END);
  const lineAfter = lineFrom(text, at.end);
  const onLine = findAllow(`${linesBefore.at(-1) ?? ''}${KEY}${lineAfter}`);
  if (onLine !== null && !onLine.standsAlone) return onLine.allow;
  // The first of the lines may be cut at the reach: what stands in front of it is not known.
  const isWhole = linesBefore.length > 2 || at.start <= REACH;
  const above = isWhole ? findAllow(linesBefore.at(-2) ?? '') : null;
  return above?.standsAlone === true ? above.allow : null;
}

/** A word that the reach would cut is left out: a key in a reason is not recognized by its beginning. */
function lineFrom(text: string, start: number): string {
  const [line = '', ...others] = text.slice(start, start + REACH).split(LINE_END);
  return others.length > 0 || text.length <= start + REACH ? line : (/^.*\s/su.exec(line)?.[0] ?? '');
}

/** How far from the match the comment may stand, in characters. */
const REACH = 1000;
const LINE_END = /\r\n|\r|\n/u;
const MARK = 'keyguard:allow';
/** Stands for the match on its line: a reason that quotes the key must not carry it away. */
const KEY = '[secret]';

interface Found {
  readonly allow: InlineAllow;
  /** Nothing else is on its line: it speaks of the next line. */
  readonly standsAlone: boolean;
}

function findAllow(line: string): Found | null {
  const start = line.indexOf(MARK);
  if (start === -1) return null;
  const lead = line.slice(0, start);
  const { comment, code } = splitAtCloser(line.slice(start + MARK.length));
  const standsAlone = ALONE.test(lead) && code.trim() === '' && !isTextOfItsOwn(line, lead);
  if (!standsAlone && !isInComment(line, start)) return null;
  const allow = parseAllow(comment);
  return allow === null ? null : { allow, standsAlone };
}

/** What looks like a comment of Vim or Basic is a text where its quote mark is closed on the line. */
function isTextOfItsOwn(line: string, lead: string): boolean {
  const mark = lead.trim();
  return (mark === '"' || mark === "'") && line.replace(INSIDE_WORD, '').split(mark).length % 2 === 1;
}

/** Further words may stand between what begins the comment and the mark, but the mark does not begin a text in quotes. */
function isInComment(line: string, start: number): boolean {
  const lead = line.slice(0, start);
  if (lead.trim() === '') return true;
  if (!/\s$/u.test(lead) && !ENDS_WITH_OPENER.test(lead)) return false;
  for (const { index, 0: part, groups } of line.matchAll(PARTS)) {
    if (index >= start || (groups?.['text'] !== undefined && index + part.length > start)) return false;
    if (groups?.['opener'] !== undefined) return true;
    // A text that goes on behind the line.
    if (groups?.['quote'] !== undefined) return false;
  }
  return false;
}

/** What begins a comment, in any language. A quote mark does so only between spaces, else it begins a text. */
const OPENERS = [
  String.raw`/{2,}!?`,
  String.raw`\{?/\*+!?`,
  String.raw`\{?#+`,
  String.raw`<!--|<%--|--\[\[|--`,
  String.raw`\{\{!(?:--)?`,
  String.raw`;+|%+|\{-|\(\*`,
  String.raw`"""|'''|(?<=^|\s)["'!](?=\s)`,
  String.raw`\b(?:rem|Rem|REM|dnl)\b`,
  String.raw`(?<=^\s*)(?:\*|\.\.|::)(?=\s)`,
];
const OPENER = `(?:${OPENERS.join('|')})`;
const ALONE = new RegExp(String.raw`^\s*${OPENER}?\s*$`, 'u');
const ENDS_WITH_OPENER = new RegExp(`${OPENER}$`, 'u');

const INSIDE_WORD = /(?<=\w)'(?=\w)/gu;
/** In `don't`, not in the `r'…'` of Python and the `N'…'` of SQL. */
const APOSTROPHE = String.raw`(?<=\w)(?<!\b(?:[bBeEfFlLnNrRuUxX]{1,2}|u8))'(?=\w)`;
/** A single quote mark that nothing closes is an apostrophe too, or a lifetime of Rust, and part of no text. */
const TEXT = String.raw`"(?:[^"\\]|\\.)*"|\x60(?:[^\x60\\]|\\.)*\x60|'(?:[^'\\]|\\.|'(?=\w))*'(?!\w)`;
/** What decides whether a place on a line is in a text or in a comment, from left to right. */
const PARTS = new RegExp(
  String.raw`\\["'\x60]|${APOSTROPHE}|(?<text>${TEXT})|(?<opener>${OPENER})|(?<quote>["\x60])`,
  'gsu',
);

/** What ends the comment is not part of the reason; code may go on behind it. */
function splitAtCloser(text: string): { readonly comment: string; readonly code: string } {
  const closer = /\*\/\}?|--%?>|--\}\}|#\}|-\}|\*\)|\]\]|"""|'''/u.exec(text);
  if (closer === null) return { comment: text, code: '' };
  return { comment: text.slice(0, closer.index), code: text.slice(closer.index + closer[0].length) };
}

/** null: it is another word, as `keyguard:allowed`. */
function parseAllow(comment: string): InlineAllow | null {
  if (/^[\w-]/u.test(comment)) return null;
  const rule = /^\s+(?<rule>[A-Za-z0-9][\w-]*)/u.exec(comment)?.groups?.['rule'] ?? '';
  const reason = /^\s*(?:--|:)(?<reason>.*)$/su.exec(comment.trimStart().slice(rule.length))?.groups?.['reason'] ?? '';
  return { ruleId: rule, reason: /[\p{L}\p{N}]/u.test(reason) ? decodeUtf8(reason.trim()) : null };
}

/** The view of a file is its bytes, one a character; the reason is shown to people. */
function decodeUtf8(text: string): string {
  if (/[^\0-\xff]/u.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}
