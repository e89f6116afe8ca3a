import type { Skipped } from '../model/coverage.ts';
import type { Fragment } from '../model/fragment.ts';
import type { History, Source } from './source.ts';

export interface BuildParts {
  readonly tree: Source;
  readonly commits: Source & { readonly history: History };
  /** What was there before; null where nothing was. */
  readonly base: History['base'] | null;
}

/** The tree of HEAD and the commits of a build, as one: what both hold is told once. */
export function openBuildSource({ tree, commits, base }: BuildParts): Source {
  return {
    scope: { ...commits.scope, files: tree.expected },
    get expected() {
      return tree.expected + commits.expected;
    },
    get skipped() {
      return together([...tree.skipped, ...commits.skipped]);
    },
    fragments: async function* (): AsyncGenerator<Fragment, void, undefined> {
      yield* tree.fragments();
      yield* commits.fragments();
    },
    before: null,
    ...(tree.places === undefined ? {} : { places: tree.places }),
    history: { ...commits.history, ...(base == null ? {} : { base }) },
  };
}

/** The same source under another name; what it leaves out is known when it is read. */
export function namedSource(source: Source, detail: string): Source {
  return {
    scope: { ...source.scope, detail },
    get expected() {
      return source.expected;
    },
    get skipped() {
      return source.skipped;
    },
    fragments: () => source.fragments(),
    before: source.before,
    ...(source.places === undefined ? {} : { places: source.places }),
    ...(source.history === undefined ? {} : { history: source.history }),
  };
}

/** A submodule stands in the tree and in a commit: the greater of the two numbers is how many there are. */
function together(skipped: readonly Skipped[]): readonly Skipped[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of skipped) counts.set(reason, Math.max(count, counts.get(reason) ?? 0));
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
