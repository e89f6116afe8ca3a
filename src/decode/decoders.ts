import { base64 } from './base64.ts';
import { CONCATENATION } from './concatenation.ts';
import type { Decoder } from './decoder.ts';
import { entity } from './entity.ts';
import { escape } from './escape.ts';
import { hex } from './hex.ts';
import { json } from './json.ts';
import { LINE_CONTINUATION } from './line-continuation.ts';
import { NOTEBOOK } from './notebook.ts';
import { percent } from './percent.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { wideText } from './wide-text.ts';
import { WRAPPED_LINES } from './wrapped-lines.ts';

/** Every way in which a text is read once more, in the order in which readings are tried. */
export const DECODERS: readonly Decoder[] = [
  base64,
  hex,
  percent,
  entity,
  json,
  escape,
  quotedPrintable,
  wideText,
  NOTEBOOK,
  CONCATENATION,
  LINE_CONTINUATION,
  WRAPPED_LINES,
];
