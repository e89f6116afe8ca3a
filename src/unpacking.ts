import type { Fragment } from './model/fragment.ts';
import type { DropReason } from './model/verdict.ts';
import type { Scanner } from './scanner.ts';
import { LONGEST_NAME } from './show/member.ts';
import type { Bounds } from './unpack/bounds.ts';
import { Broken, type TroubleReason } from './unpack/member.ts';

/** What a scan may unpack, and how many bytes it has. */
export interface Allowance {
  readonly bounds: Bounds;
  unpacked: number;
}

/** What in a file was not read, or not to its end, for one reason. */
export interface Trouble {
  readonly reason: TroubleReason;
  /** The names on the way to the first; none for the file itself. */
  readonly names: readonly Uint8Array[];
  readonly count: number;
}

/** What was unpacked of one file so far. */
export interface Work {
  readonly fragment: Fragment;
  readonly scanner: Scanner;
  readonly allowance: Allowance;
  /** Detections that anybody wants. */
  readonly most: number;
  /** Of the file, in bytes. */
  readonly size: number;
  readonly troubles: Map<TroubleReason, Trouble>;
  readonly drops: Map<DropReason, number>;
  readonly textBounds: Set<string>;
  found: number;
  unpacked: number;
  /** Members and troubles. */
  items: number;
  members: number;
  /** A bound was hit: nothing more is read of this file. */
  isSpent: boolean;
}

/** Keeps the first place and the number: an archive can have as many encrypted members as it likes. */
export function noteTrouble({ troubles }: Work, reason: TroubleReason, names: readonly Uint8Array[]): void {
  const before = troubles.get(reason);
  // Copied, for a name is a piece of the container and would keep it in memory.
  const first = before?.names ?? names.map((name) => Uint8Array.from(name.subarray(0, LONGEST_NAME + 1)));
  troubles.set(reason, { reason, names: first, count: (before?.count ?? 0) + 1 });
}

export type Note = (reason: TroubleReason) => void;

/** Counts what comes out of containers. Ends, and says so, where there is too much of it, and where it breaks off. */
export async function* metered(
  chunks: AsyncIterable<Buffer>,
  work: Work,
  note: Note,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of chunks) {
      const piece = chunk.subarray(0, leftFor(work));
      work.unpacked += piece.length;
      work.allowance.unpacked += piece.length;
      yield piece;
      if (piece.length < chunk.length) {
        spend(work, note);
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    note(error.reason);
  }
}

/** The first `most` bytes once more: those that were metered. Where they break off is known. */
export async function* again(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer, void, undefined> {
  let left = most;
  try {
    for await (const chunk of chunks) {
      yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left <= 0) return;
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
}

export function spend(work: Work, note: Note): void {
  if (!work.isSpent) note('container-over-limit');
  work.isSpent = true;
}

function leftFor({ size, unpacked, allowance: { bounds, unpacked: inAll } }: Work): number {
  const byRatio = Math.max(bounds.ratioFrom, size * bounds.ratio);
  const forFile = Math.min(bounds.unpacked, byRatio) - unpacked;
  return Math.max(0, Math.min(forFile, bounds.unpackedInAll - inAll));
}
