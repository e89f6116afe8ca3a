import type { Soundness } from './soundness.ts';

/** The middle part of a JWT is read: `claims` are what it must say, as `role=service_role`. */
export function jwtClaims(claims: readonly string[], text: string): Soundness {
  const said = claimsOf(text.split('.')[1] ?? '');
  const fits = claims.every((claim) => {
    const [name = '', value] = claim.split('=');
    return said.get(name) === value;
  });
  if (!fits) return { kind: 'wrong' };
  return { kind: 'sound', seen: true, evidence: claims.map((text) => ({ kind: 'claim', text })) };
}

function claimsOf(part: string): ReadonlyMap<string, unknown> {
  try {
    const read: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return new Map(typeof read === 'object' && read !== null ? Object.entries(read) : []);
  } catch {
    // Not JSON: a token in three parts that says nothing.
    return new Map();
  }
}
