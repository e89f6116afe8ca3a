import type { Window } from '../model/fragment.ts';

/** The bytes of a window, one a character (latin1): offsets in the text are offsets in the bytes. Made once. */
export function textOfWindow(window: Window): string {
  const text = texts.get(window) ?? window.bytes.toString('latin1');
  texts.set(window, text);
  return text;
}

const texts = new WeakMap<Window, string>();
