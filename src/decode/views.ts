import type { Window } from '../model/fragment.ts';
import type { View } from '../model/view.ts';
import type { Decoder } from './decoder.ts';
import { DECODERS } from './decoders.ts';
import type { Writing } from './encoding.ts';
import { wideViews } from './wide.ts';
import { textOfWindow } from './window-text.ts';

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
  const seen = plain.map(({ text }, i) => lookForAll(text, i));
  return seen.every((decoders) => decoders.length === 0) ? plain : withDecoded(plain, tell, DECODERS, seen);
}

const UNKNOWN: Writing = { encoding: 'bytes', isMarked: false };

function ignore(): void {}

/** Base64 of JSON in JSON with escapes twice escaped: a key that is deeper was not put there by accident. */
export const MOST_DEPTH = 5;
/** All decoded views of a window together are at most so many times as long as it is. */
export const MOST_TIMES = 8;
/** And that much is never too much: views overlap in what stands around. */
const ALWAYS_DECODED = 128 * 1024;

/** The views and what is decoded from them, breadth first, up to the bounds. `seen`: what `plain` was found to hold. */
export function withDecoded(
  plain: readonly View[],
  tell: (bound: Bound) => void,
  decoders: readonly Decoder[] = DECODERS,
  seen: readonly (readonly Decoder[])[] = [],
): readonly View[] {
  const lookAgain = lookFor(decoders);
  let look: Look = (text, i) => seen[i] ?? lookAgain(text, i);
  const views = [...plain];
  const known = new Map<string, readonly number[]>();
  const most = ALWAYS_DECODED + MOST_TIMES * plain.reduce((sum, { text }) => sum + text.length, 0);
  let size = 0;
  let level = plain;
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: View[] = [];
    for (const one of decodedFrom(level, look)) {
      if (isKnown(known, one)) continue;
      size += one.text.length;
      const bound = depth > MOST_DEPTH ? 'depth' : size > most ? 'size' : null;
      if (bound !== null) {
        tell(bound);
        return views;
      }
      next.push(one);
      views.push(one);
    }
    level = next;
    look = lookAgain;
  }
  return views;
}

function* decodedFrom(views: readonly View[], look: Look): Generator<View, void> {
  for (const [i, view] of views.entries()) for (const { decode } of look(view.text, i)) yield* decode(view);
}

/** The decoders that may have something to do in a text, the one of number `i`; in most texts none has. */
type Look = (text: string, i: number) => readonly Decoder[];

const NONE: readonly Decoder[] = [];

function lookFor(decoders: readonly Decoder[]): Look {
  if (decoders === DECODERS) return lookForAll;
  return lookFrom(decoders);
}

function lookFrom(decoders: readonly Decoder[]): Look {
  const signs = decoders.flatMap(({ sign }) => (sign === undefined ? [] : [sign.source]));
  const anySign = new RegExp(signs.length === 0 ? '[]' : signs.join('|'), 'u');
  const others = decoders.filter(({ sign }) => sign === undefined);
  return (text) => {
    const hasSign = anySign.test(text);
    if (!hasSign && !others.some((one) => one.isSeenIn?.(text) !== false)) return NONE;
    return decoders.filter((one) => (one.sign === undefined ? one.isSeenIn?.(text) !== false : hasSign));
  };
}

const lookForAll = lookFrom(DECODERS);

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
    text: textOfWindow(window),
    decoded: [],
    ownStart: window.ownStart,
    ownEnd: window.ownEnd,
    toSource: (span) => ({ start: window.base + span.start, end: window.base + span.end }),
  };
}
