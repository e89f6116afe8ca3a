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

/** Where in a container a fragment lies; its provenance is that of the file around it. */
export interface Inside {
  /** The names on the way to it in bytes, the outermost first. A gzip has no name for what is in it. */
  readonly names: readonly Uint8Array[];
  /** The containers that were opened for it, the outermost first. */
  readonly opened: readonly string[];
}

export interface Fragment {
  readonly provenance: Provenance;
  /** Absent for what lies in no container. */
  readonly inside?: Inside;
  /** How many of the source's `expected` files this is: one per place; 0 for the text of a file name. */
  readonly countsAs: number;
  /** Throws `KeyguardError` when the bytes cannot be had whole; the scan then counts the fragment as not read. */
  windows(): AsyncIterable<Window>;
  /** The same bytes from their beginning, in pieces; absent where they pass only once. */
  readonly again?: () => AsyncIterable<Buffer>;
}

export const WINDOW_BYTES = 1024 * 1024;

/** What names the place of a fragment, also within a container: the same for the same file wherever keyguard reads it. */
export function subjectOf(path: RawPath | null, { inside }: Pick<Fragment, 'inside'>): string {
  return [path ?? '', ...(inside?.names ?? []).map((name) => Buffer.from(name).toString('latin1'))].join('\0');
}
