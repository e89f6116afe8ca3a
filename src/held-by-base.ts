import { type Held, heldKey } from './decide-in-change.ts';
import { detect } from './detect.ts';
import type { Unread } from './model/coverage.ts';
import type { Fingerprint } from './model/secret.ts';
import type { Detection } from './read-fragment.ts';
import type { Scanner } from './scanner.ts';
import type { Sighting } from './sightings.ts';
import type { History } from './sources/source.ts';

/** Which secrets were there before the first commit of a history; asked only where something was found. */
export async function heldByBase(
  sightings: readonly Sighting[],
  { base }: History,
  scanner: Scanner,
): Promise<{ readonly held: Held; readonly failures: readonly Unread[] }> {
  const held = new Map<Fingerprint, Detection[]>();
  if (base === undefined || sightings.length === 0) return { held, failures: [] };
  const paths = new Set(sightings.flatMap(({ path }) => (path === null ? [] : [path])));
  const { detections, coverage } = await detect(await base(paths), scanner);
  for (const detection of detections) {
    const key = heldKey(detection);
    held.set(key, [...(held.get(key) ?? []), detection]);
  }
  return { held, failures: coverage.errors.filter(({ gitFailed }) => gitFailed === true) };
}
