import type { Host } from '../host.ts';
import { KeyguardError } from '../errors.ts';
import { openPorcelain } from '../sources/git/porcelain.ts';
import { findRepository, type HookedRepository } from './repository.ts';
import { planRemovals, type Places, type Removal } from './removals.ts';
import { removeWhole } from './remove.ts';
import { readState } from './state.ts';

export interface UninstallResult {
  /** Where keyguard was looked for. */
  readonly folder: string;
  readonly dryRun: boolean;
  /** Empty: keyguard was not installed. */
  readonly removals: readonly Removal[];
}

/**
 * Puts back what was there before `installHooks`. What somebody edited or replaced since stays, the rest is restored
 * all the same, and then it throws `KeyguardError('install')` that names what stayed.
 */
export async function uninstallHooks(host: Host, options: { readonly dryRun: boolean }): Promise<UninstallResult> {
  const git = openPorcelain(host);
  const repository = await findRepository(host, git);
  const { commonDir } = repository;
  return uninstallFrom(commonDir, placesOf(repository), git, options.dryRun);
}

/** `folder` keeps the state. */
export async function uninstallFrom(
  folder: string,
  places: Places,
  git: Parameters<typeof removeWhole>[2],
  dryRun: boolean,
): Promise<UninstallResult> {
  const state = readState(folder);
  const { removals, left } = await planRemovals(state, places, git);
  if (!dryRun) await removeWhole({ folder, state, left }, removals, git);
  if (left.length > 0) throw new KeyguardError('install', left.map(({ why }) => why).join(' '));
  return { folder: places.hookFolders[0] ?? folder, dryRun, removals };
}

/** A hooks path of the whole machine is not this repository's. */
function placesOf({ hooksDir, effectiveDir, hooksPath, ...rest }: HookedRepository): Places {
  const isOwn = hooksPath !== null && (hooksPath.scope === 'local' || hooksPath.scope === 'worktree');
  const hookFolders = isOwn && effectiveDir !== hooksDir ? [hooksDir, effectiveDir] : [hooksDir];
  return { hookFolders, repository: { hooksDir, effectiveDir, hooksPath, ...rest } };
}
