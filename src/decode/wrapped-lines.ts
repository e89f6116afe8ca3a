import { BOTH_CASES, chainsIn, type Joint, runEnd, runStart, withoutJoints } from './cut.ts';
import type { Decoder } from './decoder.ts';

/**
 * A text that was broken over lines by a mail program, a terminal or a YAML file, with nothing that says so. What stands
 * at the end of a line and at the beginning of the next one seldom belongs together, so this is a guess.
 */
export const WRAPPED_LINES: Decoder = {
  name: 'wrapped lines',
  isSeenIn: (text) => ANY_BREAK.test(text),
  *decode(view) {
    const found = breaks(view.text);
    const likely = found.filter(({ isWord }) => !isWord);
    yield* withoutJoints(view, chainsIn(likely, view.text, true), READING);
    if (likely.length < found.length) yield* withoutJoints(view, chainsIn(found, view.text, true), READING);
  },
};

const READING = { name: 'wrapped lines', isGuess: true };

interface Break extends Joint {
  /** What stands on one side reads as a word, and so may be none of the key. */
  readonly isWord: boolean;
}

/**
 * Quoted mail, comments and indents stand before each line of a block. `-` is none: it begins the items of a list. A line
 * that is broken runs up to its edge. Where code goes on behind the next piece, or a colon ends a name, nothing is broken.
 */
const MARGIN = String.raw`(?:[ \t>#*;|]|\/+(?=[ \t*])){0,80}`;
const PIECE_BEHIND = String.raw`(?=:?[\w+\/=.~@%\-]+(?:[\s"'\x60,;<)\]]|$))`;
/** A letter beside a digit on one of the sides: words have none. Or letters of both cases. */
const MIXED = String.raw`(?:\d[A-Za-z]|[A-Za-z]\d|\d{6}|${BOTH_CASES})`;
const ANY_BREAK = new RegExp(
  String.raw`\n(?<=[\w+\/\-]{2}\r?\n)(?:(?<=${MIXED}[\w+\/\-]{0,30}\r?\n)${MARGIN}|${MARGIN}(?=[\w+\/\-]{0,30}${MIXED}))${PIECE_BEHIND}`,
  'u',
);
const BREAK = new RegExp(ANY_BREAK.source, 'gu');
const MOST_PIECE = 1000;

const WORD = /^[A-Za-z]?[a-z]*$/u;

function breaks(text: string): readonly Break[] {
  const found: Break[] = [];
  for (const {
    index,
    0: { length },
  } of text.matchAll(BREAK)) {
    const end = index + length;
    const next = runEnd(text, end, end + MOST_PIECE);
    const start = text.charAt(index - 1) === '\r' ? index - 1 : index;
    const before = runStart(text, start, start - MOST_PIECE);
    found.push({ start, end, isWord: WORD.test(text.slice(end, next)) || WORD.test(text.slice(before, start)) });
  }
  return found;
}
