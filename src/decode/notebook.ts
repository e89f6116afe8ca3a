import { type Joint, withoutJoints } from './cut.ts';
import type { Decoder } from './decoder.ts';

/**
 * Notebooks hold the lines of a cell as texts of a list, each with its line end. Where source code goes on in the next line,
 * the lines are put together here; what is in them is read by the decoders of escapes and of concatenations.
 * https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export const NOTEBOOK: Decoder = {
  name: 'cell lines',
  isSeenIn: (text) => text.includes(String.raw`\n",`) && text.includes('"cell_type"') && ANY_LINE.test(text),
  decode: (view) => withoutJoints(view, [linesIn(view.text)], READING),
};

const READING = { name: 'cell lines', isGuess: false };

/** Behind a quote, an operator or a continued line, and before a quote or the rest of such a line. */
const ANY_LINE =
  /"(?<=["'\\+&.,][ \t]{0,4}(?:\\r)?\\n.)\s{0,80},\s{0,80}"(?=[ \t]{0,80}(?:[+.&][ \t]{0,4})?(?:[A-Za-z]{0,2}\\?["']|[\w+/-]{8}))/u;
const LINE = new RegExp(ANY_LINE.source, 'gu');

function linesIn(text: string): readonly Joint[] {
  return Array.from(text.matchAll(LINE), ({ index, 0: { length } }) => {
    const before = CONTINUED.exec(text.slice(Math.max(0, index - 6), index))?.[0].length ?? 0;
    return { start: index - before, end: index + length };
  });
}

/** A backslash of the source and the line end behind it join nothing but its pieces. */
const CONTINUED = /\\\\(?:\\r)?\\n$/u;
