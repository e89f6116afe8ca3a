import type { Decoder } from './decoder.ts';

/** Every way in which a text is read once more, in the order in which readings are tried. */
export const DECODERS: readonly Decoder[] = [];
