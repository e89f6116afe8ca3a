import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { openPorcelain } from '../sources/git/porcelain.ts';
import { applyEdits } from './apply-edits.ts';
import type { CopyEdit, Edit, HookEdit, TextEdit } from './edits.ts';
import type { ScriptParts } from './find-programs.ts';
import { isThere } from './hook-file.ts';
import type { HookName } from './hook-names.ts';
import { chooseManager } from './managers/choose.ts';
import type { ManagerName, Order } from './managers/manager.ts';
import { findRepository, type HookedRepository, noWorkTree, packageFolder, sharedBin } from './repository.ts';

export interface InstallOptions {
  readonly hooks: readonly HookName[];
  /** Null: the one that rules here. */
  readonly manager: ManagerName | null;
  /** What a commit meets when node or keyguard is gone. */
  readonly ifMissing: 'block' | 'warn';
  /** Look and say, write nothing. */
  readonly dryRun: boolean;
  /** Absolute path of `bin/keyguard.js` that runs now. */
  readonly keyguardBin: string;
}

export interface InstallResult {
  readonly manager: ManagerName | 'global';
  /** What shows that this one keeps the hooks, as a part of a sentence. */
  readonly found: string;
  readonly dryRun: boolean;
  readonly ifMissing: 'block' | 'warn';
  readonly node: string;
  readonly keyguardBin: string;
  readonly edits: readonly Edit[];
  /** Files of the working tree that are to be committed, from its top. */
  readonly shared: readonly string[];
  readonly notes: readonly string[];
}

/** Throws `KeyguardError` without having written anything where git would not run the hook, or somebody's would be lost. */
export async function installHooks(host: Host, options: InstallOptions): Promise<InstallResult> {
  const { keyguardBin, ifMissing, dryRun, hooks } = options;
  if (!existsSync(keyguardBin)) {
    throw new KeyguardError(
      'install',
      `Nothing was installed: ${keyguardBin}, which the hook would run, does not exist.`,
    );
  }
  const git = openPorcelain(host);
  const repository = await findRepository(host, git);
  demandFitting(hooks, repository, host.cwd);
  const copy = copyFor(keyguardBin, repository);
  const order: Order = {
    repository,
    hooks,
    parts: scriptParts(host, options, repository, copy),
    sharedBin: sharedBin(repository, keyguardBin),
    isWindows: host.platform === 'win32',
  };
  const { manager, found } = chooseManager(order, options.manager);
  const { edits: planned, notes: said } = await manager.plan(order);
  const edits = copy === null ? planned : [copy, ...planned];
  const notes = copy === null ? said : [...said, COPIED];
  if (!dryRun) await applyEdits(repository.commonDir, edits, git);
  const shared = edits.filter(isShared).flatMap((edit) => sharedPath(repository, edit));
  return {
    manager: manager.name,
    found,
    dryRun,
    ifMissing,
    node: host.execPath,
    keyguardBin: order.parts.bin,
    edits,
    shared,
    notes,
  };
}

/** With `/` as separator, which sh and git of Windows understand as well. */
export function slashed(host: Host, path: string): string {
  return host.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function scriptParts(
  host: Host,
  options: InstallOptions,
  repository: HookedRepository,
  copy: CopyEdit | null,
): ScriptParts {
  const bin = copy === null ? options.keyguardBin : join(copy.path, 'bin', 'keyguard.js');
  return {
    ifMissing: options.ifMissing,
    node: slashed(host, host.execPath),
    bin: slashed(host, bin),
    folder: copy === null ? packageFolder(repository, options.keyguardBin) : repository.folder,
  };
}

/** A server receives, a working tree commits and pushes. */
function demandFitting(hooks: readonly HookName[], { isBare, commonDir }: HookedRepository, cwd: string): void {
  if (isBare && hooks.some((name) => name !== 'pre-receive')) throw noWorkTree(cwd);
  if (isBare || !hooks.includes('pre-receive')) return;
  throw new KeyguardError(
    'install',
    `Nothing was installed: ${commonDir} has a working tree; pre-receive is for the bare repository that others push to.`,
  );
}

const COPIED =
  'Yarn keeps keyguard in an archive that node cannot read, so the hooks run a copy: run keyguard install in "postinstall", and each update reaches them.';

/** Yarn keeps packages in archives, which its own loader reads; the hook starts node alone. */
function copyFor(keyguardBin: string, { commonDir }: HookedRepository): CopyEdit | null {
  if (!/\.zip[\\/]|[\\/]__virtual__[\\/]/u.test(keyguardBin)) return null;
  const from = dirname(dirname(keyguardBin));
  const hook = readdirSync(join(from, 'dist', 'hook')).map((name) => join('dist', 'hook', name));
  const files = ['package.json', join('bin', 'package.json'), join('bin', 'keyguard.js'), ...hook];
  const path = join(commonDir, 'keyguard', 'package');
  const isSame = files.every((file) => isThere(join(path, file)) && hasSameBytes(join(from, file), join(path, file)));
  return { kind: 'copy', from, path, files, done: isSame ? 'unchanged' : 'created' };
}

function hasSameBytes(one: string, other: string): boolean {
  return readFileSync(one).equals(readFileSync(other));
}

function isShared(edit: Edit): edit is HookEdit | TextEdit {
  return edit.kind === 'text' ? edit.hooks.length > 0 : edit.kind === 'hook' && edit.isShared === true;
}

function sharedPath({ top, commonDir }: HookedRepository, { path }: HookEdit | TextEdit): readonly string[] {
  const way = relative(top, path);
  const isOutside = way.startsWith('..') || isAbsolute(way);
  return isOutside || !relative(commonDir, path).startsWith('..') ? [] : [way];
}
