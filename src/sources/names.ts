import type { Fragment, RawPath } from '../model/fragment.ts';
import { bytesOfPath } from '../model/fragment.ts';
import { oneWindow } from './windows.ts';

/** A file name can hold a key as well. Names come on top of the files that are counted. */
export function* nameFragments(paths: Iterable<RawPath>): Generator<Fragment, void, undefined> {
  for (const path of paths) {
    yield {
      provenance: { kind: 'path', places: [path] },
      countsAs: 0,
      windows: async function* () {
        yield oneWindow(bytesOfPath(path));
      },
    };
  }
}
