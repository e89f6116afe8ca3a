import type { ScopeKind } from '../model/coverage.ts';

/** How much of containers is opened. What is beyond is listed; the raw bytes of the files are read all the same. */
export interface Bounds {
  /** Bytes of a container that is held in memory while its members are read. */
  readonly held: number;
  /** Bytes of members, for each file; nested ones count at each level. */
  readonly unpacked: number;
  /** The same for the whole scan. */
  readonly unpackedInAll: number;
  /** Members for each file, nested ones included. */
  readonly members: number;
  /** Containers in containers: 1 opens a zip, but no zip in it. */
  readonly depth: number;
  /** Members may be so many times larger than their file, once they are larger than `ratioFrom`: a bomb ends early. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const MB = 1024 * 1024;

const SCAN: Bounds = {
  held: 64 * MB,
  unpacked: 512 * MB,
  unpackedInAll: 4096 * MB,
  members: 100_000,
  depth: 5,
  ratio: 200,
  ratioFrom: 16 * MB,
};

/** A commit waits for it: half a second at the most. */
const COMMIT: Bounds = {
  held: 8 * MB,
  unpacked: 32 * MB,
  unpackedInAll: 64 * MB,
  members: 5_000,
  depth: 4,
  ratio: 200,
  ratioFrom: 4 * MB,
};

export function boundsFor(scope: ScopeKind): Bounds {
  return scope === 'staged' || scope === 'message' ? COMMIT : SCAN;
}
