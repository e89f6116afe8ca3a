import type { Window } from '../model/fragment.ts';
import type { View } from '../model/view.ts';
import type { Decoder } from './decoder.ts';
import { DECODERS } from './decoders.ts';
import type { Writing } from './encoding.ts';
import { wideViews } from './wide.ts';

/** What ended the decoding of a window before its end; both are told, and the rest is not decoded. */
export type Bound = 'depth' | 'size';

/**
 * Every way in which a window is read: its bytes, and each decoding of a part of them, also of what was decoded itself.
 * `writing` is that of its file; `tell` hears of a bound that was hit.
 */
export function viewsOf(
  window: Window,
  writing: Writing = UNKNOWN,
  tell: (bound: Bound) => void = ignore,
): readonly View[] {
  const bytes = bytesView(window);
  // Without a NUL byte nothing in it is UTF-16 or UTF-32 with ASCII text.
  const plain = window.bytes.includes(0) ? [bytes, ...wideViews(window, bytes.text, writing)] : [bytes];
  return withDecoded(plain, tell);
}

const UNKNOWN: Writing = { encoding: 'bytes', isMarked: false };

function ignore(): void {}

/** Base64 of JSON in JSON with escapes twice escaped: a key that is deeper was not put there by accident. */
export const MOST_DEPTH = 5;
/** Characters that a window is decoded to at most, all its views together: eight times what it holds itself. */
export const MOST_DECODED = 8 * 1024 * 1024;

/** The views and what is decoded from them, breadth first, up to the bounds. */
export function withDecoded(
  plain: readonly View[],
  tell: (bound: Bound) => void,
  decoders: readonly Decoder[] = DECODERS,
): readonly View[] {
  const views = [...plain];
  const known = new Map<string, readonly number[]>();
  let decoded = 0;
  let level = plain;
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: View[] = [];
    for (const view of level) {
      for (const one of decodedOnce(view, decoders)) {
        if (isKnown(known, one)) continue;
        if (depth > MOST_DEPTH) {
          tell('depth');
          return views;
        }
        decoded += one.text.length;
        if (decoded > MOST_DECODED) {
          tell('size');
          return views;
        }
        next.push(one);
        views.push(one);
      }
    }
    level = next;
  }
  return views;
}

function* decodedOnce(view: View, decoders: readonly Decoder[]): Generator<View, void> {
  for (const { decode } of decoders) yield* decode(view);
}

/** Two decoders that undo different escapes come to the same text, whichever is first. */
function isKnown(known: Map<string, readonly number[]>, { text, toSource }: View): boolean {
  const { start } = toSource({ start: 0, end: 1 });
  const starts = known.get(text) ?? [];
  if (starts.includes(start)) return true;
  known.set(text, [...starts, start]);
  return false;
}

function bytesView(window: Window): View {
  return {
    text: window.bytes.toString('latin1'),
    decoded: [],
    ownStart: window.ownStart,
    ownEnd: window.ownEnd,
    toSource: (span) => ({ start: window.base + span.start, end: window.base + span.end }),
  };
}
