import { chainsIn, runStart, withoutJoints } from './cut.ts';
import type { Decoder } from './decoder.ts';
import { joinedJoints } from './joined-list.ts';
import { holdsLineJoint, holdsQuotedJoint, lineJoints, type QuotedJoint, quotedJoints } from './quoted-joints.ts';
import { holdsWordList, wordLists } from './word-lists.ts';

/**
 * Texts that source code writes in pieces: by an operator (`+` of most languages, `.` of PHP and Perl, `||` of SQL, `&` of
 * Basic, `..` of Lua, `<<` of Ruby, `<>`, `++`, `~`), side by side (Python, C, Ruby, the shell), by a method, by statements
 * that add to a variable, as a text inside of a text (`${'…'}`), and as a list that is joined with nothing between. Line
 * ends and comments may stand between. JSON and notebooks hold the lines of a longer text, which nothing joins.
 */
export const CONCATENATION: Decoder = {
  name: 'concatenation',
  isSeenIn: (text) => holdsQuotedJoint(text) || holdsLineJoint(text) || holdsWordList(text),
  *decode(view) {
    const { text } = view;
    const joints = quotedJoints(text);
    const lists = chainsIn(joints, text, false).filter((chain) => chain.some(isComma));
    const joined = lists.map((list) => joinedJoints(list, text));
    yield* withoutJoints(view, [...joined, ...wordLists(text)], JOINED);
    const links = joints.filter((joint) => !isComma(joint));
    yield* withoutJoints(view, chainsIn(links, text, false), CONCATENATED);
    const items = lists.filter((_, i) => joined[i]?.length === 0).flat();
    const lines = [...items.filter(({ start }) => isLong(text, start)), ...lineJoints(text)];
    yield* withoutJoints(view, chainsIn(lines, text, true), LINES);
  },
};

function isComma({ kind }: QuotedJoint): boolean {
  return kind === 'comma';
}

/** A line of a longer text is not short, but the last one. */
function isLong(text: string, end: number): boolean {
  return end - runStart(text, end, end - 8) === 8;
}

const JOINED = { name: 'joined array', isGuess: false };
const CONCATENATED = { name: 'concatenation', isGuess: false };
const LINES = { name: 'lines of an array', isGuess: true };
