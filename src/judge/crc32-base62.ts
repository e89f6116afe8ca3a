import type { Crc32Base62 } from '../model/rule.ts';
import type { Soundness } from './soundness.ts';

/**
 * The checksum at the end is that of the characters before it. That it is not proves nothing: of some providers the way
 * it is made is known for one type of key and only likely for the others.
 */
export function crc32Base62({ prefix, digits }: Crc32Base62, text: string): Soundness {
  const body = text.slice(prefix.length, -digits);
  if (base62(crc32(body), digits) !== text.slice(-digits)) return { kind: 'unproven' };
  return {
    kind: 'sound',
    seen: true,
    evidence: [
      { kind: 'prefix', text: prefix },
      { kind: 'checksum', length: digits },
    ],
  };
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: number, digits: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / DIGITS.length)) {
    text = DIGITS.charAt(rest % DIGITS.length) + text;
  }
  return text.padStart(digits, '0');
}

/** As zip and PNG have it; Node has none of its own before 20.15. */
function crc32(text: string): number {
  let rest = 0xffffffff;
  for (let i = 0; i < text.length; i += 1) {
    rest ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}
