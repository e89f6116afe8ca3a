declare const rawPathBrand: unique symbol;

/**
 * A path as git and the file system give it: its bytes, one per character (latin1), so that no name is lost and names
 * compare as bytes. Relative to the repository's top, forward slashes. Never shown: `report/display` decodes and escapes.
 */
export type RawPath = string & { readonly [rawPathBrand]: true };

export function rawPathFrom(bytes: Uint8Array): RawPath {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') as RawPath;
}

export function rawPathFromText(text: string): RawPath {
  return rawPathFrom(Buffer.from(text, 'utf8'));
}

export function bytesOfPath(path: RawPath): Buffer {
  return Buffer.from(path, 'latin1');
}

/** Who gave a fragment. `places` holds every path at which these bytes lie. */
export type Provenance =
  | { readonly kind: 'staged'; readonly places: readonly RawPath[]; readonly oid: string }
  | { readonly kind: 'file'; readonly places: readonly RawPath[] }
  | { readonly kind: 'stdin'; readonly name: string | null }
  /** The text of file names themselves, one path per fragment. */
  | { readonly kind: 'path'; readonly places: readonly RawPath[] }
  /** A blob of a history, at every path at which its commits record it. */
  | { readonly kind: 'object'; readonly places: readonly RawPath[]; readonly oid: string }
  /** What a commit says itself. `commit` is its index in the list of the source. */
  | { readonly kind: 'message' | 'author'; readonly commit: number }
  /** An annotated tag, what its object says; the name of a branch or tag; a message that is not recorded yet. */
  | { readonly kind: 'tag' | 'ref' | 'new-message' };

/**
 * A piece of a fragment, at most `WINDOW_BYTES` long. Neighbours overlap, so that every match lies whole, with its
 * context, in the window that owns its first byte.
 */
export interface Window {
  readonly bytes: Buffer;
  /** Offset of `bytes[0]` in the fragment. A multiple of four, so that wide encodings keep their phase. */
  readonly base: number;
  /** A match belongs to this window if it starts in `[ownStart, ownEnd)`, offsets in `bytes`. */
  readonly ownStart: number;
  readonly ownEnd: number;
  readonly last: boolean;
}

export interface Fragment {
  readonly provenance: Provenance;
  /** How many of the source's `expected` files this is: one per place; 0 for the text of a file name. */
  readonly countsAs: number;
  /** Throws `KeyguardError` when the bytes cannot be had whole; the scan then counts the fragment as not read. */
  windows(): AsyncIterable<Window>;
}

export const WINDOW_BYTES = 1024 * 1024;
