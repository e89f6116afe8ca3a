import type { Fragment } from '../model/fragment.ts';
import type { Source, SourceOptions } from './source.ts';
import { windowsOf } from './windows.ts';

/** The message of a commit that is about to be made, as it will be recorded. */
export function openMessageSource(message: Buffer, options: SourceOptions): Source {
  const fragment: Fragment = {
    provenance: { kind: 'new-message' },
    countsAs: 1,
    windows: () => windowsOf(only(message), options.overlap),
  };
  return {
    scope: { kind: 'message', detail: 'the message of the commit that is being made' },
    expected: 1,
    skipped: [],
    before: null,
    fragments: async function* () {
      yield fragment;
    },
  };
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
