/**
 * A text of a snippet without what may be a key that no rule found, or a piece of one: a long run of key characters
 * that is neither words, nor an identifier, nor a path of such.
 */
export function withoutRandomRuns(text: string): string {
  return text.replaceAll(RUN, (run) => (looksRandom(run) ? '…' : run));
}

const RUN = /[A-Za-z0-9_+/-]{16,}={0,2}/gu;

/** So many characters in no word are no version and no abbreviation. */
const ENOUGH = 8;

function looksRandom(run: string): boolean {
  let odd = 0;
  for (const part of run.split(/[_+/=-]+/u)) if (!isWords(part)) odd += part.length;
  return odd >= ENOUGH;
}

/** `HTTPServer`, `utf8`, `20241022`: random letters and digits change their kind at every other one. */
function isWords(part: string): boolean {
  const chunks = part.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/gu) ?? [];
  if (chunks.length <= 1) return true;
  if (part.length >= LONG && (/^[0-9a-f]+$/iu.test(part) || (part.match(/[0-9]+/gu)?.length ?? 0) > 2)) return false;
  return part.length >= chunks.length * LEAST_MEAN && chunks.filter(isUnspeakable).length * 3 <= chunks.length;
}

/** No word of this length is written in the letters of hexadecimal numbers, or has digits in three places. */
const LONG = 12;

/** Letters of one chunk of a word, on average. */
const LEAST_MEAN = 2.9;

function isUnspeakable(chunk: string): boolean {
  return chunk.length > 2 && /^[A-Z]?[a-z]+$/u.test(chunk) && !/[aeiouy]/iu.test(chunk);
}
