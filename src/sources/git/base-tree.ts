import type { Fragment, RawPath } from '../../model/fragment.ts';
import { rawPathFrom } from '../../model/fragment.ts';
import { nameFragments } from '../names.ts';
import type { Source, SourceOptions } from '../source.ts';
import { windowsOfBlob } from './blobs.ts';
import { readObjects } from './objects.ts';
import { splitAtNul } from './raw-diff.ts';
import type { Git } from './run.ts';
import { runGit } from './run.ts';

/**
 * What these commits held, as far as it can answer whether a secret was there before: the files that `now` has
 * otherwise, and those at `paths`, at which something was found. The others were read with `now` and hold nothing.
 */
export async function openBaseTree(
  git: Git,
  commits: readonly string[],
  now: string,
  paths: ReadonlySet<RawPath>,
  options: SourceOptions,
): Promise<Source> {
  const current = await filesOf(git, now);
  const places = new Map<string, RawPath[]>();
  for (const commit of commits) {
    for (const [path, oid] of await filesOf(git, commit)) {
      if (current.get(path) === oid && !paths.has(path)) continue;
      const known = places.get(oid) ?? [];
      if (!known.includes(path)) places.set(oid, [...known, path]);
    }
  }
  return {
    scope: { kind: 'tree', detail: 'what was there before' },
    expected: places.size,
    skipped: [],
    before: null,
    fragments: async function* (): AsyncGenerator<Fragment, void, undefined> {
      yield* nameFragments([...places.values()].flat());
      for await (const answer of readObjects(git, places.keys())) {
        const here = places.get(answer.oid) ?? [];
        yield {
          provenance: { kind: 'file', places: here },
          countsAs: 1,
          windows: () => windowsOfBlob(answer, here, options),
        };
      }
    },
  };
}

async function filesOf(git: Git, commit: string): Promise<ReadonlyMap<RawPath, string>> {
  const { stdout } = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const files = new Map<RawPath, string>();
  for (const entry of splitAtNul(stdout)) {
    const tab = entry.indexOf('\t');
    const [, type, oid = ''] = entry.subarray(0, tab).toString('latin1').split(' ');
    if (type === 'blob') files.set(rawPathFrom(entry.subarray(tab + 1)), oid);
  }
  return files;
}
