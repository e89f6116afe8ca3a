/** Numbers in `[0, 1)` from a seed; the same seed gives the same numbers on every machine (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;

const ALPHABETS: Readonly<Record<string, string>> = {
  lower: LOWER,
  upper: UPPER,
  alpha: LOWER + UPPER,
  digits: DIGITS,
  hex: HEX,
  HEX: `${DIGITS}ABCDEF`,
  alnum: DIGITS + LOWER + UPPER,
  loweralnum: DIGITS + LOWER,
  base32: `${LOWER}234567`,
  base64: `${UPPER + LOWER + DIGITS}+/`,
  base64url: `${UPPER + LOWER + DIGITS}-_`,
};

/**
 * Fills an example of a rule file, so that no key stands in the repository: `{{alnum:20}}` becomes 20 random
 * characters of that alphabet, `{{uuid}}` a UUID, `{{}}` nothing (it keeps a marker from being one word in the file).
 * Throws RangeError for an unknown filler.
 */
export function fillTemplate(template: string, seed: number): string {
  const random = randomFrom(seed);
  return template.replaceAll(/\{\{(?<what>[^{}]*)\}\}/gu, (_whole, what: string) => {
    if (what === '') return '';
    if (what === 'uuid') return [8, 4, 4, 4, 12].map((length) => pick(HEX, length, random)).join('-');
    const [name = '', count = ''] = what.split(':');
    const alphabet = Object.hasOwn(ALPHABETS, name) ? ALPHABETS[name] : undefined;
    const length = Number(count);
    if (alphabet === undefined || !Number.isInteger(length) || length < 1) {
      throw new RangeError(
        `unknown filler {{${what}}}; known are {{uuid}} and, as {{alnum:20}}, ${Object.keys(ALPHABETS).join(', ')}`,
      );
    }
    return pick(alphabet, length, random);
  });
}

function pick(alphabet: string, length: number, random: () => number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += alphabet.charAt(Math.floor(random() * alphabet.length));
  return text;
}
