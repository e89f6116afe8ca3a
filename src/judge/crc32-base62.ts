import { type Soundness, sound, UNPROVEN } from './soundness.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 6;

/**
 * The last six characters are the CRC32 of what stands between them and the prefix, as GitHub and npm make their tokens:
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 * Where it does not fit, it is reported with less confidence, not passed over: a mistyped token still tells much of it.
 */
export function crc32Base62(text: string): Soundness {
  const body = text.slice(text.indexOf('_') + 1, -LENGTH);
  return text.endsWith(base62(crc32(body))) ? sound({ kind: 'checksum', text: 'CRC32' }) : UNPROVEN;
}

/** A few dozen bytes: a table would cost more than it saves. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i += 1) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function base62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / DIGITS.length))
    text = DIGITS.charAt(rest % DIGITS.length) + text;
  return text.padStart(LENGTH, '0');
}
