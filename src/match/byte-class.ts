/** The bytes that the inside of a regex character class names, as a table: `A-Za-z0-9_-` for example. */
export type ByteClass = Uint8Array;

const ALL_BYTES = String.fromCharCode(...Array(256).keys());

const made = new Map<string, ByteClass>();

/** Made once: most rules share a few. */
export function byteClass(inside: string): ByteClass {
  const table = made.get(inside) ?? tableOf(inside);
  made.set(inside, table);
  return table;
}

function tableOf(inside: string): ByteClass {
  const table = new Uint8Array(256);
  if (inside === '') return table;
  for (const { index } of ALL_BYTES.matchAll(new RegExp(`[${inside}]`, 'gu'))) table[index] = 1;
  return table;
}

export function holds(table: ByteClass, text: string, at: number): boolean {
  return at >= 0 && at < text.length && table[text.charCodeAt(at)] === 1;
}
