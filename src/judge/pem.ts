import { entropyOf } from './body.ts';
import { type Soundness, sound, UNPROVEN, WRONG } from './soundness.ts';

/** Characters of base64 in the shortest private keys, of elliptic curves. */
const SHORTEST = 60;
/** Bits per character of base64 of a key; what somebody typed to show the form has fewer. */
const LEAST_ENTROPY = 4.2;
const OPENSSH = 'openssh-key-v1\0';

/**
 * The block must hold a key: base64 that decodes to one whole ASN.1 sequence, or to the format of OpenSSH with no cipher.
 * Other base64 that is random, as of PGP or a block whose end is missing, is no proof. One that a passphrase locks is
 * published on purpose now and then, and opens nothing by itself.
 */
export function pem(text: string): Soundness {
  const body = bodyOf(text);
  if (body === null || body.length < SHORTEST || entropyOf(body) < LEAST_ENTROPY) return WRONG;
  const bytes = Buffer.from(body, 'base64');
  const start = bytes.toString('latin1', 0, 64);
  if (start.startsWith(OPENSSH))
    return start.startsWith('\0\0\0\u0004none', OPENSSH.length)
      ? sound({ kind: 'block', text: 'a whole private key' })
      : WRONG;
  return isOneSequence(bytes) ? sound({ kind: 'block', text: 'a whole private key' }) : UNPROVEN;
}

/** What a line feed is written as where the block stands in a string, in JSON in a string, in a URL or in XML. */
const WRITTEN_BREAKS = /\\{1,4}[nrt]|%0[AaDd]|&#(?:10|13|x[aAdD]);|<br ?\/?>/gu;

/** Only the base64; null where something stands there that is no part of a key. */
function bodyOf(text: string): string | null {
  const inside = text.replace(/^-{5}[^-]+-{5}/u, '').replace(/-{5}END[^-]+-{5}$/u, '');
  const base64 = inside
    .replaceAll(WRITTEN_BREAKS, '\n')
    .replaceAll(/^[ \t>|*#"'+]*(?:Version|Comment|Hash|Charset|MessageID): .*$/gmu, '')
    .replaceAll('%2B', '+')
    .replaceAll('%2F', '/')
    .replaceAll('%3D', '=')
    .replaceAll(/[\s"'`,;\\.&|>*#]+|(?:^|\n)[ \t]*\+/gu, '');
  return /^[A-Za-z0-9+/]+(?:={1,2}(?:[A-Za-z0-9+/]{4})?)?$/u.test(base64) && !/\.{3}/u.test(inside) ? base64 : null;
}

/** A tag for a sequence, its length, and exactly as many bytes. */
function isOneSequence(bytes: Buffer): boolean {
  const short = bytes[1] ?? 0;
  if (bytes[0] !== 0x30) return false;
  if (short < 0x80) return bytes.length === 2 + short;
  const size = short & 0x7f;
  if (size < 1 || size > 3 || bytes.length < 2 + size) return false;
  return bytes.length === 2 + size + bytes.readUIntBE(2, size);
}
