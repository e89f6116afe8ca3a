import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { RawPath } from '../model/fragment.ts';
import { bytesOfPath } from '../model/fragment.ts';
import type { ListedEntry } from './entry.ts';
import { sourceOfEntries } from './files.ts';
import { givenEntry } from './given-path.ts';
import type { Source, SourceOptions } from './source.ts';

/**
 * The files of a list (`--files-from`), each once; places are relative to `top`. One that does not exist, or that is a
 * folder, is `KeyguardError('usage')`: a list that is wrong in one line may be wrong in all.
 */
export function openFilesSource(host: Host, top: string, files: readonly RawPath[], options: SourceOptions): Source {
  const entries = new Map<string, ListedEntry>();
  for (const file of files) {
    const entry = givenEntry(host, top, file);
    if (entry.kind === 'folder')
      throw new KeyguardError('usage', `${bytesOfPath(file).toString('utf8')} is a folder; list the files in it.`);
    entries.set(entry.place, entry);
  }
  return sourceOfEntries({ kind: 'files', detail: `a list of ${entries.size} files` }, [...entries.values()], options);
}
