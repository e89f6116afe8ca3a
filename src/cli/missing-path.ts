import { readdirSync, statSync } from 'node:fs';
import { join, parse, resolve, sep } from 'node:path';
import { nearest } from '../config/suggest.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';

/** Throws `KeyguardError` (`usage`) with the nearest name when one of the paths leads nowhere. */
export function refuseMissingPaths(host: Host, paths: readonly string[]): void {
  const missing = paths.find((path) => isMissing(resolve(host.cwd, path)));
  if (missing === undefined) return;
  const near = nearestPath(resolve(host.cwd, missing));
  const hint = near === null ? 'check the path.' : `did you mean "${relativeAs(missing, near, host)}"?`;
  throw new KeyguardError('usage', `${missing} does not exist; ${hint}`);
}

/** A path that leads somewhere and cannot be followed is not missing: the scan says why it could not be read. */
function isMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** A folder with more entries is not searched to its end: a hint is not worth the wait. */
const MOST_NAMES = 1000;

/** The path with its first wrong name put right, and cut behind it when the rest does not exist there. */
function nearestPath(path: string): string | null {
  const { root } = parse(path);
  let folder = root;
  const names = path.slice(root.length).split(sep);
  for (const [index, name] of names.entries()) {
    const next = join(folder, name);
    if (!isMissing(next)) {
      folder = next;
      continue;
    }
    const near = nearest(name, namesIn(folder, name));
    if (near === null) return null;
    const whole = join(folder, near, ...names.slice(index + 1));
    return isMissing(whole) ? join(folder, near) : whole;
  }
  return null;
}

/** A link that leads nowhere is not its own remedy. */
function namesIn(folder: string, wrong: string): readonly string[] {
  try {
    return readdirSync(folder)
      .slice(0, MOST_NAMES)
      .filter((name) => name !== wrong && !isMissing(join(folder, name)));
  } catch {
    return [];
  }
}

/** As it was typed: absolute or from the current folder. */
function relativeAs(typed: string, path: string, host: Host): string {
  const start = resolve(host.cwd) + sep;
  return !typed.startsWith(sep) && path.startsWith(start) ? path.slice(start.length) : path;
}
