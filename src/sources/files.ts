import { readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { KeyguardError } from '../errors.ts';
import type { Scope } from '../model/coverage.ts';
import type { Fragment, RawPath, Window } from '../model/fragment.ts';
import type { ListedEntry, SkipReason } from './entry.ts';
import { isGone, unreadMessage, whyUnread } from './entry.ts';
import { nameFragments } from './names.ts';
import type { OpenFile } from './read-file.ts';
import { chunksOf, closeFile, openFile } from './read-file.ts';
import type { Source, SourceOptions } from './source.ts';
import { oneWindow, windowsOf } from './windows.ts';

/**
 * The files of a list, opened one at a time. One that is gone when its turn comes is no longer in scope: `expected` and
 * `skipped` say so once `fragments` has ended.
 */
export function sourceOfEntries(scope: Scope, listed: readonly ListedEntry[], options: SourceOptions): Source {
  const entries = listed.filter((entry) => entry.kind !== 'skipped');
  const skipped = new Map<SkipReason, number>();
  const skip = (reason: SkipReason): void => {
    skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  };
  for (const entry of listed) if (entry.kind === 'skipped') skip(entry.reason);

  let expected = entries.length;
  const drop = (reason: SkipReason): void => {
    expected -= 1;
    skip(reason);
  };
  return {
    scope,
    get expected() {
      return expected;
    },
    get skipped() {
      return [...skipped].map(([reason, count]) => ({ reason, count }));
    },
    fragments: () => fragmentsOf(entries, drop, options),
    places: entries.map(({ place }) => place),
    before: null,
  };
}

/** Between so many files, signals and timers get their turn. */
const BREATH = 64;

async function* fragmentsOf(
  entries: readonly Exclude<ListedEntry, { kind: 'skipped' }>[],
  drop: (reason: SkipReason) => void,
  options: SourceOptions,
): AsyncGenerator<Fragment, void, undefined> {
  for (const [index, entry] of entries.entries()) {
    if (index % BREATH === BREATH - 1) await setImmediate();
    if (entry.kind === 'unread') {
      yield unreadFragment(entry.place, entry.why);
      continue;
    }
    yield* nameFragments([entry.place]);
    if (entry.kind === 'link') yield* linkFragment(entry.path, entry.place, drop);
    else yield* fileFragment(entry.path, entry.place, drop, options);
  }
}

async function* fileFragment(
  path: Buffer,
  place: RawPath,
  drop: (reason: SkipReason) => void,
  options: SourceOptions,
): AsyncGenerator<Fragment, void, undefined> {
  let file: OpenFile | null;
  try {
    file = openFile(path);
  } catch (error) {
    if (isGone(error)) drop('vanished');
    else yield unreadFragment(place, whyUnread(error));
    return;
  }
  if (file === null) {
    drop('special-file');
    return;
  }
  try {
    const again = (): AsyncIterable<Buffer> => orUnread(chunksOf(file), place);
    yield { ...fragmentAt(place), windows: () => windowsOfFile(file, place, options), again };
  } finally {
    closeFile(file);
  }
}

async function* windowsOfFile(file: OpenFile, place: RawPath, options: SourceOptions): AsyncGenerator<Window> {
  yield* windowsOf(orUnread(chunksOf(file), place), options.overlap);
}

async function* orUnread(chunks: AsyncIterable<Buffer>, place: RawPath): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw new KeyguardError('unread', unreadMessage(place, whyUnread(error)), { cause: error });
  }
}

/** Git records the text of a link, so that is what is read of it. */
function* linkFragment(
  path: Buffer,
  place: RawPath,
  drop: (reason: SkipReason) => void,
): Generator<Fragment, void, undefined> {
  let target: Buffer;
  try {
    target = readlinkSync(path, 'buffer');
  } catch (error) {
    if (isGone(error)) drop('vanished');
    else yield unreadFragment(place, whyUnread(error));
    return;
  }
  yield { ...fragmentAt(place), windows: () => onlyWindow(target) };
}

async function* onlyWindow(bytes: Buffer): AsyncGenerator<Window, void, undefined> {
  yield oneWindow(bytes);
}

function unreadFragment(place: RawPath, why: string): Fragment {
  const windows = (): never => {
    throw new KeyguardError('unread', unreadMessage(place, why));
  };
  return { ...fragmentAt(place), windows };
}

function fragmentAt(place: RawPath): Pick<Fragment, 'provenance' | 'countsAs'> {
  return { provenance: { kind: 'file', places: [place] }, countsAs: 1 };
}
