import type { Case } from './case.ts';
import { pathForCommand } from './safe-command.ts';

/** Where the key is, in a sentence. A name with unusual characters is not repeated: it stands above, escaped. */
export function placeOf({ finding, situation, say }: Case): string {
  const { kind, path } = finding.location;
  if (kind !== 'blob' || path === null) return say('place-above');
  return pathForCommand(path, situation) === null ? say('file-above') : path;
}
