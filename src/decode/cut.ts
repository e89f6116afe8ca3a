import type { Span } from '../model/span.ts';
import type { View } from '../model/view.ts';
import { derivedView } from './decoder.ts';

/** What stands between two pieces of one text: quotes and operators, line ends. */
export interface Joint extends Span {
  /** Nothing is joined to what stands before: it leads up to a text, as the `>-` of YAML does. */
  readonly isOpening?: true;
}

/** How a text in pieces is read. */
export interface Reading {
  /** As reports name it. */
  readonly name: string;
  readonly isGuess: boolean;
}

/** Joints with nothing but the characters of a key between them, which join what may be a key. */
export function chainsIn<T extends Joint>(
  found: readonly T[],
  text: string,
  isGuess: boolean,
): readonly (readonly T[])[] {
  if (found.length === 0) return [];
  const joints = found.toSorted((a, b) => a.start - b.start);
  return chainsOf(joints, text).filter((chain) => mayBeKey(chain, text, isGuess));
}

/** Reads a text without the joints of some chains: one view for each stretch of it that holds some, with what is around. */
export function* withoutJoints(
  view: View,
  chains: readonly (readonly Joint[])[],
  { name, isGuess }: Reading,
): Generator<View, void> {
  if (isReadAlready(view, name, isGuess)) return;
  const joints = chains
    .filter((chain) => isNear(view, chain))
    .flat()
    .toSorted((a, b) => a.start - b.start);
  for (const stretch of stretchesOf(joints)) yield without(stretch, view, name, isGuess);
}

/** What only stands around a decoded stretch is put together where it came from. */
function isNear(view: View, chain: readonly Joint[]): boolean {
  const start = (chain[0]?.start ?? 0) - NEAR;
  return view.isDecoded?.({ start, end: (chain.at(-1)?.end ?? 0) + NEAR }) !== false;
}

const NEAR = 256;

/** What pieces were put together in one way is not put together once more, nor guessed on. */
function isReadAlready({ decoded }: View, name: string, isGuess: boolean): boolean {
  const last = decoded.at(-1) ?? '';
  return decoded.includes(name) || (isGuess && WHOLE.has(last));
}

const WHOLE: ReadonlySet<string> = new Set(['concatenation', 'joined array', 'lines of an array', 'wrapped lines']);

/** Plain text on either side, in characters: the longest beginning of a key, and what the judge looks at beyond it. */
const AROUND = 2048;

/** A key spreads over no more of its parent than windows share: its last piece would lie in another one. */
const SPREAD = 2800;

/** What keys and the addresses that hold passwords are made of. */
const TOKEN = Uint8Array.from({ length: 256 }, (_, code) => Number(/[\w+/=.:~@%-]/u.test(String.fromCharCode(code))));

export function isToken(code: number): boolean {
  return TOKEN[code] === 1;
}

/** Letters of both cases, as those of names are not (regex source). */
export const BOTH_CASES = '[a-z][A-Z]{1,4}[a-z]{1,3}[A-Z]';

/** Shorter keys are none that a rule knows. */
const SHORTEST = 16;
const SHORTEST_GUESS = 24;
/** Characters of a chain and of each of its ends that are looked at. */
const SEEN = 80;

function chainsOf<T extends Joint>(joints: readonly T[], text: string): readonly (readonly T[])[] {
  const chains: T[][] = [];
  let end = 0;
  for (const joint of joints) {
    const chain = chains.at(-1);
    if (joint.start < end) continue;
    if (chain !== undefined && isPiece(text, end, joint.start)) chain.push(joint);
    else chains.push([joint]);
    ({ end } = joint);
  }
  return chains;
}

/** Nothing but the characters of a key. */
function isPiece(text: string, start: number, end: number): boolean {
  return end - start < AROUND && runEnd(text, start, end) === end;
}

/** Long enough, and not made of letters alone as words are; a guess wants what changes as often as no words do. */
function mayBeKey(chain: readonly Joint[], text: string, isGuess: boolean): boolean {
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return false;
  const start = first.isOpening === true ? first.start : runStart(text, first.start, first.start - SEEN);
  const end = runEnd(text, last.end, last.end + SEEN);
  const length = chain.reduce((rest, joint) => rest - (joint.end - joint.start), end - start);
  if (length < (isGuess ? SHORTEST_GUESS : SHORTEST)) return false;
  const token = tokenOf(chain, text, start, end);
  if (!isGuess) return /\d|[A-Z][a-z]*[a-z][A-Z]/u.test(token);
  const value = token.replace(/^[A-Za-z_][\w.-]{0,60}[=:]/u, '');
  const changes = value.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])/gu)?.length ?? 0;
  return changes >= Math.max(3, value.length / 9);
}

/** What a chain joins, as far as is needed to see what it is. */
function tokenOf(chain: readonly Joint[], text: string, start: number, end: number): string {
  let token = '';
  let at = start;
  for (const joint of chain) {
    token += text.slice(at, joint.start);
    at = joint.end;
    if (token.length >= SEEN) return token;
  }
  return token + text.slice(at, end);
}

export function runEnd(text: string, start: number, most: number): number {
  let end = start;
  while (end < most && end < text.length && isToken(text.charCodeAt(end))) end += 1;
  return end;
}

export function runStart(text: string, end: number, least: number): number {
  let start = end;
  while (start > least && start > 0 && isToken(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** One text is made of joints whose surroundings overlap, so that all texts together are no longer than their parent. */
function stretchesOf(joints: readonly Joint[]): readonly (readonly Joint[])[] {
  const stretches: Joint[][] = [];
  let end = -Infinity;
  for (const joint of joints) {
    if (joint.start - end < 2 * AROUND) stretches.at(-1)?.push(joint);
    else stretches.push([joint]);
    ({ end } = joint);
  }
  return stretches;
}

/** `text` without its joints. `at` are the places in it where they stood, `removed` the characters cut up to each. */
interface CutText {
  readonly from: number;
  readonly text: string;
  readonly at: readonly number[];
  readonly removed: readonly number[];
}

function without(joints: readonly Joint[], view: View, name: string, isGuess: boolean): View {
  const cut = cutText(joints, view.text);
  const toParent = (span: Span): Span => {
    const start = placeOf(cut, span.start);
    return { start, end: span.end > span.start ? placeOf(cut, span.end - 1) + 1 : start };
  };
  const isDecoded = (at: Span): boolean => {
    const { start, end } = toParent(at);
    if (end - start > SPREAD) return false;
    const next = countUpTo(cut.at, at.start);
    return (
      (cut.at[next] ?? Infinity) < at.end || (joints[next - 1]?.isOpening === true && cut.at[next - 1] === at.start)
    );
  };
  return derivedView(view, name, cut.text, toParent, isDecoded, isGuess);
}

function cutText(joints: readonly Joint[], text: string): CutText {
  const from = Math.max(0, (joints[0]?.start ?? 0) - AROUND);
  const at: number[] = [];
  const removed: number[] = [];
  let end = from;
  let sum = 0;
  const pieces: string[] = [];
  for (const joint of joints) {
    pieces.push(text.slice(end, joint.start));
    sum += joint.end - joint.start;
    at.push(joint.end - from - sum);
    removed.push(sum);
    ({ end } = joint);
  }
  pieces.push(text.slice(end, end + AROUND));
  return { from, text: pieces.join(''), at, removed };
}

function placeOf({ from, at, removed }: CutText, offset: number): number {
  return from + offset + (removed[countUpTo(at, offset) - 1] ?? 0);
}

/** How many of the sorted `numbers` are no more than `most`. */
function countUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
