import type { Span } from './span.ts';

export type Encoding = 'bytes' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** One way to read a window: its bytes (latin1, so that offsets are byte offsets) or a decoding of them. */
export interface View {
  readonly text: string;
  /** Decodings passed on the way from the bytes, outermost first; empty for the bytes themselves. */
  readonly decoded: readonly string[];
  /** Matches that start in `[ownStart, ownEnd)` of `text` belong to this view. */
  readonly ownStart: number;
  readonly ownEnd: number;
  /** The bytes of the fragment that stand behind a span of `text`. */
  readonly toSource: (span: Span) => Span;
  /** Whether anything of a span of `text` was decoded: a view keeps what stands around it. Absent where all of it was. */
  readonly isDecoded?: (span: Span) => boolean;
  /** Its pieces stand beside each other and need not belong together: only what proves itself counts. */
  readonly isGuess?: true;
}
