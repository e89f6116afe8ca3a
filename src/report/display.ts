import { bytesOfPath } from '../model/fragment.ts';
import type { RawPath } from '../model/fragment.ts';

/** What may stay as it is: in a message its newlines, in a line of code its tabs. */
export type Kept = 'nothing' | 'newlines' | 'tabs';

/**
 * Makes any text safe to print: control characters, line separators, bidi controls, whatever has no width, and lone
 * surrogates are shown as `\u{1b}`; a command to a build server is broken up. Applying it twice changes nothing more.
 */
export function escapeForDisplay(text: string, kept: Kept = 'nothing'): string {
  return replaceUnsafe(text, kept, escaped);
}

/**
 * A line that begins with text from outside. GitHub obeys `::error::` at the beginning of a line of a build log, behind
 * spaces too: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function notACommand(line: string): string {
  return line.replace(/^(?<indent>\s*)::/u, '$<indent>\\u{3a}:');
}

/** The same for formats with an escape of their own. */
export function replaceUnsafe(text: string, kept: Kept, escape: (character: string) => string): string {
  if (HARMLESS.test(text)) return text;
  return text.replace(UNSAFE, (character) => (character === KEPT[kept] ? character : escape(character)));
}

/**
 * A path as people read it: UTF-8 is decoded, other bytes are shown as `\xNN`, unsafe characters as `\u{1b}` and a
 * backslash as `\\`, so that two different paths never look the same.
 */
export function displayPath(path: RawPath): string {
  if (PLAIN_PATH.test(path)) return path;
  const bytes = bytesOfPath(path);
  let shown = '';
  let at = 0;
  while (at < bytes.length) {
    const length = lengthOfCharacter(bytes[at] ?? 0);
    const character = decodeWhole(bytes.subarray(at, at + length));
    shown += character === null ? `\\x${hex(bytes[at] ?? 0)}` : displayCharacter(character);
    at += character === null ? 1 : length;
  }
  return shown;
}

/**
 * `stripVTControlCharacters` is not enough: it keeps carriage returns and backspaces, and knows no bidi controls
 * (https://trojansource.codes). Interlinear annotation marks (U+FFF9 on) hide text and are not "default ignorable".
 * `##[`, `##vso[` and `##teamcity[` are obeyed anywhere in a line of a build log:
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|#(?=#\w*\[)/gu;

/** Nearly all text is. The classes of Unicode in `UNSAFE` take V8 ten milliseconds to compile, which a hook can feel. */
const HARMLESS = /^[\x20-\x22\x24-\x7e]*$/u;

const KEPT: Readonly<Record<Kept, string>> = { nothing: '', newlines: '\n', tabs: '\t' };

const PLAIN_PATH = /^[\x20-\x5b\x5d-\x7e]*$/u;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function displayCharacter(character: string): string {
  return character === '\\' ? '\\\\' : escapeForDisplay(character);
}

/** By its first byte, as RFC 3629 has it; a wrong one is found out by the decoder. */
function lengthOfCharacter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function decodeWhole(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
