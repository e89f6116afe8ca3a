import { watch } from './containers.ts';
import { KeyguardError } from './errors.ts';
import type { Fragment } from './model/fragment.ts';
import { type FragmentRead, readFragment } from './read-fragment.ts';
import type { Allowance, Trouble } from './unpacking.ts';
import type { Scanner } from './scanner.ts';
import { type ContainerKind, isStreamed } from './unpack/recognize.ts';

export interface WholeRead extends FragmentRead {
  readonly troubles: readonly Trouble[];
}

/** Reads the bytes of a fragment, and where it is a container what is packed in it. Most are none, and load nothing. */
export async function readWithMembers(
  fragment: Fragment,
  scanner: Scanner,
  allowance: Allowance,
  most = Infinity,
): Promise<WholeRead> {
  const readBytes = scanner.reader ?? readFragment;
  if (fragment.countsAs === 0) return { ...(await readBytes(fragment, scanner, most)), troubles: [] };
  const watched = watch(fragment, (kind) => mostHeld(kind, fragment, allowance));
  const read = await readBytes(watched.fragment, scanner, most);
  const container = watched.container();
  if (container === null || read.failure !== null || read.detections.length > most) return { ...read, troubles: [] };
  const { readInside } = await import('./read-inside.ts');
  try {
    const inside = await readInside(fragment, container, scanner, allowance, most - read.detections.length);
    return {
      ...read,
      detections: [...inside.withoutTwins(read.detections), ...inside.detections],
      drops: sum(read.drops, inside.drops),
      bounds: new Set([...read.bounds, ...inside.bounds]),
      troubles: inside.troubles,
    };
  } catch (error) {
    // The file could be read once, and not a second time.
    if (!(error instanceof KeyguardError)) throw error;
    return { ...read, failure: error, troubles: [] };
  }
}

/** What cannot be opened need not be held, nor what can be had again. */
export function mostHeld(kind: ContainerKind, { again }: Fragment, { bounds }: Allowance): number {
  return kind === 'closed' || (again !== undefined && isStreamed(kind)) ? 0 : bounds.held;
}

function sum<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): ReadonlyMap<Key, number> {
  const both = new Map(a);
  for (const [key, count] of b) both.set(key, (both.get(key) ?? 0) + count);
  return both;
}
