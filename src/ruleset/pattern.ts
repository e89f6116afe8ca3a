/**
 * The language of rule patterns: what V8 and re2js read alike, and what has a longest match. Literal characters, escaped
 * punctuation, character classes, `(?:…)`, one `(?<secret>…)`, alternatives, and repeats with an upper bound.
 */
export type PatternPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'class'; readonly text: string }
  | { readonly kind: 'group'; readonly alternatives: readonly PatternSequence[] }
  | { readonly kind: 'repeat'; readonly of: PatternPart; readonly least: number; readonly most: number };

export type PatternSequence = readonly PatternPart[];

/** Throws RangeError, with the offset, for what is not part of the language. */
export function readPattern(pattern: string): readonly PatternSequence[] {
  const reader = { text: pattern, at: 0 };
  const read = alternatives(reader);
  if (reader.at < pattern.length) throw new RangeError(`unexpected ")" at ${reader.at}`);
  return read;
}

const MOST_REPEATS = 1000;
const PUNCTUATION = '^$\\.*+?()[]{}|/';

interface Reader {
  readonly text: string;
  at: number;
}

function alternatives(reader: Reader): readonly PatternSequence[] {
  const read = [sequence(reader)];
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    read.push(sequence(reader));
  }
  return read;
}

function sequence(reader: Reader): PatternSequence {
  const parts: PatternPart[] = [];
  for (;;) {
    const next = reader.text[reader.at];
    if (next === undefined || next === '|' || next === ')') return parts;
    parts.push(repeated(reader, part(reader, next)));
  }
}

function part(reader: Reader, first: string): PatternPart {
  if (first === '(') return group(reader);
  if (first === '[') return characterClass(reader);
  if (first === '\\') return { kind: 'literal', text: escaped(reader) };
  if (first === '.') throw new RangeError(`"." at ${reader.at} is not allowed: write the characters as a class`);
  if ('*+?{}^$]'.includes(first)) throw new RangeError(`"${first}" at ${reader.at} is not allowed in a rule`);
  reader.at += 1;
  return { kind: 'literal', text: first };
}

/** Punctuation only: `\d`, `\s`, `\b` and the like mean different things to different engines, `\1` looks back. */
function escaped(reader: Reader, allowed = PUNCTUATION): string {
  const character = reader.text[reader.at + 1] ?? '';
  if (character === '' || !allowed.includes(character)) {
    throw new RangeError(`"\\${character}" at ${reader.at} is not allowed: only punctuation is escaped in a rule`);
  }
  reader.at += 2;
  return character;
}

function group(reader: Reader): PatternPart {
  const opening = /^\((?:\?:|\?<secret>)/u.exec(reader.text.slice(reader.at));
  if (opening === null) throw new RangeError(`the group at ${reader.at} must be (?:…) or (?<secret>…)`);
  const start = reader.at;
  reader.at += opening[0].length;
  const inside = alternatives(reader);
  if (reader.text[reader.at] !== ')') throw new RangeError(`the group at ${start} is not closed`);
  reader.at += 1;
  return { kind: 'group', alternatives: inside };
}

/** An empty class and a bare `[` in a class are read differently by different engines. */
function characterClass(reader: Reader): PatternPart {
  const start = reader.at;
  reader.at += reader.text[start + 1] === '^' ? 2 : 1;
  const inside = reader.at;
  while (reader.text[reader.at] !== ']') {
    if (reader.at >= reader.text.length) throw new RangeError(`the character class at ${start} is not closed`);
    if (reader.text[reader.at] === '[')
      throw new RangeError(`"[" at ${reader.at} is not allowed in a class: write "\\["`);
    if (reader.text[reader.at] === '\\') escaped(reader, `${PUNCTUATION}-`);
    else reader.at += 1;
  }
  if (reader.at === inside) throw new RangeError(`the character class at ${start} is empty`);
  reader.at += 1;
  return { kind: 'class', text: reader.text.slice(start, reader.at) };
}

function repeated(reader: Reader, of: PatternPart): PatternPart {
  if (reader.text[reader.at] === '?') {
    reader.at += 1;
    return { kind: 'repeat', of, least: 0, most: 1 };
  }
  const bound = /^\{(?<low>\d{1,4})(?<comma>,)?(?<high>\d{1,4})?\}/u.exec(reader.text.slice(reader.at));
  if (bound === null) return of;
  const { low, comma, high } = bound.groups ?? {};
  if (comma !== undefined && high === undefined) throw new RangeError(`"${bound[0]}" has no upper bound`);
  const least = Number(low);
  const most = Number(high ?? low);
  if (most > MOST_REPEATS) throw new RangeError(`"${bound[0]}" repeats more than ${MOST_REPEATS} times`);
  if (most < least || most === 0) throw new RangeError(`"${bound[0]}" can never match`);
  if (most > 1 && holdsRepeat(of)) throw new RangeError(`"${bound[0]}" repeats what repeats itself`);
  reader.at += bound[0].length;
  return { kind: 'repeat', of, least, most };
}

/** Repeats in repeats can take exponential time to fail. */
function holdsRepeat(part: PatternPart): boolean {
  if (part.kind !== 'group') return part.kind === 'repeat';
  return part.alternatives.some((inside) => inside.some(holdsRepeat));
}
