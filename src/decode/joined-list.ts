import { runEnd, runStart } from './cut.ts';
import type { QuotedJoint } from './quoted-joints.ts';

/** What is looked at before the first text of a list and behind its last one, beyond the text itself. */
const REACH = 160;
const MOST_PIECE = 500;

/**
 * The joints of a list that source code joins with nothing between: `['a', 'b'].join('')` and its like in other languages,
 * `printf("%s%s", 'a', 'b')`. None where nothing says that it is joined.
 */
export function joinedJoints(list: readonly QuotedJoint[], text: string): readonly QuotedJoint[] {
  if (list.some(({ kind }) => kind === 'concat')) return list;
  const [first, ...others] = list;
  const start = first?.start ?? 0;
  const end = list.at(-1)?.end ?? 0;
  const piece = runStart(text, start, start - MOST_PIECE);
  // What looks like the first text of the list says how the others are joined.
  if (/^(?:%s){2,40}$/u.test(text.slice(piece, start))) return others;
  const behind = runEnd(text, end, end + MOST_PIECE);
  // To make them takes a millisecond of a start, and few texts hold a list that may be joined.
  ending ??= endingOf();
  beginning ??= beginningOf();
  if (ending.test(text.slice(behind, behind + REACH))) return list;
  const from = Math.max(0, piece - REACH);
  const found = beginning.exec(text.slice(from, piece));
  // What is joined is what the name before it is given.
  return found === null
    ? []
    : [{ kind: 'concat', start: from + found.index, end: piece - 1, isOpening: true }, ...list];
}

let ending: RegExp | null = null;
let beginning: RegExp | null = null;

const EMPTY = `(?:""|''|\`\`)`;
const BLANK = String.raw`\s{0,40}`;
const FORMAT = String.raw`["'](?:%s|\{\d?\}){2,40}["']`;

/** The last text, the end of the list, and a method that joins it. */
function endingOf(): RegExp {
  return new RegExp(
    `^["'\`]${BLANK},?${BLANK}(?:#[^\\n]{0,80}\\n|//[^\\n]{0,80}\\n)?${BLANK}[\\])}]{1,2}${BLANK}(?:${[
      String.raw`\.(?:join\(${BLANK}${EMPTY}?${BLANK}\)|joined\(\)|concat\(\)|joinToString\(${BLANK}""${BLANK}\)|join\b(?!\())`,
      String.raw`,${BLANK}${EMPTY}${BLANK}\)`,
    ].join('|')})`.replaceAll('//', String.raw`\/\/`),
    'u',
  );
}

/** What joins a list and stands before it, up to the end of its first text. */
function beginningOf(): RegExp {
  return new RegExp(
    `(?:${[
      String.raw`${EMPTY}\.join\(${BLANK}[\[(\{]?`,
      String.raw`\b(?:String\.)?[jJ]oin\(${BLANK}${EMPTY}${BLANK},${BLANK}[\w<>\[\] .]{0,40}[\[(\{]?`,
      String.raw`\bimplode\(${BLANK}(?:${EMPTY}${BLANK},)?${BLANK}(?:\[|array\()`,
      String.raw`!Join${BLANK}\[${BLANK}${EMPTY}${BLANK},${BLANK}\[?`,
      String.raw`"Fn::Join"${BLANK}:${BLANK}\[${BLANK}${EMPTY}${BLANK},${BLANK}\[`,
      String.raw`\b(?:[cC]oncat|CONCAT|paste0|concat!|strcat)\(`,
      String.raw`[fF]ormat!?\(${BLANK}${FORMAT}${BLANK},`,
      String.raw`${FORMAT}${BLANK}(?:%|\.format)${BLANK}\(`,
    ].join('|')})${BLANK}[A-Za-z$@]{0,2}["'\`]$`,
    'u',
  );
}
