import type { Detection } from '../../src/read-fragment.ts';
import { readWithMembers, type WholeRead } from '../../src/read-with-members.ts';
import { type Bounds, boundsFor } from '../../src/unpack/bounds.ts';
import { fragmentOf, scanner } from './detect.ts';

/** What a scan reads of a file with this content; `bounds` replace those of a scan of the tree. */
export function readContainer(
  bytes: Buffer,
  bounds: Partial<Bounds> = {},
  fragment = fragmentOf(bytes),
): Promise<WholeRead> {
  return readWithMembers(fragment, scanner, { bounds: { ...boundsFor('tree'), ...bounds }, unpacked: 0 });
}

/** "zip: conf/.env:3:1", as far as it lies in a container. */
export function placeOf({ finding: { decoded, location } }: Detection): string {
  const member = location.member === undefined ? '' : `${location.member}:`;
  return `${decoded.join(' ')}: ${member}${location.line}:${location.column}`;
}

export async function placesIn(bytes: Buffer, bounds: Partial<Bounds> = {}): Promise<readonly string[]> {
  return (await readContainer(bytes, bounds)).detections.map(placeOf);
}

/** "damaged-container 2: a.zip › b.txt". */
export async function troublesIn(bytes: Buffer, bounds: Partial<Bounds> = {}): Promise<readonly string[]> {
  const { troubles } = await readContainer(bytes, bounds);
  return troubles.map(
    ({ reason, names, count }) =>
      `${reason} ${count}: ${names.map((name) => Buffer.from(name).toString()).join(' › ')}`,
  );
}
