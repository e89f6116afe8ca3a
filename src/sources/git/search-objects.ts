import type { Secret } from '../../model/secret.ts';
import { windowsOf } from '../windows.ts';
import { readObjects } from './objects.ts';
import type { Repository } from './repository.ts';

/** Which objects hold which secret, in any encoding that a scan reads. */
export interface Search {
  readonly objectsWith: (secret: Secret) => readonly string[];
  readonly isFound: boolean;
  readonly isComplete: boolean;
}

/** Incomplete if an object is missing, or if there is more than `mostBytes` to read. */
export async function searchObjects(
  { git }: Repository,
  oids: readonly string[],
  secrets: readonly Secret[],
  mostBytes: number,
): Promise<Search> {
  const needles = secrets.flatMap(needlesFor);
  const pattern = new RegExp(needles.map(({ text }) => literal(text)).join('|'), 'gu');
  const longest = Math.max(...needles.map(({ text }) => text.length));
  const found = new Map<Secret, Set<string>>(secrets.map((secret) => [secret, new Set()]));
  let isComplete = true;
  let left = mostBytes;
  for await (const answer of readObjects(git, secrets.length === 0 ? [] : oids)) {
    left -= answer.kind === 'object' ? answer.size : 0;
    if (answer.kind === 'missing' || left < 0) isComplete = false;
    if (left < 0) break;
    if (answer.kind === 'missing') continue;
    for await (const { bytes } of windowsOf(answer.chunks(), longest)) {
      for (const secret of secretsIn(bytes.toString('latin1'), pattern, needles)) found.get(secret)?.add(answer.oid);
    }
  }
  return {
    objectsWith: (secret) => [...(found.get(secret) ?? [])],
    isFound: [...found.values()].some((blobs) => blobs.size > 0),
    isComplete,
  };
}

interface Needle {
  readonly secret: Secret;
  /** Bytes as latin1. */
  readonly text: string;
}

/** The secret as it is, and in the encodings that a scan reads as well. */
function needlesFor(secret: Secret): readonly Needle[] {
  const text = secret.reveal();
  const wide = (before: number, behind: number): string =>
    Array.from(text, (letter) => '\0'.repeat(before) + letter + '\0'.repeat(behind)).join('');
  return [text, wide(0, 1), wide(1, 0), wide(0, 3), wide(3, 0)].map((bytes) => ({ secret, text: bytes }));
}

function literal(text: string): string {
  return text.replaceAll(
    /[^0-9A-Za-z]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Needles can begin in one another: at each hit all are tried, and the search goes on at the next byte. */
function* secretsIn(text: string, pattern: RegExp, needles: readonly Needle[]): Generator<Secret, void, undefined> {
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    const { index } = hit;
    for (const needle of needles) if (text.startsWith(needle.text, index)) yield needle.secret;
    pattern.lastIndex = index + 1;
  }
}
