import type { CommitFacts } from '../source.ts';

/** The parts of a commit or tag as git stores it. */
export interface ObjectParts {
  /** Author, committer or tagger: name, address and time, one a line. */
  readonly people: Buffer;
  /** The other headers but those that hold object ids only: signatures, and the tags that a merge has merged. */
  readonly headers: Buffer;
  readonly message: Buffer;
}

const PEOPLE = /^(?:author|committer|tagger) /u;
const IDS = /^(?:tree|parent|object|type) /u;

/** Headers end at the first empty line; what begins with a space goes on with the header before. */
export function partsOf(object: Buffer): ObjectParts {
  const end = object.indexOf('\n\n');
  const head = end < 0 ? object : object.subarray(0, end + 1);
  const people: string[] = [];
  const headers: string[] = [];
  let isPerson = false;
  for (const line of head.toString('latin1').split('\n')) {
    if (line === '' || IDS.test(line)) continue;
    if (!line.startsWith(' ')) isPerson = PEOPLE.test(line);
    if (isPerson) people.push(line);
    else headers.push(line);
  }
  return {
    people: Buffer.from(people.join('\n'), 'latin1'),
    headers: Buffer.from(headers.join('\n'), 'latin1'),
    message: end < 0 ? Buffer.alloc(0) : object.subarray(end + 2),
  };
}

export function factsOf(id: string, object: Buffer): CommitFacts {
  const head = object.subarray(0, Math.max(object.indexOf('\n\n'), 0)).toString('latin1');
  const parents = [...head.matchAll(/^parent (?<oid>[0-9a-f]+)$/gmu)].map(({ groups }) => groups?.['oid'] ?? '');
  const author = /^author (?<who>.*?) ?(?<seconds>-?\d+) [+-]\d{4}$/mu.exec(head)?.groups;
  return {
    id,
    parents,
    author: decoded(author?.['who'] ?? ''),
    date: dateOf(Number(author?.['seconds'] ?? Number.NaN)),
  };
}

/** UTF-8 unless its bytes say that it is not; then every byte is a character, as in most other encodings of names. */
function decoded(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return latin1;
  }
}

function dateOf(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}Z`;
}
