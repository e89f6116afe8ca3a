import type { AdvisedFinding, Snippet } from '../model/finding.ts';
import { displayWidth, fitEnd, fitStart } from './display-width.ts';
import { escapeForDisplay } from './display.ts';
import { plain } from './paint.ts';
import type { Line } from './paint.ts';
import { listWith } from './wording/list.ts';

/**
 * The redacted key inside its line, behind the number of that line, with a marker under it. A decoded view has no line
 * that a person would recognize: there the key stands alone, with the way it was found. A file in a container has lines.
 */
export function snippetLines(finding: AdvisedFinding, indent: string, width: number): readonly Line[] {
  const { decoded, snippet, location } = finding;
  if (decoded.length > 0 && (location.member === undefined || snippet === null)) {
    return [[plain(indent), key(finding.redacted), plain(`  decoded from ${listWith('and', decoded)}`)]];
  }
  // The place above is the name of the file, with the redacted key in it.
  if (location.kind === 'path') return [];
  if (snippet === null) return [[plain(indent), key(finding.redacted)]];
  const gutter = `${indent}${location.line} | `;
  const code = cutOut(snippet, gutter, width - gutter.length);
  if (decoded.length === 0) return code;
  return [...code, [faint(`${indent}unpacked from ${listWith('and', decoded)}`)]];
}

function key(text: string): Line[number] {
  return { text, tone: 'key' };
}

function faint(text: string): Line[number] {
  return { text, tone: 'faint' };
}

/** The key with as much of its line as fits: half of the room before it, the rest behind it. */
function cutOut(snippet: Snippet, gutter: string, columns: number): readonly Line[] {
  const before = onOneLine(snippet.text.slice(Math.max(0, snippet.start - REACH), snippet.start)).trimStart();
  const middle = onOneLine(snippet.text.slice(snippet.start, snippet.end));
  const after = onOneLine(snippet.text.slice(snippet.end, snippet.end + REACH)).trimEnd();
  const room = Math.max(0, columns - displayWidth(middle));
  const left = shortenStart(before, Math.max(Math.floor(room / 2), room - displayWidth(after)));
  const right = shortenEnd(after, room - displayWidth(left));
  const code: Line = [faint(gutter), plain(left), key(middle), plain(right)];
  if (displayWidth(middle) > columns) return [code];
  const below = gutter.replace(/\d/gu, ' ');
  return [code, [faint(below), plain(' '.repeat(displayWidth(left))), key('^'.repeat(displayWidth(middle)))]];
}

/** More than any terminal is wide: a minified line of megabytes need not be measured. */
const REACH = 1000;

/** A tab would move the marker, and a terminal's tab stops are not known. */
function onOneLine(text: string): string {
  return escapeForDisplay(text.replaceAll('\t', '  '));
}

const CUT = '…';

function shortenStart(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return columns < 1 ? '' : CUT + fitEnd(text, columns - 1);
}

function shortenEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return columns < 1 ? '' : fitStart(text, columns - 1) + CUT;
}
