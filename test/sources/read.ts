import { KeyguardError } from '../../src/errors.ts';
import type { Fragment } from '../../src/model/fragment.ts';
import { beginHeadDiff } from '../../src/sources/git/diff-index.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { openStagedSource } from '../../src/sources/git/staged.ts';
import type { Source } from '../../src/sources/source.ts';
import { testHost } from './host.ts';

export interface ReadSource {
  /** path (latin1) → content (latin1); a file that is at two paths stands twice. */
  readonly files: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  /** Messages of the fragments that could not be read. */
  readonly unread: readonly string[];
  readonly counted: number;
  readonly fragments: number;
}

/** Reads a source as the scan does: window by window, an unread fragment does not end it. */
export async function readSource(source: Source): Promise<ReadSource> {
  const files: Record<string, string> = {};
  const names: string[] = [];
  const unread: string[] = [];
  let counted = 0;
  let fragments = 0;
  for await (const fragment of source.fragments()) {
    fragments += 1;
    try {
      const content = await contentOf(fragment);
      counted += fragment.countsAs;
      if (fragment.provenance.kind === 'path') names.push(content);
      else for (const place of placesOf(fragment)) files[place] = content;
    } catch (error) {
      if (!(error instanceof KeyguardError) || error.code !== 'unread') throw error;
      unread.push(error.message);
    }
  }
  return { files, names, unread, counted, fragments };
}

/** The bytes as the owned parts of the windows give them. */
export async function contentOf(fragment: Fragment): Promise<string> {
  const parts: string[] = [];
  for await (const window of fragment.windows())
    parts.push(window.bytes.subarray(window.ownStart, window.ownEnd).toString('latin1'));
  return parts.join('');
}

export async function openStaged(dir: string, env: Readonly<Record<string, string | undefined>> = {}): Promise<Source> {
  const host = testHost(dir, env);
  const headDiff = beginHeadDiff(host);
  const repository = await openRepository(host);
  if (repository === null) throw new Error('not a repository');
  return openStagedSource(repository, { overlap: 1024, headDiff });
}

/** What the staged source of a repository holds, path → content. */
export async function stagedFiles(
  dir: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Readonly<Record<string, string>>> {
  const source = await openStaged(dir, env);
  const read = await readSource(source);
  if (read.counted !== source.expected) throw new Error(`expected ${source.expected}, read ${read.counted}`);
  return read.files;
}

function placesOf(fragment: Fragment): readonly string[] {
  if (fragment.provenance.kind === 'stdin') return [fragment.provenance.name ?? '-'];
  return 'places' in fragment.provenance ? fragment.provenance.places : [];
}
