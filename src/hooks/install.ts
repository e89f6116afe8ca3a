import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { isThere, writeBeside } from './hook-file.ts';
import type { HookName } from './hook-script.ts';
import { type HookChange, type HookPlan, type InstallOptions, planHooks } from './plan.ts';
import { findRepository, type HookedRepository } from './repository.ts';
import { readState, writeState } from './state.ts';

/** A merge that commits by itself runs pre-merge-commit and not pre-commit, so one without the other is half a gate. */
export const INSTALLED_HOOKS: readonly HookName[] = ['pre-commit', 'pre-merge-commit'];

export interface InstallResult {
  readonly hooksDir: string;
  readonly dryRun: boolean;
  readonly ifMissing: 'block' | 'warn';
  readonly node: string;
  readonly keyguardBin: string;
  readonly hooks: readonly HookChange[];
}

/** Throws `KeyguardError` without having written anything where git would not run the hook, or somebody's would be lost. */
export async function installHooks(host: Host, options: InstallOptions): Promise<InstallResult> {
  const repository = await findRepository(host);
  const plans = planHooks(host, repository, options);
  const { ifMissing, dryRun, keyguardBin } = options;
  if (!dryRun && plans.some(({ change }) => change.done !== 'unchanged')) write(repository, plans);
  const hooks = plans.map(({ change }) => change);
  return { hooksDir: repository.hooksDir, dryRun, ifMissing, node: host.execPath, keyguardBin, hooks };
}

function write({ commonDir, hooksDir }: HookedRepository, plans: readonly HookPlan[]): void {
  const changed = plans.filter(({ change }) => change.done !== 'unchanged');
  const written = new Map<HookChange, string>();
  try {
    const before = readState(commonDir);
    const madeHooksFolder = mkdirSync(hooksDir, { recursive: true }) !== undefined || before.madeHooksFolder;
    for (const { change, text } of changed) written.set(change, writeBeside(change.path, text, 0o755));
    const hooks = new Set([...before.hooks, ...plans.map(({ change }) => change.name)]);
    writeState(commonDir, { hooks: [...hooks].toSorted(), madeHooksFolder });
    for (const [{ path, previous }, beside] of written) {
      // A rename keeps bytes, mode, date and link of the earlier hook.
      if (previous !== null && !isThere(previous)) renameSync(path, previous);
      renameSync(beside, path);
    }
  } catch (cause) {
    for (const beside of written.values()) rmSync(beside, { force: true });
    if (cause instanceof KeyguardError) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new KeyguardError('install', `The hooks could not be written to ${hooksDir}: ${words}.`, { cause });
  }
}
