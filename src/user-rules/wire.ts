import type { DropReason } from '../model/verdict.ts';
import type { Fragment, Window } from '../model/fragment.ts';
import type { Rule } from '../model/rule.ts';
import { Secret } from '../model/secret.ts';
import type { Detection, FragmentRead } from '../read-fragment.ts';

/** What the thread is started with. */
export interface WorkerStart {
  readonly rules: readonly Rule[];
  /** Every rule: what the thread quotes is redacted by all of them. */
  readonly known: readonly Rule[];
  /** One number: the index of the rule that runs now, plus one. */
  readonly running: SharedArrayBuffer;
}

export type ToWorker =
  | {
      readonly kind: 'fragment';
      readonly about: Pick<Fragment, 'provenance' | 'countsAs' | 'inside'>;
      readonly most: number;
    }
  | { readonly kind: 'window'; readonly window: WireWindow }
  /** No window follows: the fragment ended, or its bytes broke off. */
  | { readonly kind: 'end' };

export type FromWorker = { readonly kind: 'next' } | { readonly kind: 'read'; readonly read: WireRead };

/** A `Buffer` arrives as a plain array of bytes. */
export type WireWindow = Omit<Window, 'bytes'> & { readonly bytes: Uint8Array };

export interface WireRead {
  readonly detections: readonly (Omit<Detection, 'secret'> & { readonly secret: string })[];
  readonly drops: ReadonlyMap<DropReason, number>;
}

/** A `Secret` does not survive the way between threads of one process. */
export function toWire({ detections, drops }: FragmentRead): WireRead {
  return { detections: detections.map((one) => ({ ...one, secret: one.secret.reveal() })), drops };
}

export function fromWire(detections: WireRead['detections']): readonly Detection[] {
  return detections.map((one) => ({ ...one, secret: new Secret(one.secret) }));
}

export function windowFromWire(window: WireWindow): Window {
  const { buffer, byteOffset, byteLength } = window.bytes;
  return { ...window, bytes: Buffer.from(buffer, byteOffset, byteLength) };
}
