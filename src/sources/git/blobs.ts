import { KeyguardError } from '../../errors.ts';
import type { Fragment, RawPath, Window } from '../../model/fragment.ts';
import { bytesOfPath } from '../../model/fragment.ts';
import type { SourceOptions } from '../source.ts';
import { windowsOf } from '../windows.ts';
import type { ObjectAnswer } from './objects.ts';
import { readObjects } from './objects.ts';
import type { Git } from './run.ts';

/** One fragment per blob, in the order of the map, with all the places at which it lies. */
export async function* blobFragments(
  git: Git,
  placesByOid: ReadonlyMap<string, readonly RawPath[]>,
  options: SourceOptions,
): AsyncGenerator<Fragment, void, undefined> {
  for await (const answer of readObjects(git, placesByOid.keys())) {
    const places = placesByOid.get(answer.oid) ?? [];
    yield {
      provenance: { kind: 'staged', places, oid: answer.oid },
      countsAs: places.length,
      windows: () => windowsOfBlob(answer, places, options),
    };
  }
}

/** Throws `KeyguardError` (`unread`) where the object is missing, or is no file. */
export async function* windowsOfBlob(
  answer: ObjectAnswer,
  places: readonly RawPath[],
  options: SourceOptions,
): AsyncGenerator<Window, void, undefined> {
  const where = placesInWords(places);
  if (answer.kind === 'missing')
    throw new KeyguardError('unread', `Object ${answer.oid}${where} is missing or corrupt; run git fsck.`);
  if (answer.type !== 'blob')
    throw new KeyguardError('unread', `Object ${answer.oid}${where} is a ${answer.type}, not a file; run git fsck.`);
  yield* windowsOf(namingObject(answer.chunks(), `object ${answer.oid}${where}`), options.overlap);
}

const MOST_NAMED = 3;

function placesInWords(places: readonly RawPath[]): string {
  if (places.length === 0) return '';
  const names = places.slice(0, MOST_NAMED).map((path) => bytesOfPath(path).toString('utf8'));
  const more = places.length - names.length;
  return ` (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

/** Git says at most the id of an object that it cannot read to its end, and it stops there. */
async function* namingObject(chunks: AsyncIterable<Buffer>, object: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    throw new KeyguardError(error.code, `${error.message} (while it read ${object}; run git fsck).`, { cause: error });
  }
}
