import type { Fragment, Window } from './model/fragment.ts';
import { type ContainerKind, END_REACH, endOfZipIn, recognize } from './unpack/recognize.ts';

/** A container whose bytes went by. */
export interface Container {
  readonly kind: ContainerKind;
  /** Its bytes, if they were to be held and are not more than that. */
  readonly held: Buffer | null;
  /** How many there are. */
  readonly size: number;
}

/** A fragment that is looked at while its windows go by. */
export interface Watched {
  readonly fragment: Fragment;
  /** Known when the windows have ended; null where it is none. */
  readonly container: () => Container | null;
}

/** Holds up to `most` bytes of a fragment that is a container. Nothing is held of any other. */
export function watch(fragment: Fragment, most: (kind: ContainerKind) => number): Watched {
  let kind: ContainerKind | null = null;
  let pieces: Buffer[] = [];
  let room = 0;
  let size = 0;
  let endOfZip: number | null = null;
  const windows = async function* (): AsyncGenerator<Window, void, undefined> {
    for await (const window of fragment.windows()) {
      if (window.base === 0) {
        kind = recognize(window);
        room = kind === null ? 0 : most(kind);
      }
      if (kind !== null) {
        const fresh = window.bytes.subarray(size - window.base);
        size += fresh.length;
        if (size <= room) pieces.push(fresh);
        else pieces = [];
      }
      if (kind === null) {
        const end = window.base + window.bytes.length;
        endOfZip = endOfZipIn(window) ?? endOfZip;
        // Told by its last bytes alone: nothing of it is held, but it can mostly be had again.
        if (window.last && endOfZip !== null && end - endOfZip <= END_REACH) [kind, size] = ['zip', end];
      }
      yield window;
    }
  };
  const container = (): Container | null => {
    if (kind === null) return null;
    const [first] = pieces;
    const held = size > room || first === undefined ? null : pieces.length === 1 ? first : Buffer.concat(pieces, size);
    pieces = [];
    return { kind, held, size };
  };
  return { fragment: { ...fragment, windows }, container };
}
