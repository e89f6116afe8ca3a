import type { Decoder } from './decoder.ts';
import { clustersOf, type Replacement, splice } from './splice.ts';
import type { Span } from '../model/span.ts';

/** Printable ASCII, line ends and tabs. */
const BYTE = '(?:[2-7][0-9A-Fa-f]|0[9AaDd])';
/** Between two bytes of a list: `73:6b`, `73 6b`, `0x73, 0x6b`, and line ends. */
const BETWEEN = String.raw`[ :,;_-]{0,2}(?:\\?[\r\n]{1,2}[ \t]{0,200})?`;
const RUN = new RegExp(`(?:0[xX])?${BYTE}(?:${BETWEEN}(?:0[xX])?${BYTE}){13,}`, 'gu');
const PART = new RegExp(`(?<first>0[xX]${BYTE})|(?<digits>(?:${BYTE})+)|${BETWEEN}`, 'gu');

/** Bytes as hexadecimal numbers, in one run or in a list, if so many of them in a row are text. `\x73` is an escape. */
export const hex: Decoder = {
  name: 'hex',
  sign: RUN,
  *decode(view) {
    const runs = Array.from(view.text.matchAll(RUN), ({ index, 0: run }) => ({
      start: index,
      end: index + run.length,
    }));
    for (const cluster of clustersOf(view, 'hex', runs)) {
      yield splice(
        view,
        'hex',
        cluster,
        cluster.members.flatMap((run) => replacementsIn(view.text, run)),
      );
    }
  },
};

function replacementsIn(text: string, { start, end }: Span): readonly Replacement[] {
  const parts = Array.from(text.slice(start, end).matchAll(PART), ({ index, 0: part, groups }): Replacement => {
    const at = { start: start + index, end: start + index + part.length };
    const { first, digits } = groups ?? {};
    if (first !== undefined) return { ...at, text: textOf(first.slice(2)) };
    return digits === undefined ? { ...at, text: '' } : { ...at, text: textOf(digits), step: [1, 2] };
  });
  return [...apart(text, start, start - 1), ...parts.filter((part) => part.end > part.start), ...apart(text, end, end)];
}

function textOf(digits: string): string {
  return Buffer.from(digits, 'hex').toString('latin1');
}

/** What touches the run must not read as a part of its text. */
function apart(text: string, at: number, neighbour: number): readonly Replacement[] {
  return /[A-Za-z0-9]/u.test(text.charAt(neighbour)) ? [{ start: at, end: at, text: ' ' }] : [];
}
