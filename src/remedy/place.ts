import type { Case } from './case.ts';
import { pathForCommand } from './safe-command.ts';

/** Where the key is, in a sentence. A name with unusual characters is not repeated: it stands above, escaped. */
export function placeOf({ finding, situation, say }: Case): string {
  const { kind, path, member } = finding.location;
  if (kind !== 'blob' || path === null) return say('place-above');
  if (pathForCommand(path, situation) === null) return say('file-above');
  if (member === undefined) return path;
  // What a command could not take of a file is not repeated of a member, either.
  return PLAIN.test(member) ? `${path} › ${member}` : path;
}

const PLAIN = /^[A-Za-z0-9_./ ›-]+$/u;
