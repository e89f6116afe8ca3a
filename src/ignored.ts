import type { Fragment, RawPath } from './model/fragment.ts';
import type { Source } from './sources/source.ts';

/** A source whose ignored places are counted as they pass. They are read all the same: a high risk is never ignored. */
export interface CountedSource {
  readonly source: Source;
  /** Final once the fragments have ended. */
  readonly ignored: () => number;
  /** The same for files alone, where a source has other things beside them. */
  readonly ignoredFiles: () => number;
}

export function countIgnored(source: Source, isIgnored: (path: RawPath) => boolean): CountedSource {
  let ignored = 0;
  let files = 0;
  const fragments: Source['fragments'] = async function* () {
    for await (const fragment of source.fragments()) {
      const { provenance, countsAs } = fragment;
      if (countsAs > 0 && 'places' in provenance) {
        const count = countOf(provenance.places.filter(isIgnored).length, fragment);
        ignored += count;
        if (provenance.kind === 'file') files += count;
      }
      yield fragment;
    }
  };
  const counted: Source = {
    scope: source.scope,
    before: source.before,
    ...(source.history !== undefined && { history: source.history }),
    get expected() {
      return source.expected;
    },
    get skipped() {
      return source.skipped;
    },
    fragments,
  };
  return { source: counted, ignored: () => ignored, ignoredFiles: () => files };
}

/** An object of a history counts once, and is ignored only if every place at which it ever lay is. */
function countOf(ignored: number, { provenance, countsAs }: Fragment): number {
  if (provenance.kind !== 'object') return ignored;
  return ignored > 0 && ignored === provenance.places.length ? countsAs : 0;
}
