import type { Member } from './member.ts';

/** Half-open. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** Bytes that are put together of stretches of a container. */
export interface Pieced {
  readonly bytes: Buffer;
  readonly sourceOf: Member['sourceOf'];
}

/** One line for each of the lists of stretches. */
export function linesOf(container: Buffer, lines: readonly (readonly ByteSpan[])[]): Pieced {
  const pieces: Buffer[] = [];
  const starts: Start[] = [];
  let at = 0;
  for (const line of lines) {
    for (const { start, end } of line) {
      starts.push({ at, source: start });
      pieces.push(container.subarray(start, end));
      at += end - start;
    }
    pieces.push(NEWLINE);
    at += NEWLINE.length;
  }
  return { bytes: Buffer.concat(pieces, at), sourceOf: sourceFrom(starts) };
}

/** Where a stretch begins in what was put together, and where it comes from. */
export interface Start {
  readonly at: number;
  readonly source: number;
}

export function sourceFrom(starts: readonly Start[]): Member['sourceOf'] {
  return (offset) => {
    const start = starts.findLast(({ at }) => at <= offset);
    return start === undefined ? null : start.source + offset - start.at;
  };
}

const NEWLINE = Buffer.from('\n');
