import { lstatSync, realpathSync, renameSync, rmSync } from 'node:fs';
import type { Porcelain } from '../sources/git/porcelain.ts';
import { isThere, writeBeside } from './hook-file.ts';
import { previousName } from './hook-script.ts';
import type { Left, Removal } from './removals.ts';
import { type InstallState, removeIfEmpty, removeState, writeState } from './state.ts';

interface Whole {
  /** Keeps the state. */
  readonly folder: string;
  readonly state: InstallState;
  readonly left: readonly Left[];
}

/** Does what `planRemovals` says; what is left stays in the state. */
export async function removeWhole(
  { folder, state, left }: Whole,
  removals: readonly Removal[],
  git: Porcelain,
): Promise<void> {
  for (const removal of removals) {
    if (removal.kind === 'setting')
      await git.configure(removal.setting.scope, removal.setting.key, removal.setting.before);
    else if (removal.kind === 'text') putBack(removal.path, removal.to);
    else if (removal.kind === 'copy') rmSync(removal.path, { recursive: true });
    else if (removal.done === 'restored') renameSync(previousName(removal.path), removal.path);
    else rmSync(removal.path);
  }
  const kept = new Set(left.map(({ path }) => path));
  const files = state.files.filter(({ path }) => kept.has(path));
  const settings = state.settings.filter(({ key }) => kept.has(key));
  if (kept.size > 0) writeState(folder, { ...state, files, settings });
  else removeState(folder);
  for (const made of state.folders.toReversed()) removeIfEmpty(made);
}

/** The link to a file stays, and its mode. */
function putBack(path: string, text: string | null): void {
  if (text === null) {
    rmSync(path);
    return;
  }
  const target = isThere(path) ? realpathSync(path) : path;
  renameSync(writeBeside(target, Buffer.from(text, 'latin1'), lstatSync(target).mode & 0o7777), target);
}
