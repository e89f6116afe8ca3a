/** It stands as a word of its own, or as one of a name: `exa_key` and `exaKey` hold `exa`, `example` and `hexa` do not. */
export function isWholeWord(text: string, at: number, end: number): boolean {
  const [before, first] = [text.charAt(at - 1), text.charAt(at)];
  const [last, after] = [text.charAt(end - 1), text.charAt(end)];
  const begins = !/[A-Za-z0-9]/u.test(before) || (/[a-z0-9]/u.test(before) && /[A-Z]/u.test(first));
  const ends = !/[A-Za-z]/u.test(after) || (/[a-z0-9]/u.test(last) && /[A-Z]/u.test(after));
  return begins && ends;
}
