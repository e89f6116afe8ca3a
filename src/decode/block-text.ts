import type { View } from '../model/view.ts';
import { clustersOf, type Replacement, splice } from './splice.ts';

/** An encoding that writes `step[0]` bytes as a group of `step[1]` digits. */
export interface Blocks {
  readonly name: string;
  readonly step: readonly [bytes: number, digits: number];
  /** Where the next groups of printable text begin, so many that this is no accident; -1 for nowhere. */
  readonly next: (text: string, from: number) => number;
  /** Groups of ASCII. Sticky. */
  readonly run: RegExp;
  readonly digit: RegExp;
  /** What may stand behind the last digit and belongs to it. Sticky. */
  readonly padding: RegExp;
  readonly decode: (digits: string) => string;
}

/** Views of all runs that decode to text: each line for itself, and those that go on over line ends once more as a whole. */
export function* viewsOfBlocks(view: View, blocks: Blocks): Generator<View, void> {
  const lines = runsIn(view.text, blocks, false);
  if (lines.length === 0) return;
  yield* viewsOfRuns(view, blocks.name, lines);
  if (!lines.some(({ end }) => behindLineEnd(view.text, end, blocks.digit) > end)) return;
  const wrapped = runsIn(view.text, blocks, true).filter(({ isWrapped }) => isWrapped);
  yield* viewsOfRuns(view, blocks.name, wrapped);
}

function* viewsOfRuns(view: View, name: string, runs: readonly Run[]): Generator<View, void> {
  for (const cluster of clustersOf(view, name, runs)) {
    yield splice(
      view,
      name,
      cluster,
      cluster.members.flatMap(({ parts }) => parts),
    );
  }
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly Replacement[];
  /** It goes on over the end of a line. */
  readonly isWrapped: boolean;
}

/** A run shorter than this may have been read from the wrong digit on; the right one may begin in it. */
const DOUBTFUL = 64;

function runsIn(text: string, blocks: Blocks, overLines: boolean): readonly Run[] {
  const runs: Run[] = [];
  const { next, step } = blocks;
  /** How far each phase is read. */
  const read = Array.from({ length: step[1] }, () => 0);
  let floor = 0;
  let from = 0;
  for (let at = next(text, from); at !== -1; at = next(text, from)) {
    from = at + 1;
    if ((read[at % step[1]] ?? 0) > at) continue;
    const run = runAround(text, at, blocks, overLines, floor);
    runs.push(run);
    read[at % step[1]] = run.end;
    if (run.end - run.start < DOUBTFUL) continue;
    floor = run.end;
    from = run.end;
  }
  return runs;
}

function runAround(text: string, at: number, blocks: Blocks, overLines: boolean, floor: number): Run {
  const before = groupsBefore(text, at, blocks, floor);
  const { parts, isWrapped } = groupsFrom(text, at, blocks, overLines);
  const start = before.at(0)?.start ?? at;
  const end = parts.at(-1)?.end ?? at;
  const all = [...apart(text, start, start - 1, blocks), ...before, ...parts, ...apart(text, end, end, blocks)];
  return { start, end, parts: all, isWrapped };
}

/** Digits that do not belong to the run must not read as a part of its text. */
function apart(text: string, at: number, neighbour: number, { digit }: Blocks): readonly Replacement[] {
  return digit.test(text.charAt(neighbour)) ? [{ start: at, end: at, text: ' ' }] : [];
}

/** So far in front of a sign, in digits, its run may have begun. */
const MOST_BEFORE = 2048;

/** On the same line: line ends and tabs are no part of a sign. */
function groupsBefore(text: string, at: number, blocks: Blocks, floor: number): readonly Replacement[] {
  const { digit, decode, step } = blocks;
  const parts: Replacement[] = [];
  for (let end = at; at - end < MOST_BEFORE; end -= step[1]) {
    const start = end - step[1];
    const digits = text.slice(Math.max(start, 0), end);
    if (start < floor || !Array.from(digits).every((one) => digit.test(one))) break;
    const bytes = decode(digits);
    const readable = textBehind(bytes);
    if (readable !== '') parts.unshift({ start, end, text: readable });
    if (readable.length < bytes.length) break;
  }
  return parts;
}

function groupsFrom(text: string, at: number, blocks: Blocks, overLines: boolean): Pick<Run, 'parts' | 'isWrapped'> {
  const { run, decode, step } = blocks;
  const parts: Replacement[] = [];
  let isWrapped = false;
  for (let start = at; ;) {
    run.lastIndex = start;
    const found = run.exec(text)?.[0] ?? '';
    if (found !== '') parts.push({ start, end: start + found.length, text: decode(found), step });
    start += found.length;
    const group = groupAt(text, start, blocks, overLines);
    const bytes = decode(group.digits);
    const readable = textBefore(bytes);
    if (readable !== '') parts.push({ start, end: group.end, text: readable });
    isWrapped ||= group.isWrapped && readable !== '';
    if (readable.length < step[0] || readable.length < bytes.length) return { parts, isWrapped };
    start = group.end;
  }
}

interface Group {
  readonly digits: string;
  /** With the padding, if it is the last one. */
  readonly end: number;
  readonly isWrapped: boolean;
}

function groupAt(text: string, start: number, { digit, step, padding }: Blocks, overLines: boolean): Group {
  let digits = '';
  let end = start;
  let isWrapped = false;
  while (digits.length < step[1]) {
    if (digit.test(text.charAt(end))) {
      digits += text.charAt(end);
      end += 1;
      continue;
    }
    const next = overLines ? behindLineEnd(text, end, digit) : end;
    if (next === end) break;
    isWrapped = true;
    end = next;
  }
  padding.lastIndex = end;
  const padded = digits.length < step[1] && padding.test(text) ? padding.lastIndex : end;
  return { digits, end: padded, isWrapped };
}

/** A line of fewer digits is not wrapped, it ends. */
const SHORTEST_LINE = 16;
/** Also as a string has it: PEM in JSON. */
const LINE_END = /(?:\r\n|\n|\r|\\r\\n|\\n)[ \t]{0,200}/uy;

function behindLineEnd(text: string, at: number, digit: RegExp): number {
  LINE_END.lastIndex = at;
  if (!LINE_END.test(text)) return at;
  const next = LINE_END.lastIndex;
  if (!digit.test(text.charAt(next))) return at;
  for (let i = 1; i <= SHORTEST_LINE; i += 1) if (!digit.test(text.charAt(at - i))) return at;
  return next;
}

/** NUL is a half of a letter in UTF-16. */
const TEXT = /[\0\t\n\r\x20-\x7e]/u;

function textBefore(bytes: string): string {
  let end = 0;
  while (TEXT.test(bytes.charAt(end))) end += 1;
  return bytes.slice(0, end);
}

function textBehind(bytes: string): string {
  let start = bytes.length;
  while (TEXT.test(bytes.charAt(start - 1))) start -= 1;
  return bytes.slice(start);
}
