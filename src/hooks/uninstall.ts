import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { isThere, readHook } from './hook-file.ts';
import { type HookName, previousName } from './hook-script.ts';
import { INSTALLED_HOOKS } from './install.ts';
import { findRepository } from './repository.ts';
import { readState, removeIfEmpty, removeState, writeState } from './state.ts';

export interface HookRemoval {
  readonly name: HookName;
  readonly path: string;
  /** `restored`: the hook from before stands in its place again. */
  readonly done: 'removed' | 'restored';
}

export interface UninstallResult {
  readonly hooksDir: string;
  readonly dryRun: boolean;
  /** Empty: keyguard was not installed. */
  readonly hooks: readonly HookRemoval[];
}

/**
 * Puts back what was there before `installHooks`. A hook that somebody edited or replaced since stays, the others are
 * restored all the same, and then it throws `KeyguardError('install')` that names what stayed.
 */
export async function uninstallHooks(host: Host, options: { readonly dryRun: boolean }): Promise<UninstallResult> {
  const { commonDir, hooksDir } = await findRepository(host);
  const state = readState(commonDir);
  const hooks: HookRemoval[] = [];
  const left: string[] = [];
  for (const name of INSTALLED_HOOKS) {
    const path = join(hooksDir, name);
    const done = planRemoval(path, state.hooks.includes(name));
    if (done === 'left') left.push(name);
    else if (done !== 'nothing') hooks.push({ name, path, done });
  }

  if (!options.dryRun) {
    for (const { path, done } of hooks) {
      if (done === 'restored') renameSync(previousName(path), path);
      else rmSync(path);
    }
    if (left.length > 0) writeState(commonDir, { ...state, hooks: left });
    else removeState(commonDir);
    if (state.madeHooksFolder) removeIfEmpty(hooksDir);
  }
  if (left.length > 0) throw new KeyguardError('install', whatStayed(hooksDir, left));
  return { hooksDir, dryRun: options.dryRun, hooks };
}

function planRemoval(path: string, wasInstalled: boolean): HookRemoval['done'] | 'left' | 'nothing' {
  const hasPrevious = isThere(previousName(path));
  const { kind } = readHook(path);
  if (kind === 'none') return hasPrevious ? 'restored' : 'nothing';
  if (kind === 'keyguard') return hasPrevious ? 'restored' : 'removed';
  return kind === 'keyguard-edited' || wasInstalled || hasPrevious ? 'left' : 'nothing';
}

function whatStayed(hooksDir: string, left: readonly string[]): string {
  const waiting = left.map((name) => previousName(join(hooksDir, name))).filter(isThere);
  const back = waiting.length === 0 ? '' : `, and rename ${waiting.join(' and ')} back to it`;
  return (
    `${left.map((name) => join(hooksDir, name)).join(' and ')} was edited since keyguard wrote it and stays as it is: ` +
    `take what you need from it, delete it${back}.`
  );
}
