import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Fragment } from '../model/fragment.ts';
import type { Source, SourceOptions } from './source.ts';
import { windowsOf } from './windows.ts';

/** What comes in on stdin, up to its end. `name` is the file that an editor says it is. */
export function openStdinSource(host: Host, name: string | null, options: SourceOptions): Source {
  const fragment: Fragment = {
    provenance: { kind: 'stdin', name },
    countsAs: 1,
    windows: () => windowsOf(chunksFrom(host.stdin), options.overlap),
  };
  return {
    scope: { kind: 'stdin', detail: name === null ? 'standard input' : `standard input, as ${name}` },
    expected: 1,
    skipped: [],
    fragments: async function* () {
      yield fragment;
    },
    before: null,
  };
}

async function* chunksFrom(stdin: NodeJS.ReadableStream): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of stdin) yield Buffer.from(chunk);
  } catch (error) {
    throw new KeyguardError('unread', 'Standard input broke off before its end; run the command again.', {
      cause: error,
    });
  }
}
