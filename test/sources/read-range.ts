import { KeyguardError } from '../../src/errors.ts';
import type { CommitSet } from '../../src/sources/git/list-commits.ts';
import { openRangeSource, type RangeSource } from '../../src/sources/git/range.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { testHost } from './host.ts';
import { contentOf } from './read.ts';

export interface ReadRange {
  readonly source: RangeSource;
  /** `path: content` of each blob, in the order in which they came in; several places are joined by a comma. */
  readonly blobs: readonly string[];
  readonly messages: readonly string[];
  readonly people: readonly string[];
  readonly tags: readonly string[];
  readonly refs: readonly string[];
  readonly names: readonly string[];
  readonly unread: readonly string[];
  readonly counted: number;
}

/** What `exclude..include` brings in, by names that git knows. */
export async function readRange(
  repo: TestRepo,
  include: readonly string[],
  exclude: readonly string[] = [],
  {
    env = {},
    others = [],
  }: { readonly env?: Readonly<Record<string, string>>; readonly others?: readonly string[] } = {},
): Promise<ReadRange> {
  const ids = (names: readonly string[]): readonly string[] => names.map((name) => repo.git('rev-parse', name).trim());
  return readCommits(repo, { include: ids(include), exclude: ids(exclude) }, env, ids(others));
}

export async function readCommits(
  repo: TestRepo,
  set: CommitSet,
  env: Readonly<Record<string, string>> = {},
  others: readonly string[] = [],
): Promise<ReadRange> {
  const repository = await openRepository(testHost(repo.dir, env), 'taken');
  if (repository === null) throw new Error('not a repository');
  const source = await openRangeSource(repository, { name: 'test', ...set, others }, { overlap: 1024 });
  const found = {
    blobs: new Array<string>(),
    messages: new Array<string>(),
    people: new Array<string>(),
    tags: new Array<string>(),
    refs: new Array<string>(),
    names: new Array<string>(),
    unread: new Array<string>(),
  };
  let counted = 0;
  for await (const fragment of source.fragments()) {
    const { provenance } = fragment;
    try {
      const content = await contentOf(fragment);
      counted += fragment.countsAs;
      if (provenance.kind === 'object') found.blobs.push(`${provenance.places.join(',')}: ${content}`);
      else if (provenance.kind === 'message') found.messages.push(content);
      else if (provenance.kind === 'author') found.people.push(content);
      else if (provenance.kind === 'tag') found.tags.push(content);
      else if (provenance.kind === 'ref') found.refs.push(content);
      else if (provenance.kind === 'path') found.names.push(content);
    } catch (error) {
      if (!(error instanceof KeyguardError) || error.code !== 'unread') throw error;
      found.unread.push(error.message);
    }
  }
  return { source, ...found, counted };
}
