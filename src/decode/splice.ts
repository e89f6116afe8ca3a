import type { Span } from '../model/span.ts';
import type { View } from '../model/view.ts';
import { derivedView } from './decoder.ts';

/** A stretch of a text that reads as `text`. Every `step[0]` characters of that stand in `step[1]` of the stretch. */
export interface Replacement extends Span {
  readonly text: string;
  /** Absent: the stretch stands for `text` as a whole. */
  readonly step?: readonly [decoded: number, encoded: number];
}

/** So much plain text is kept on both sides: as far as the judge looks for names, hosts and comments. */
const KEPT = 1024;
/**
 * A view that was decoded already is decoded once more only so near to what was decoded in it: the rest is decoded where
 * it came from. Of two that undo different escapes of one key one comes first, by name, and not each in its turn; the
 * other only where it touches what the one has made.
 */
const NEAR = 256;
const TOUCHING = 1;

/** Spans that share what stands around them, and how far that reaches. */
export interface Cluster<T extends Span> extends Span {
  readonly members: readonly T[];
}

/** What of `spans`, in order, is worth a view of its own. A span that begins in the one before it begins a new cluster. */
export function* clustersOf<T extends Span>(view: View, name: string, spans: Iterable<T>): Generator<Cluster<T>, void> {
  const near = name > (view.decoded.at(-1) ?? '') ? NEAR : TOUCHING;
  let members: T[] = [];
  let last = { start: 0, end: 0 };
  for (const span of spans) {
    if (view.isDecoded?.({ start: span.start - near, end: span.end + near }) === false) continue;
    if (members.length > 0 && (span.start < last.end || span.start - last.end > 2 * KEPT)) {
      yield clusterOf(view, members, last);
      members = [];
    }
    members.push(span);
    last = span;
  }
  if (members.length > 0) yield clusterOf(view, members, last);
}

function clusterOf<T extends Span>({ text }: View, members: readonly T[], last: Span): Cluster<T> {
  const start = Math.max(0, (members[0]?.start ?? 0) - KEPT);
  return { members, start, end: Math.min(text.length, last.end + KEPT) };
}

/** The text of `parent` in `within`, with replacements, given in order, in it. */
export function splice(parent: View, name: string, within: Span, replacements: Iterable<Replacement>): View {
  const parts: string[] = [];
  const pieces = new Pieces();
  let at = within.start;
  const keep = (end: number): void => {
    if (end <= at) return;
    parts.push(parent.text.slice(at, end));
    pieces.add(at, end - at, 1, 1, false);
  };
  for (const { start, end, text, step } of replacements) {
    keep(start);
    parts.push(text);
    pieces.add(start, text.length, step?.[0] ?? Math.max(1, text.length), step?.[1] ?? end - start, true);
    at = end;
  }
  keep(within.end);
  pieces.end(Math.max(at, within.end));
  return derivedView(parent, name, parts.join(''), pieces.toParent, pieces.isDecoded);
}

/** The way back: pieces that tile the text and its parent, plain ones and decoded ones. */
class Pieces {
  readonly #text: number[] = [];
  readonly #parent: number[] = [];
  readonly #decodedStep: number[] = [];
  readonly #encodedStep: number[] = [];
  readonly #isDecoded: boolean[] = [];
  #length = 0;

  add(parent: number, length: number, decodedStep: number, encodedStep: number, isDecoded: boolean): void {
    this.#text.push(this.#length);
    this.#parent.push(parent);
    this.#decodedStep.push(decodedStep);
    this.#encodedStep.push(encodedStep);
    this.#isDecoded.push(isDecoded);
    this.#length += length;
  }

  end(parent: number): void {
    this.add(parent, 0, 1, 1, false);
  }

  readonly toParent = ({ start, end }: Span): Span => {
    const from = this.#startOf(start);
    return { start: from, end: end > start ? this.#endOf(end) : from };
  };

  readonly isDecoded = ({ start, end }: Span): boolean => {
    // Nothing stands for what was left out, so a piece that begins where the span ends counts, too.
    for (let i = this.#pieceAt(start); i < this.#text.length && (this.#text[i] ?? 0) <= end; i += 1) {
      if (this.#isDecoded[i] === true) return true;
    }
    return false;
  };

  #startOf(at: number): number {
    const i = this.#pieceAt(at);
    const steps = Math.floor((at - (this.#text[i] ?? 0)) / (this.#decodedStep[i] ?? 1));
    return Math.min((this.#parent[i] ?? 0) + steps * (this.#encodedStep[i] ?? 1), this.#parent.at(-1) ?? 0);
  }

  #endOf(at: number): number {
    const i = this.#pieceAt(at - 1);
    const steps = Math.ceil((at - (this.#text[i] ?? 0)) / (this.#decodedStep[i] ?? 1));
    return Math.min((this.#parent[i] ?? 0) + steps * (this.#encodedStep[i] ?? 1), this.#parent[i + 1] ?? Infinity);
  }

  /** The last piece that begins at `at` or before it. */
  #pieceAt(at: number): number {
    let low = 0;
    let high = this.#text.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#text[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
