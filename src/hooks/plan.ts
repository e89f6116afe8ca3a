import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { isThere, readHook } from './hook-file.ts';
import { type HookName, hookScript, previousName } from './hook-script.ts';
import { findManager, type ManagerFound, writerOf } from './managers.ts';
import { type HookedRepository, packageFolder, sharedCommand } from './repository.ts';

export interface InstallOptions {
  readonly hooks: readonly HookName[];
  /** What a commit meets when node or keyguard is gone. */
  readonly ifMissing: 'block' | 'warn';
  /** Look and say, write nothing. */
  readonly dryRun: boolean;
  /** Absolute path of `bin/keyguard.js` that runs now. */
  readonly keyguardBin: string;
}

export interface HookChange {
  readonly name: HookName;
  readonly path: string;
  /** `chained`: somebody's hook was there; it is kept as `previous` and runs first. */
  readonly done: 'created' | 'chained' | 'updated' | 'unchanged';
  /** Absolute; null where there is no earlier hook. */
  readonly previous: string | null;
}

export interface HookPlan {
  readonly change: HookChange;
  readonly text: string;
}

/** What an installation would do. Refuses where git would not run the hook, or somebody's would be lost. */
export function planHooks(host: Host, repository: HookedRepository, options: InstallOptions): readonly HookPlan[] {
  if (!existsSync(options.keyguardBin))
    throw refusal(`${options.keyguardBin}, which the hook would run, does not exist`);
  const command = sharedCommand(repository, options.keyguardBin);
  refuseFor(findManager(repository, command));
  demandFolder(repository.hooksDir);
  return options.hooks.map((name) => {
    const path = join(repository.hooksDir, name);
    const text = scriptFor(name, host, options, repository);
    return { text, change: { name, path, ...planHook(path, text, command, host) } };
  });
}

function scriptFor(name: HookName, host: Host, options: InstallOptions, repository: HookedRepository): string {
  const slashed = (path: string): string => (host.platform === 'win32' ? path.replaceAll('\\', '/') : path);
  return hookScript({
    name,
    ifMissing: options.ifMissing,
    node: slashed(host.execPath),
    bin: slashed(options.keyguardBin),
    folder: packageFolder(repository, options.keyguardBin),
  });
}

type Course = Pick<HookChange, 'done' | 'previous'>;

function planHook(path: string, text: string, command: string, host: Host): Course {
  const waiting = previousName(path);
  const hasWaiting = isThere(waiting);
  const file = readHook(path);
  if (file.kind === 'none')
    return hasWaiting ? { done: 'chained', previous: waiting } : { done: 'created', previous: null };
  if (file.kind === 'keyguard') {
    // Windows keeps no such bit, and its git does not ask for it.
    const canRun = file.canRun || host.platform === 'win32';
    return { done: file.text === text && canRun ? 'unchanged' : 'updated', previous: hasWaiting ? waiting : null };
  }
  if (file.kind === 'not-a-file') throw refusal(`${path} is no file, so git cannot run it: move it away`);
  if (file.kind === 'keyguard-edited') {
    throw refusal(`${path} was edited since keyguard wrote it: move your lines to ${waiting}, delete ${path}`);
  }
  refuseFor(writerOf(file.text, command));
  if (!hasWaiting) return { done: 'chained', previous: waiting };
  throw refusal(`${path} is not keyguard's, and ${waiting} still keeps the hook from before: remove one of the two`);
}

function demandFolder(hooksDir: string): void {
  const info = lstatSync(hooksDir, { throwIfNoEntry: false });
  if (info === undefined || info.isDirectory()) return;
  const what = info.isSymbolicLink() ? 'a symbolic link, so other repositories may use the same hooks' : 'no folder';
  throw refusal(`${hooksDir} is ${what}: move it away`);
}

function refuseFor(manager: ManagerFound | null): void {
  if (manager === null) return;
  throw new KeyguardError('install', `Nothing was installed: ${manager.found}. Instead, ${manager.remedy}`);
}

function refusal(reason: string): KeyguardError {
  return new KeyguardError('install', `Nothing was installed: ${reason}, then run "keyguard install" again.`);
}
