import type { Shown } from '../model/finding.ts';
import { rawPathFrom } from '../model/fragment.ts';
import type { Sink } from './sink.ts';

/** Longer than any path that a system takes: a name that only a hostile archive has. */
export const LONGEST_NAME = 4096;

/** "inner.zip › config/.env". A name is never cut, for a key in it would be cut as well. */
export function memberShown(names: readonly Uint8Array[], sink: Sink): Shown {
  const shown = names.map((name) =>
    name.length > LONGEST_NAME ? sink.text('[a very long name]') : sink.path(rawPathFrom(name)),
  );
  return shown.join(' › ') as Shown;
}
