import type { Span } from '../model/span.ts';

/** A file in a container, or whatever takes the place of one: a text chunk, a stream, a page. */
export interface Member {
  readonly kind: 'member';
  /** As the container gives it, in bytes; null where a container holds one nameless thing. */
  readonly name: Buffer | null;
  /** Where its bytes lie in the container, packed or not. */
  readonly span: Span;
  /** Its offset in the container of an offset in it; null where the bytes do not lie there as they are. */
  readonly sourceOf: (offset: number) => number | null;
  /** Its bytes. Throws `Broken` behind the last one that could be had. */
  readonly chunks: () => AsyncIterable<Buffer>;
  /** Whether `chunks` can be asked for more than once, and after the next member was taken. */
  readonly isRepeatable: boolean;
}

/** Why something in a container was not read, or not to its end. */
export type TroubleReason =
  | 'encrypted-container'
  | 'damaged-container'
  | 'unsupported-container'
  | 'container-over-limit';

/** Something in a container that could not be read; what follows it can. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly reason: TroubleReason;
  /** The member; null for the container itself. */
  readonly name: Buffer | null;
}

export type Item = Member | Trouble;

/** Bytes break off here. */
export class Broken extends Error {
  readonly reason: TroubleReason;

  constructor(reason: TroubleReason) {
    super(reason);
    this.name = 'Broken';
    this.reason = reason;
  }
}

export function trouble(reason: TroubleReason, name: Buffer | null = null): Trouble {
  return { kind: 'trouble', reason, name };
}

/** For bytes that lie in the container as they are. */
export function storedAt(at: number): Member['sourceOf'] {
  return (offset) => at + offset;
}

export function nowhere(): null {
  return null;
}
