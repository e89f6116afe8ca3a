import { KeyguardError } from '../../errors.ts';
import type { Fragment, Provenance, RawPath, Window } from '../../model/fragment.ts';
import { bytesOfPath, WINDOW_BYTES } from '../../model/fragment.ts';
import { nameFragments } from '../names.ts';
import type { SourceOptions } from '../source.ts';
import { oneWindow, windowsOf } from '../windows.ts';
import { windowsOfBlob } from './blobs.ts';
import type { ChangeLog } from './change-log.ts';
import { partsOf } from './commit-object.ts';
import type { ObjectAnswer } from './objects.ts';
import { readObjects } from './objects.ts';
import type { Git } from './run.ts';

export interface RangeContent {
  /** Parents before children. */
  readonly commits: readonly string[];
  readonly tags: readonly string[];
  readonly log: ChangeLog;
  readonly refs: readonly RawPath[];
  readonly unreadable: readonly Unreadable[];
}

/** In scope, and known before anything is read that it cannot be had. */
export interface Unreadable {
  /** With the place and the remedy. */
  readonly message: string;
}

/** Names, then what cannot be had, then every object of the range by one `cat-file`. */
export async function* fragmentsOfRange(
  git: Git,
  content: RangeContent,
  options: SourceOptions,
): AsyncGenerator<Fragment, void, undefined> {
  const { commits, tags, log, refs, unreadable } = content;
  for (const name of refs) yield textFragment({ kind: 'ref' }, bytesOfPath(name), 0);
  for (const { path } of log.addedPaths()) yield* nameFragments([path]);
  for (const { message } of unreadable) yield unread({ kind: 'ref' }, message);

  const indexOf = new Map(commits.map((oid, index) => [oid, index]));
  const isTag = new Set(tags);
  for await (const answer of readObjects(git, eachOf(commits, tags, log.blobs()))) {
    const commit = indexOf.get(answer.oid);
    if (commit !== undefined) yield* sayings(answer, { kind: 'message', commit }, { kind: 'author', commit }, options);
    else if (isTag.has(answer.oid)) yield* sayings(answer, { kind: 'tag' }, { kind: 'tag' }, options);
    else yield blobFragment(answer, log, options);
  }
}

function* eachOf(...lists: readonly Iterable<string>[]): Generator<string, void, undefined> {
  for (const list of lists) yield* list;
}

function blobFragment(answer: ObjectAnswer, log: ChangeLog, options: SourceOptions): Fragment {
  const records = log.recordsOf(answer.oid);
  const places = records.length === 1 ? records.map(({ path }) => path) : [...new Set(records.map(({ path }) => path))];
  return {
    provenance: { kind: 'object', places, oid: answer.oid },
    countsAs: 1,
    windows: () => windowsOfBlob(answer, places, options),
  };
}

/** What a commit or a tag says itself: its message, who made it, and what else its head holds. */
async function* sayings(
  answer: ObjectAnswer,
  message: Provenance,
  people: Provenance,
  options: SourceOptions,
): AsyncGenerator<Fragment, void, undefined> {
  if (answer.kind === 'missing') {
    yield unread(message, `Object ${answer.oid} is missing or corrupt; run git fsck.`);
    return;
  }
  // Nobody writes such a message; it is read as a whole, in windows.
  if (answer.size > WINDOW_BYTES) {
    yield { provenance: message, countsAs: 1, windows: () => windowsOf(answer.chunks(), options.overlap) };
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of answer.chunks()) chunks.push(chunk);
  const parts = partsOf(Buffer.concat(chunks));
  yield textFragment(people, parts.people, 0);
  if (parts.headers.length > 0) yield textFragment({ kind: 'tag' }, parts.headers, 0);
  yield textFragment(message, parts.message, 1);
}

function textFragment(provenance: Provenance, bytes: Buffer, countsAs: number): Fragment {
  return { provenance, countsAs, windows: () => onlyWindow(bytes) };
}

async function* onlyWindow(bytes: Buffer): AsyncGenerator<Window, void, undefined> {
  // Short, as far as names and messages go; the rest was handed over in windows.
  yield oneWindow(bytes);
}

function unread(provenance: Provenance, message: string): Fragment {
  const windows = (): never => {
    throw new KeyguardError('unread', message);
  };
  return { provenance, countsAs: 1, windows };
}
