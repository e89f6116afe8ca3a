import { chainsIn, isToken, type Joint, withoutJoints } from './cut.ts';
import type { Decoder } from './decoder.ts';

/**
 * A text that goes on behind the end of its line, because the line says so: `\` in the shell, in make, Docker, TOML, YAML,
 * properties and most source code, `^` in cmd, a backtick in PowerShell; with it the `>-` and `|` of YAML, which only lead
 * up to a text on the next line. The indent of the next line is not part of the text.
 */
export const LINE_CONTINUATION: Decoder = {
  name: 'line continuation',
  isSeenIn: (text) => ANY_CONTINUED.test(text) || holdsBlock(text),
  decode: (view) =>
    withoutJoints(view, chainsIn([...continued(view.text), ...blocks(view.text)], view.text, false), READING),
};

const READING = { name: 'line continuation', isGuess: false };

/** Behind the character of a key, or what leads up to one; a character of a key begins the next line. */
const ANY_CONTINUED = /[\\^`]\r?\n(?<=[\w+/=.:~@%-][ \t]{0,2}[\\^`]\r?\n)[ \t]*[\w+/=.:~@%-]/u;
const CONTINUED = /[\\^`]\r?\n[ \t]*/gu;

function continued(text: string): readonly Joint[] {
  const joints: Joint[] = [];
  for (const {
    index,
    0: { length },
  } of text.matchAll(CONTINUED)) {
    const end = index + length;
    if (!isToken(text.charCodeAt(end))) continue;
    // `NAME = \` leads up to a text.
    if (/[=:][ \t]{0,2}$/u.test(text.slice(Math.max(0, index - 3), index)))
      joints.push({ start: index, end, isOpening: true });
    else if (isToken(text.charCodeAt(index - 1))) joints.push({ start: index, end });
  }
  return joints;
}

/** `key: >-` and `key: |`, https://yaml.org/spec/1.2.2/#81-block-scalar-styles */
const BLOCK = /: [>|][-+0-9]{0,2}[ \t]*(?:#[^\r\n]*)?\r?\n[ \t]+/gu;

function blocks(text: string): readonly Joint[] {
  if (!holdsBlock(text)) return [];
  return Array.from(text.matchAll(BLOCK), ({ index, 0: { length } }) => ({
    start: index + 2,
    end: index + length,
    isOpening: true as const,
  }));
}

function holdsBlock(text: string): boolean {
  return text.includes(': |') || text.includes(': >');
}
