import type { Shown } from '../model/finding.ts';

/** The last characters of a redacted key, by which a console lists it: "wxyz" of "sk-proj-…wxyz". null if none show. */
export function endingOf(redacted: Shown): string | null {
  const cut = redacted.lastIndexOf('…');
  const ending = cut === -1 ? '' : redacted.slice(cut + 1);
  return ending === '' ? null : ending;
}
