/** The bytes that the inside of a regex character class names, as a table: `A-Za-z0-9_-` for example. */
export type ByteClass = Uint8Array;

export function byteClass(inside: string): ByteClass {
  const table = new Uint8Array(256);
  for (const [, first = '', last = first] of inside.matchAll(/\\?(?<first>[^\\])(?:-(?<last>[^\\]))?/gu)) {
    table.fill(1, first.charCodeAt(0), last.charCodeAt(0) + 1);
  }
  return table;
}

export function holds(table: ByteClass, text: string, at: number): boolean {
  return at >= 0 && at < text.length && table[text.charCodeAt(at)] === 1;
}
