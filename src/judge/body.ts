import type { Rule } from '../model/rule.ts';

/** The part of a secret behind its fixed prefix: what is random in a genuine key. */
export function bodyOf(rule: Rule, text: string): string {
  return text.slice(prefixOf(rule, text).length);
}

/** The longest fixed beginning that a rule knows of this secret; '' where its keys have none. */
export function prefixOf(rule: Rule, text: string): string {
  const { structure } = rule;
  const known = structure !== null && 'prefix' in structure ? [...rule.anchors, structure.prefix] : rule.anchors;
  return known.filter((prefix) => text.startsWith(prefix)).reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  let bits = 0;
  for (const count of countsOf(text).values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

export function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

export function isHex(text: string): boolean {
  return /^[0-9a-f]+$/iu.test(text);
}
