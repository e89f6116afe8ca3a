import { entropyOf } from './body.ts';
import type { Soundness } from './soundness.ts';

/** Characters of base64 in the shortest private keys, of elliptic curves. */
const SHORTEST = 60;
/** Bits per character of base64 of a key; what somebody typed to show the form has fewer. */
const LEAST_ENTROPY = 4.2;
/** With more of a key gone than this share of what is there, it is not worth a word. */
const MOST_MISSING = 0.5;
const OPENSSH = 'openssh-key-v1\0';

const WHOLE: Soundness = { kind: 'sound', seen: true, evidence: [{ kind: 'block', text: 'a whole private key' }] };
const UNPROVEN: Soundness = { kind: 'unproven' };
const WRONG: Soundness = { kind: 'wrong' };

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
  if (start.startsWith(OPENSSH)) return start.startsWith('\0\0\0\u0004none', OPENSSH.length) ? WHOLE : WRONG;
  const missing = missingFrom(bytes);
  if (missing === 0) return WHOLE;
  // Some lines of a key, to show what one looks like. A block that runs on beyond what the pattern takes is none of these.
  return missing !== null && missing > bytes.length * MOST_MISSING && text.endsWith('-----') ? WRONG : UNPROVEN;
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
    .replaceAll(/\\{1,4}u003[dD]/gu, '=')
    .replaceAll(/\\{1,4}u002[bB]/gu, '+')
    .replaceAll(/["'`]\s*\+\s*["'`]/gu, '')
    .replaceAll(isAdded(inside) ? /^\+/gmu : NONE, '')
    .replaceAll(/[\s"'`,;\\.&|>*#]+/gu, '');
  return /^[A-Za-z0-9+/]+(?:={1,2}(?:[A-Za-z0-9+/]{4})?)?$/u.test(base64) && !/\.{3}/u.test(inside) ? base64 : null;
}

const NONE = /(?!)/gu;

/** Every line begins as an added one in a diff. */
function isAdded(text: string): boolean {
  const [, ...lines] = text.split('\n');
  return lines.length > 1 && lines.every((line) => line.startsWith('+'));
}

/** The bytes that the ASN.1 sequence says it has and that are not there; null where it is no sequence. */
function missingFrom(bytes: Buffer): number | null {
  const short = bytes[1] ?? 0;
  if (bytes[0] !== 0x30) return null;
  if (short < 0x80) return 2 + short - bytes.length;
  const size = short & 0x7f;
  if (size < 1 || size > 3 || bytes.length < 2 + size) return null;
  return 2 + size + bytes.readUIntBE(2, size) - bytes.length;
}
