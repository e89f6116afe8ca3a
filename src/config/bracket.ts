/** A bracket expression of a glob: the bytes that it takes (never `/`), and where it ends in the pattern. */
export interface Bracket {
  readonly takes: ReadonlySet<number>;
  /** Offset behind the closing bracket. */
  readonly end: number;
}

/**
 * Reads the bracket expression that opens at `start`; null when it is malformed, and then the whole pattern matches
 * nothing. As git does it: https://github.com/git/git/blob/v2.39.5/wildmatch.c
 */
export function parseBracket(pattern: string, start: number): Bracket | null {
  let at = start + 1;
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  if (isNegated) at++;
  const named = new Set<number>();
  const first = at;
  // The byte before a `-`: the low end of a range. A range or a class before it cannot begin another range.
  let low: number | null = null;
  while (at === first || pattern[at] !== ']') {
    const item = readItem(pattern, at, low);
    if (item === null) return null;
    for (const byte of item.bytes) named.add(byte);
    low = item.low;
    at = item.end;
  }
  const takes = new Set(ALL_BYTES.filter((byte) => named.has(byte) !== isNegated && byte !== SLASH));
  return { takes, end: at + 1 };
}

interface Item {
  readonly bytes: readonly number[];
  readonly low: number | null;
  readonly end: number;
}

function readItem(pattern: string, at: number, low: number | null): Item | null {
  if (low !== null && isRange(pattern, at)) {
    const high = readByte(pattern, at + 1);
    return high === null ? null : { bytes: bytesBetween(low, high.byte), low: null, end: high.end };
  }
  if (pattern.startsWith('[:', at)) {
    const close = pattern.indexOf(']', at + 2);
    if (close === -1) return null;
    if (close > at + 2 && pattern[close - 1] === ':') {
      const bytes = CLASSES.get(pattern.slice(at + 2, close - 1));
      return bytes === undefined ? null : { bytes, low: null, end: close + 1 };
    }
  }
  const single = readByte(pattern, at);
  return single === null ? null : { bytes: [single.byte], low: single.byte, end: single.end };
}

/** A `-` that stands last before the bracket is itself. */
function isRange(pattern: string, at: number): boolean {
  const next = pattern[at + 1];
  return pattern[at] === '-' && next !== undefined && next !== ']';
}

function readByte(pattern: string, at: number): { readonly byte: number; readonly end: number } | null {
  const from = pattern[at] === '\\' ? at + 1 : at;
  return from < pattern.length ? { byte: pattern.charCodeAt(from), end: from + 1 } : null;
}

function bytesBetween(low: number, high: number): readonly number[] {
  return ALL_BYTES.filter((byte) => byte >= low && byte <= high);
}

const SLASH = 0x2f;
const ALL_BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

/** git knows ASCII only, whatever the locale: https://github.com/git/git/blob/v2.39.5/ctype.c */
const CLASSES: ReadonlyMap<string, readonly number[]> = new Map([
  ['alnum', bytesLike(/[A-Za-z0-9]/u)],
  ['alpha', bytesLike(/[A-Za-z]/u)],
  ['blank', bytesLike(/[ \t]/u)],
  ['cntrl', bytesLike(/[\0-\x1f\x7f]/u)],
  ['digit', bytesLike(/[0-9]/u)],
  ['graph', bytesLike(/[!-~]/u)],
  ['lower', bytesLike(/[a-z]/u)],
  ['print', bytesLike(/[ -~]/u)],
  ['punct', bytesLike(/[!-/:-@[-`{-~]/u)],
  ['space', bytesLike(/[ \t\n\r]/u)],
  ['upper', bytesLike(/[A-Z]/u)],
  ['xdigit', bytesLike(/[0-9A-Fa-f]/u)],
]);

function bytesLike(shape: RegExp): readonly number[] {
  return ALL_BYTES.filter((byte) => shape.test(String.fromCharCode(byte)));
}
