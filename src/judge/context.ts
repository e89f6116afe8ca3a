import type { Evidence } from '../model/verdict.ts';
import type { Match } from '../model/match.ts';
import { REACH } from '../model/rule.ts';
import { isMadeOfWords } from './placeholder.ts';

/** What the surroundings say of whose key it is. The stronger `strength` wins; between equals the nearer. */
export interface ContextFound {
  readonly evidence: Evidence;
  /** 4 assigned name · 3 host on the line · 2 word on the line · 1 host or word nearby. */
  readonly strength: 1 | 2 | 3 | 4;
  /** Characters between it and the key. */
  readonly distance: number;
}

export function contextOf(match: Match): ContextFound | null {
  const { names, hosts, words } = match.rule.context;
  const text = surroundingsOf(match);
  const assigned =
    text.name !== null && isAssigned(text.name, text.lineBefore) ? assignedName(text.name, names, words) : null;
  if (assigned !== null) return { evidence: { kind: 'name', text: assigned }, strength: 4, distance: 0 };
  const tries: readonly (readonly [readonly string[], 'host' | 'word', 1 | 2 | 3, string, string])[] = [
    [hosts, 'host', 3, text.lineBefore, text.lineAfter],
    [words, 'word', 2, text.lineBefore, text.lineAfter],
    [hosts, 'host', 1, text.before, text.after],
    [words, 'word', 1, text.before, text.after],
  ];
  for (const [list, kind, strength, before, after] of tries) {
    const found = nearestOf(list, before, after);
    if (found !== null) return { evidence: { kind, text: found.text }, strength, distance: found.distance };
  }
  return null;
}

/** So far before a value a word may stand that says what it is. */
const CALLED = 60;

/** A word shortly before it on its line says that it is a key: a name, a header, a sentence. */
export function isCalledKey(match: Match): boolean {
  return /key|token|secret|auth|credential|passw/u.test(surroundingsOf(match).lineBefore.slice(-CALLED));
}

/** Text around a match, in small letters but for the name. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  readonly lineBefore: string;
  readonly lineAfter: string;
  readonly name: string | null;
}

export function surroundingsOf({ view, at }: Match): Surroundings {
  const before = view.text.slice(Math.max(0, at.start - REACH.before), at.start);
  const after = view.text.slice(at.end, at.end + REACH.after);
  const lineBefore = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  const lineAfter = /^[^\r\n]*/u.exec(after)?.[0] ?? '';
  return {
    before: before.toLowerCase(),
    after: after.toLowerCase(),
    lineBefore: lineBefore.toLowerCase(),
    lineAfter: lineAfter.toLowerCase(),
    name: lastName(lineBefore),
  };
}

/** Words that stand between a name and its value, or name the kind of value and not the owner. */
const CARRIERS = new Set([
  'bearer',
  'basic',
  'export',
  'str',
  'string',
  'const',
  'let',
  'var',
  'value',
  'default',
  'n',
  'r',
  't',
  'b',
  'f',
  'u',
]);

function lastName(lineBefore: string): string | null {
  const names = lineBefore.match(/[A-Za-z_][A-Za-z0-9_-]*/gu) ?? [];
  return names.findLast((name) => !CARRIERS.has(name.toLowerCase())) ?? null;
}

/** A sign stands between the name and the key, or the name is none of a sentence: `ENV DEEPSEEK_KEY …`. */
function isAssigned(name: string, lineBefore: string): boolean {
  const gap = lineBefore.slice(lineBefore.lastIndexOf(name.toLowerCase()) + name.length);
  return name.includes('_') || /[^\s\w]/u.test(gap);
}

/** The name as it is written, if it is made of words; else what is known of it: pieces of another key can be glued to it. */
function assignedName(name: string, names: readonly string[], words: readonly string[]): string | null {
  const plain = plainName(name);
  const known = [...names, ...words].find((one) => plain.includes(plainName(one)));
  if (known === undefined) return null;
  return name.length <= LONGEST_NAME && isMadeOfWords(name) ? name : known;
}

const LONGEST_NAME = 60;

function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/gu, '').toLowerCase();
}

/** Which of the words stands nearest, and how many characters are between. */
export function nearestOf(
  list: readonly string[],
  before: string,
  after: string,
): { text: string; distance: number } | null {
  let nearest: { text: string; distance: number } | null = null;
  for (const entry of list) {
    const wanted = entry.toLowerCase();
    const left = before.lastIndexOf(wanted);
    const right = after.indexOf(wanted);
    const distances = [...(left < 0 ? [] : [before.length - left - wanted.length]), ...(right < 0 ? [] : [right])];
    const distance = Math.min(...distances);
    if (distances.length > 0 && (nearest === null || distance < nearest.distance)) nearest = { text: entry, distance };
  }
  return nearest;
}
