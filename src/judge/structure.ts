import type { FixedLength, MarkerHalves, Structure } from '../model/rule.ts';
import type { Damage, Evidence } from '../model/verdict.ts';
import { base64Text } from './base64-text.ts';
import { crc32Base62 } from './crc32-base62.ts';
import { jwtClaims } from './jwt-claims.ts';
import { pem } from './pem.ts';
import { randomValue } from './random-value.ts';
import { snowflake } from './snowflake.ts';
import type { Soundness } from './soundness.ts';

/** What the construction that a rule knows of its keys says of this one. Each check but the first two has a file. */
export function soundnessOf(structure: Structure, text: string): Soundness {
  switch (structure.check) {
    case 'marker-halves':
      return markerHalves(structure, text);
    case 'fixed-length':
      return fixedLength(structure, text);
    case 'base64-text':
      return base64Text(structure, text);
    case 'crc32-base62':
      return crc32Base62(structure, text);
    case 'pem':
      return pem(text);
    case 'jwt-claims':
      return jwtClaims(structure.claims, text);
    case 'snowflake':
      return snowflake(text);
    case 'random-value':
      return randomValue(structure.mixedCase, text);
    case 'url-password':
      // Judged by the user and the host beside it.
      return { kind: 'sound', seen: true, evidence: [{ kind: 'place', text: 'an address' }] };
  }
}

/** A damaged key must still hold this many random characters, or it is a fragment that opens nothing. */
const ENOUGH_BODY = 32;

/** Equal halves around a marker are no accident from here on, also of a length that nobody has seen yet. */
const SHORTEST_HALF = 20;

function markerHalves(structure: MarkerHalves, text: string): Soundness {
  const { prefix, marker } = structure;
  const at = text.indexOf(marker, prefix.length);
  if (at < 0) return withoutMarker(structure, text.length - prefix.length);
  const after = text.slice(at + marker.length);
  const before = nameless(text.slice(prefix.length, at), after.length);
  const evidence: readonly Evidence[] = [...prefixEvidence(prefix), { kind: 'marker', text: marker }];
  const half = before.length;
  if (half === after.length && half >= SHORTEST_HALF && fitsAlphabet(structure, half, before + after)) {
    const seen = structure.seen.includes(half);
    return { kind: 'sound', seen, evidence: [...evidence, { kind: 'halves', length: half, seen }, ...tailOf(after)] };
  }
  if (before.length + after.length < ENOUGH_BODY) return { kind: 'wrong' };
  return { kind: 'damaged', damage: damageOf(structure, half, after.length), evidence };
}

/** Cut within the first half or the marker; what is longer has lost or never had its marker. */
function withoutMarker({ prefix, marker, seen, unseen }: MarkerHalves, length: number): Soundness {
  if (length < ENOUGH_BODY) return { kind: 'wrong' };
  const isCut = length < Math.max(...seen, ...unseen) + marker.length;
  return { kind: 'damaged', damage: isCut ? 'cut-short' : 'uneven', evidence: prefixEvidence(prefix) };
}

/** The early keys carry a name before the random half: `sk-my-service-…`. Equal halves have none, only a `-` by chance. */
function nameless(before: string, half: number): string {
  const name = /^[A-Za-z0-9][A-Za-z0-9-]{0,49}-(?=[A-Za-z0-9]{20}$)/u.exec(before);
  return name === null || before.length === half ? before : before.slice(name[0].length);
}

function isKnownHalf(structure: MarkerHalves, half: number): boolean {
  return structure.seen.includes(half) || structure.unseen.includes(half);
}

function fitsAlphabet(structure: MarkerHalves, half: number, halves: string): boolean {
  return !structure.alphanumeric.includes(half) || /^[A-Za-z0-9]+$/u.test(halves);
}

function damageOf(structure: MarkerHalves, before: number, after: number): Damage {
  if (!isKnownHalf(structure, before)) return 'uneven';
  return after < before ? 'cut-short' : 'over-long';
}

/** Long genuine keys end in a zero byte: `A`, after one of sixteen characters. Raises confidence, rejects nothing. */
function tailOf(after: string): readonly Evidence[] {
  return after.length > 40 && /[AEIMQUYcgkosw048]A$/u.test(after) ? [{ kind: 'tail', text: 'A' }] : [];
}

function fixedLength(structure: FixedLength, text: string): Soundness {
  const { prefix, lengths, tail } = structure;
  const evidence = prefixEvidence(prefix);
  if (lengths.includes(text.length) && text.endsWith(tail)) {
    const length: Evidence = { kind: 'length', length: text.length };
    const ending: readonly Evidence[] = tail === '' ? [] : [{ kind: 'tail', text: tail }];
    return { kind: 'sound', seen: true, evidence: [...evidence, length, ...ending] };
  }
  if (text.length - prefix.length < ENOUGH_BODY) return { kind: 'wrong' };
  const damage =
    text.length < Math.min(...lengths) ? 'cut-short' : text.length > Math.max(...lengths) ? 'over-long' : 'uneven';
  return { kind: 'damaged', damage, evidence };
}

function prefixEvidence(prefix: string): readonly Evidence[] {
  return prefix === '' ? [] : [{ kind: 'prefix', text: prefix }];
}
