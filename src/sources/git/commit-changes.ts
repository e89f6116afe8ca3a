import { KeyguardError } from '../../errors.ts';
import type { RawPath } from '../../model/fragment.ts';
import { rawPathFrom } from '../../model/fragment.ts';

/** One path that a commit records differently than its parents; for a merge, than every parent. */
export interface CommitChange {
  /** null where the commit took the file away. */
  readonly newOid: string | null;
  readonly newMode: string;
  /** What each parent has there, in their order; null where a parent has none. */
  readonly old: readonly { readonly mode: string; readonly oid: string | null }[];
  readonly path: RawPath;
}

/** A commit, or what it changed. A commit's changes follow it. */
export type DiffTreeEntry = { readonly commit: string } | CommitChange;

/** Git repeats a line that is no object id: the last one proves that everything before it was said. */
export const END_OF_COMMITS = 'end of commits';

/**
 * Reads `git diff-tree --stdin -z --raw`, however it is cut into chunks: a commit's id, then `:mode mode oid oid S` and a
 * path for each of its changes, with one more colon, mode and oid for each further parent. Throws on anything else.
 */
export class CommitChangeReader {
  #rest: Buffer = Buffer.alloc(0);
  #header: Omit<CommitChange, 'path'> | null = null;
  #isAtEnd = false;

  /** What is whole by now. */
  read(chunk: Buffer): readonly DiffTreeEntry[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const entries: DiffTreeEntry[] = [];
    let start = 0;
    for (let end = bytes.indexOf(0, start); end >= 0; end = bytes.indexOf(0, start)) {
      const entry = this.#field(bytes.subarray(start, end));
      if (entry !== null) entries.push(entry);
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    this.#readEnd();
    return entries;
  }

  /** Throws if anything is missing. */
  end(): void {
    if (!this.#isAtEnd) throw malformed();
  }

  #field(field: Buffer): DiffTreeEntry | null {
    if (this.#isAtEnd) throw malformed();
    if (this.#header !== null) {
      if (field.length === 0) throw malformed();
      const change = { ...this.#header, path: rawPathFrom(field) };
      this.#header = null;
      return change;
    }
    const text = field.toString('latin1');
    if (text.startsWith(':')) {
      this.#header = headerOf(text);
      return null;
    }
    if (!OID.test(text)) throw malformed();
    return { commit: text };
  }

  /** Repeated as it was written, with its line feed. */
  #readEnd(): void {
    if (this.#isAtEnd && this.#rest.length > 0) throw malformed();
    if (this.#header !== null || this.#rest.length !== END_OF_COMMITS.length + 1) return;
    if (this.#rest.toString('latin1') !== `${END_OF_COMMITS}\n`) return;
    this.#isAtEnd = true;
    this.#rest = Buffer.alloc(0);
  }
}

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;
const MODE = /^[0-7]{6}$/u;
const ABSENT = /^0+$/u;

function headerOf(text: string): Omit<CommitChange, 'path'> {
  const parents = text.search(/[^:]/u);
  const words = text.slice(parents).split(' ');
  const modes = words.slice(0, parents + 1);
  const oids = words.slice(parents + 1, 2 * parents + 2);
  const [status = ''] = words.slice(2 * parents + 2);
  const newMode = modes[parents];
  const newOid = oids[parents];
  const isWhole = words.length === 2 * parents + 3 && status.length === parents && /^[ADMT]+$/u.test(status);
  if (newMode === undefined || newOid === undefined || !isWhole) throw malformed();
  if (!modes.every((mode) => MODE.test(mode)) || !oids.every((oid) => OID.test(oid))) throw malformed();
  const old = modes.slice(0, parents).map((mode, i) => ({ mode, oid: orNull(oids[i] ?? '') }));
  return { newMode, newOid: orNull(newOid), old };
}

function orNull(oid: string): string | null {
  return ABSENT.test(oid) ? null : oid;
}

function malformed(): KeyguardError {
  return new KeyguardError(
    'git',
    'git diff-tree gave a list of changes that ends too early or cannot be read; run keyguard again.',
  );
}
