import type { Start } from './pieces.ts';

/**
 * In the stream of a page: `[(sk) -20 (-proj)] TJ` becomes `(sk-proj) Tj`, and hexadecimal strings become text. Numbers
 * move what follows; only a wide gap is a space. Anything else stays as it is.
 */
export function joinShown(content: string): Joined {
  let text = '';
  const starts: Start[] = [{ at: 0, source: 0 }];
  let kept = 0;
  const end = /T[jJ]/u.test(content) ? content.length : 0;
  for (let at = nextOpening(content, 0); at < end; at = nextOpening(content, at)) {
    const shown = content[at] === '[' ? arrayAt(content, at) : shownHexAt(content, at);
    if (shown.text !== null) {
      text += `${content.slice(kept, at)}(`;
      const string = content.indexOf('(', at);
      starts.push({ at: text.length, source: string < 0 ? at : string + 1 });
      text += `${shown.text})`;
      starts.push({ at: text.length, source: shown.next });
      kept = shown.next;
    }
    at = shown.next;
  }
  return { text: text + content.slice(kept), starts };
}

export interface Joined {
  readonly text: string;
  readonly starts: readonly Start[];
}

/** A string, or null for what is none; `next` is where the look ended, so that nothing is looked at twice. */
interface Shown {
  readonly text: string | null;
  readonly next: number;
}

/** In thousandths of the size of a letter: spaces between words are wider. */
const WORD_GAP = -200;

function nextOpening(content: string, from: number): number {
  let at = from;
  while (at < content.length && content[at] !== '[' && content[at] !== '<') at += 1;
  return at;
}

/** `[` strings and numbers `]` `TJ`. */
function arrayAt(content: string, at: number): Shown {
  let text = '';
  let here = at + 1;
  for (;;) {
    here = behindSpace(content, here);
    if (content[here] === ']') return { text: isFollowedBy('TJ', content, here + 1) ? text : null, next: here + 1 };
    const string = stringAt(content, here);
    if (string !== null) {
      if (string.text === null) return string;
      text += string.text;
      here = string.next;
      continue;
    }
    const number = /^[-+.\d]{1,20}/u.exec(content.slice(here, here + 20))?.[0];
    if (number === undefined) return { text: null, next: here };
    if (Number(number) < WORD_GAP) text += ' ';
    here += number.length;
  }
}

function shownHexAt(content: string, at: number): Shown {
  const { text, next } = hexAt(content, at);
  return { text: isFollowedBy('Tj', content, next) ? text : null, next };
}

function isFollowedBy(operator: string, content: string, at: number): boolean {
  return content
    .slice(at, at + 11)
    .trimStart()
    .startsWith(operator);
}

function stringAt(content: string, at: number): Shown | null {
  if (content[at] === '<') return hexAt(content, at);
  return content[at] === '(' ? literalAt(content, at) : null;
}

function hexAt(content: string, at: number): Shown {
  let end = at + 1;
  while (/[\s0-9A-Fa-f]/u.test(content[end] ?? '')) end += 1;
  if (content[end] !== '>') return { text: null, next: end };
  const digits = content.slice(at + 1, end).replaceAll(/\s/gu, '');
  // Two bytes a letter, as composite fonts are written.
  return { text: Buffer.from(digits, 'hex').toString('latin1').replaceAll('\0', ''), next: end + 1 };
}

/** `(…)` with escapes; parentheses in pairs are part of the text. */
function literalAt(content: string, at: number): Shown {
  let text = '';
  let depth = 0;
  let here = at;
  for (; here < content.length; here += 1) {
    const letter = content[here] ?? '';
    if (letter === '\\') {
      const escape = /^\\(?:[0-7]{1,3}|[^])/u.exec(content.slice(here, here + 4))?.[0] ?? letter;
      text += unescaped(escape);
      here += escape.length - 1;
      continue;
    }
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth === 0) return { text, next: here + 1 };
    if (here > at) text += letter;
  }
  return { text: null, next: here };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '' };

function unescaped(escape: string): string {
  const rest = escape.slice(1);
  return /^[0-7]/u.test(rest) ? String.fromCharCode(Number.parseInt(rest, 8) % 256) : (ESCAPES[rest] ?? rest);
}

function behindSpace(content: string, from: number): number {
  let at = from;
  while (/\s/u.test(content[at] ?? '')) at += 1;
  return at;
}
