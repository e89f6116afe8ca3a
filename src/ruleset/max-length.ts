/**
 * The longest text that a rule's pattern can match, in characters, and with it the overlap of two windows.
 * Throws RangeError for what has no such length (`*`, `+`, `{3,}`) or is not part of the rule language.
 */
export function maxLengthOf(pattern: string): number {
  const reader = { text: pattern, at: 0 };
  const length = alternatives(reader);
  if (reader.at < pattern.length) throw new RangeError(`unexpected ")" at ${reader.at}`);
  return length;
}

interface Reader {
  readonly text: string;
  at: number;
}

function alternatives(reader: Reader): number {
  let longest = sequence(reader);
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    longest = Math.max(longest, sequence(reader));
  }
  return longest;
}

function sequence(reader: Reader): number {
  let length = 0;
  for (;;) {
    const next = reader.text[reader.at];
    if (next === undefined || next === '|' || next === ')') return length;
    const one = atom(reader, next);
    length += one * repeats(reader);
  }
}

function atom(reader: Reader, first: string): number {
  if (first === '(') return group(reader);
  if (first === '[') {
    skipClass(reader);
    return 1;
  }
  if ('*+?{^$'.includes(first)) throw new RangeError(`"${first}" at ${reader.at} is not allowed in a rule`);
  reader.at += first === '\\' ? 2 : 1;
  return 1;
}

function group(reader: Reader): number {
  const opening = /^\((?:\?:|\?<secret>)/u.exec(reader.text.slice(reader.at));
  if (opening === null) throw new RangeError(`the group at ${reader.at} must be (?:…) or (?<secret>…)`);
  reader.at += opening[0].length;
  const length = alternatives(reader);
  if (reader.text[reader.at] !== ')') throw new RangeError('a group is not closed');
  reader.at += 1;
  return length;
}

function skipClass(reader: Reader): void {
  reader.at += 1;
  while (reader.text[reader.at] !== ']') {
    if (reader.at >= reader.text.length) throw new RangeError('a character class is not closed');
    reader.at += reader.text[reader.at] === '\\' ? 2 : 1;
  }
  reader.at += 1;
}

/** The upper bound of a repeat, 1 where there is none. */
function repeats(reader: Reader): number {
  if (reader.text[reader.at] === '?') {
    reader.at += 1;
    return 1;
  }
  const bound = /^\{(?<low>\d{1,4})(?<comma>,)?(?<high>\d{1,4})?\}/u.exec(reader.text.slice(reader.at));
  if (bound === null) return 1;
  const { low, comma, high } = bound.groups ?? {};
  if (comma !== undefined && high === undefined) throw new RangeError(`"${bound[0]}" has no upper bound`);
  const most = Number(high ?? low);
  if (most > 1000) throw new RangeError(`"${bound[0]}" repeats more than 1000 times`);
  reader.at += bound[0].length;
  return most;
}
