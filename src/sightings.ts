import type { BlobSecrets } from './blob-secrets.ts';
import { detect } from './detect.ts';
import type { Unread } from './model/coverage.ts';
import type { RawPath } from './model/fragment.ts';
import type { Fingerprint } from './model/secret.ts';
import { type Detection, fingerprintIn } from './read-fragment.ts';
import type { Scanner } from './scanner.ts';
import { nameFragments } from './sources/names.ts';
import type { History, Source } from './sources/source.ts';

/** A secret in what one commit recorded at one place. */
export interface Sighting {
  readonly detection: Detection;
  /** Names the secret itself, also where the report names a place instead. */
  readonly key: Fingerprint;
  /** Index of the commit; null where none recorded it, as for the name of a branch. */
  readonly commit: number | null;
  readonly path: RawPath | null;
  /** The old side of the same change held the same secret: it was edited around, or moved. */
  readonly isOld: boolean;
}

export interface Sighted {
  /** One list for each secret, in the order of the commits; the lists in the order of their first sightings. */
  readonly secrets: readonly (readonly Sighting[])[];
  /** Where git failed: what is not known to be old counts as new. */
  readonly failures: readonly Unread[];
}

/**
 * Where each secret of a history came in. By the secret itself and not by its fingerprint in the report, which for what
 * can be guessed names a place instead.
 */
export async function sightingsOf(
  detections: readonly Detection[],
  blobs: BlobSecrets,
  history: History,
  scanner: Scanner,
): Promise<Sighted> {
  const places = detections.flatMap((detection): readonly Place[] => {
    const records = history.recordsOf(detection.provenance);
    const key = detection.identity;
    if (records.length === 0) return [{ detection, key, commit: null, path: detection.path }];
    return records.map(({ commit, path }) => ({ detection: atPlace(detection, path), key, commit, path }));
  });
  const before = await oldSecrets(places, blobs, history, scanner);
  const secrets = new Map<Fingerprint, Sighting[]>();
  for (const { key, ...place } of places.toSorted(byCommit)) {
    const sighting = { ...place, key, isOld: before.isOld(place, key) };
    const list = secrets.get(key);
    if (list === undefined) secrets.set(key, [sighting]);
    else list.push(sighting);
  }
  return { secrets: [...secrets.values()], failures: before.failures };
}

type Place = Omit<Sighting, 'isOld'>;

/** What can be guessed is named by its place, which the blob alone does not tell. */
function atPlace(detection: Detection, path: RawPath | null): Detection {
  const { finding, placeName } = detection;
  if (placeName === undefined) return detection;
  return { ...detection, finding: { ...finding, fingerprint: fingerprintIn(finding.ruleId, path, placeName) } };
}

function byCommit(a: Place, b: Place): number {
  const [commitA, commitB] = [a.commit ?? Infinity, b.commit ?? Infinity];
  if (commitA !== commitB) return commitA - commitB;
  const [pathA, pathB] = [a.path ?? '', b.path ?? ''];
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  return a.detection.offset - b.detection.offset;
}

interface Before {
  readonly isOld: (place: Pick<Sighting, 'commit' | 'detection'>, key: Fingerprint) => boolean;
  readonly failures: readonly Unread[];
}

/** What the old sides of the commits held in which something was found, as far as it decides anything. */
async function oldSecrets(
  places: readonly Place[],
  blobs: BlobSecrets,
  history: History,
  scanner: Scanner,
): Promise<Before> {
  const inFiles = places.flatMap(({ detection, commit, key }) =>
    detection.provenance.kind === 'object' && commit !== null ? [{ commit, key }] : [],
  );
  const sides = await history.oldSides(new Set(inFiles.map(({ commit }) => commit)));
  const wasHeld = (commit: number, key: Fingerprint): boolean =>
    (sides.get(commit) ?? []).some((oid) => blobs.holds(oid, key));
  const open = new Set(inFiles.flatMap(({ commit, key }) => (wasHeld(commit, key) ? [] : [commit])));
  const failures = await blobs.learn([...open].flatMap((commit) => sides.get(commit) ?? []));
  const names = await oldNames(places, history, scanner);
  return {
    isOld: ({ commit, detection: { provenance } }, key) => {
      if (commit === null) return false;
      if (provenance.kind === 'path') return names.get(commit)?.has(key) === true;
      return provenance.kind === 'object' && wasHeld(commit, key);
    },
    failures,
  };
}

/** A file that moves takes the secret in its name with it. */
async function oldNames(
  places: readonly Place[],
  history: History,
  scanner: Scanner,
): Promise<ReadonlyMap<number, ReadonlySet<Fingerprint>>> {
  const named = places.filter(({ detection }) => detection.provenance.kind === 'path');
  const found = new Map<number, ReadonlySet<Fingerprint>>();
  for (const commit of new Set(named.flatMap(({ commit }) => (commit === null ? [] : [commit])))) {
    const { detections } = await detect(sourceOfNames(history.oldNames(commit)), scanner);
    found.set(commit, new Set(detections.map(({ identity }) => identity)));
  }
  return found;
}

function sourceOfNames(paths: readonly RawPath[]): Source {
  return {
    scope: { kind: 'range', detail: 'names that a commit took away' },
    expected: 0,
    skipped: [],
    before: null,
    fragments: async function* () {
      yield* nameFragments(paths);
    },
  };
}
