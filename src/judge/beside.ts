import type { Match } from '../model/match.ts';

/** In characters: a key file of Google has all of its fields within this. */
const AROUND = 1000;

/** The text stands near the match. */
export function stands(text: string, { view, at }: Match): boolean {
  if (text === '') return true;
  return (
    view.text.slice(Math.max(0, at.start - AROUND), at.start).includes(text) ||
    view.text.slice(at.end, at.end + AROUND).includes(text)
  );
}
