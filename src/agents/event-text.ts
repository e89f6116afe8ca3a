import { KeyguardError } from '../errors.ts';

/** All texts of a JSON value as one, so that names and values stand beside each other. */
export interface EventText {
  readonly bytes: Buffer;
  readonly pieces: readonly Piece[];
}

/** One text of the value, in the order in which they stand; offsets in bytes. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** The member that it is the value of; '' where it has no name. */
  readonly name: string;
}

/** Deeper values are no tool's. */
const DEEPEST = 200;

/** Throws `KeyguardError` (`usage`) for a value that is nested too deep. */
export function eventText(value: unknown): EventText {
  const parts: Buffer[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  const add = (text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    parts.push(bytes);
    length += bytes.length;
  };
  visit(value, '', 0, (text, name) => {
    if (name !== '') add(`${name}: `);
    const start = length;
    add(text ?? '');
    if (text !== null) pieces.push({ start, end: length, name });
    add('\n');
  });
  return { bytes: Buffer.concat(parts), pieces };
}

/** Calls `take` for every text, and with null for what has a name and holds no text. */
function visit(value: unknown, name: string, depth: number, take: (text: string | null, name: string) => void): void {
  if (depth > DEEPEST) {
    throw new KeyguardError(
      'usage',
      `the event of the agent is nested deeper than ${DEEPEST} levels, so it was not checked.`,
    );
  }
  if (typeof value === 'string') take(value, name);
  else if (Array.isArray(value)) for (const item of value) visit(item, name, depth + 1, take);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) visit(member, key, depth + 1, take);
  } else if (name !== '') take(null, name);
}

/** A stretch of bytes of the `EventText`, and what stands there instead. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The same value with other texts; null where a replacement lies in no text of it, as in the name of a member. */
export function replaceInValue(value: unknown, { bytes, pieces }: EventText, all: readonly Replacement[]): unknown {
  const isInside = all.every(({ start, end }) => pieces.some((piece) => piece.start <= start && end <= piece.end));
  if (!isInside) return null;
  let at = 0;
  const replaced = (text: string): string => {
    const piece = pieces[at++];
    const inPiece = all.filter(({ start, end }) => piece !== undefined && piece.start <= start && end <= piece.end);
    return piece === undefined || inPiece.length === 0 ? text : replaceIn(bytes, piece, inPiece);
  };
  const rebuild = (node: unknown): unknown => {
    if (typeof node === 'string') return replaced(node);
    if (Array.isArray(node)) return node.map(rebuild);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, rebuild(member)]));
  };
  return rebuild(value);
}

/** Stretches that overlap become one. */
function replaceIn(bytes: Buffer, piece: Piece, all: readonly Replacement[]): string {
  let text = '';
  let at = piece.start;
  for (const { start, end, text: instead } of all.toSorted((a, b) => a.start - b.start)) {
    if (start >= at) text += `${bytes.toString('utf8', at, start)}${instead}`;
    at = Math.max(at, end);
  }
  return text + bytes.toString('utf8', at, piece.end);
}
