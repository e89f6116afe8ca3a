/** A text to look for: a value, or one way in which values are written. */
export interface Needle {
  /** Its bytes, one a character. */
  readonly text: string;
  /** The encoding, as reports name it; null for the value as it is. */
  readonly decoded: 'base64' | 'hex' | 'percent' | null;
}

/** How a value is written in base64, hex and percent encoding. Values in pieces are what views join. */
export function encodedForms(value: string): readonly Needle[] {
  const bytes = Buffer.from(value.slice(0, ENOUGH), 'latin1');
  const hex = bytes.toString('hex');
  const forms: readonly Needle[] = [
    ...[0, 1, 2].flatMap((shift) => base64At(bytes, shift)).map((text) => ({ text, decoded: 'base64' }) as const),
    ...[hex, hex.toUpperCase()].map((text) => ({ text, decoded: 'hex' }) as const),
    ...percentForms(bytes).map((text) => ({ text, decoded: 'percent' }) as const),
  ];
  const known = new Set([value]);
  return forms.filter(({ text }) => !known.has(text) && known.add(text));
}

/** Nobody else's value begins like this one for so long. */
const ENOUGH = 512;

/** What is left of the value when `shift` bytes stand in front of it: the characters that no neighbour has a part in. */
function base64At(bytes: Buffer, shift: number): readonly string[] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const from = Math.ceil((shift * 4) / 3);
  const to = Math.floor(((shift + bytes.length) * 8) / 6);
  const whole = text.slice(from, to);
  return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
}

/** As `encodeURIComponent` does it, and with small digits. */
function percentForms(bytes: Buffer): readonly string[] {
  const upper = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~!*'()-]/u.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return [upper, upper.replaceAll(/%../gu, (code) => code.toLowerCase())];
}
