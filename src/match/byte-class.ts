/** The bytes that the inside of a regex character class names, as a table: `A-Za-z0-9_-` for example. */
export type ByteClass = Uint8Array;

export function byteClass(inside: string): ByteClass {
  const table = new Uint8Array(256);
  if (inside === '') return table;
  const pattern = new RegExp(`[${inside}]`, 'u');
  for (let byte = 0; byte < 256; byte += 1) if (pattern.test(String.fromCharCode(byte))) table[byte] = 1;
  return table;
}

export function holds(table: ByteClass, text: string, at: number): boolean {
  return at >= 0 && at < text.length && table[text.charCodeAt(at)] === 1;
}
