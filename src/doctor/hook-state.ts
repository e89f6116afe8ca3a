// What git would run for a hook, whether it can, and whether keyguard is in it.
import { accessSync, constants, existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HookName } from '../hooks/hook-names.ts';
import { authorOf } from '../hooks/hook-script.ts';
import { MANAGERS } from '../hooks/managers/choose.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { hooksIn } from '../hooks/shared-line.ts';
import type { InstallState } from '../hooks/state.ts';
import { type ConfigHook, runsConfigHooks } from './config-hooks.ts';

/** Whether git can run the file, and what comes of it if not. */
export type Runs =
  | 'fine'
  /** No file: git goes on. */
  | 'none'
  | 'dangling'
  | 'not-executable'
  | 'empty'
  /** git fails, so every commit is stopped. */
  | 'folder'
  | 'windows-lines'
  | 'no-interpreter'
  | 'unreadable';

/** `wrapper`: a file of keyguard; `lines`: lines of keyguard in one that others share; `command`: somebody's own line; `config`: of a
 * manager; `setting`: of git. */
export type Presence = 'wrapper' | 'edited' | 'lines' | 'command' | 'config' | 'setting';

export interface HookState {
  readonly name: HookName;
  /** What git runs. */
  readonly path: string;
  /** What that runs in turn: the file of husky. */
  readonly runs: Runs;
  /** The file that cannot be run, or the last of the chain. */
  readonly at: string;
  readonly keyguard: { readonly how: Presence; readonly at: string } | null;
  /** Whether `keyguard install` wrote it once. */
  readonly isRecorded: boolean;
}

/** git runs what stands in its configuration, too, and before the file. */
export function withConfigHooks(
  state: HookState,
  hooks: readonly ConfigHook[],
  gitVersion: readonly number[],
): HookState {
  const hook = hooks.find(({ event, runsKeyguard }) => event === state.name && runsKeyguard);
  if (hook === undefined || !runsConfigHooks(gitVersion) || state.keyguard !== null) return state;
  const runs = state.runs === 'none' ? 'fine' : state.runs;
  return { ...state, runs, keyguard: { how: 'setting', at: hook.setting } };
}

export function stateOf(
  name: HookName,
  repository: HookedRepository,
  recorded: InstallState,
  isWindows: boolean,
): HookState {
  const path = join(repository.effectiveDir, name);
  const chain = [path, ...behind(path, repository)];
  const states = chain.map((file, i) => ({ file, runs: runsOf(file, isWindows, i === 0 ? 'git' : 'sh') }));
  const bad = states.find(({ runs }) => runs !== 'fine');
  const at = bad?.file ?? chain.at(-1) ?? path;
  const keyguard = bad === undefined || bad.runs === 'not-executable' ? presenceIn(name, chain, repository) : null;
  return { name, path, at, runs: bad?.runs ?? 'fine', keyguard, isRecorded: isRecorded(name, recorded) };
}

function isRecorded(name: HookName, { files }: InstallState): boolean {
  return files.some(({ path, kind }) => kind !== 'copy' && basename(path) === name);
}

/**
 * husky 9: git runs a stub in `.husky/_`, which hands the file above it to sh. In a worktree where husky did not run,
 * install puts a hook of keyguard there.
 */
function behind(path: string, { hooksPath }: HookedRepository): readonly string[] {
  const folder = dirname(path);
  const isHusky = hooksPath !== null && basename(folder) === '_' && basename(dirname(folder)) === '.husky';
  return isHusky && authorOf(textOf(path) ?? '') === 'somebody-else' ? [join(dirname(folder), basename(path))] : [];
}

function runsOf(path: string, isWindows: boolean, by: 'git' | 'sh'): Runs {
  if (infoOf(path, lstatSync) === null) return 'none';
  const info = infoOf(path, statSync);
  if (info === null) return 'dangling';
  if (!info.isFile()) return 'folder';
  if (by === 'git' && !isWindows && !mayRun(path)) return 'not-executable';
  const text = textOf(path);
  if (text === null) return 'unreadable';
  return runsOfText(text, isWindows, by);
}

function runsOfText(text: string, isWindows: boolean, by: 'git' | 'sh'): Runs {
  if (text.includes('\0')) return 'fine';
  if (!isWindows && /^#![^\n]*\r\n/u.test(text) && by === 'git') return 'windows-lines';
  if (/^(?:\s*(?:#.*)?)*$/u.test(text.replaceAll(/^[ \t]*#.*$/gmu, ''))) return 'empty';
  const interpreter = /^#![ \t]*(?<program>\/[^\s]+)/u.exec(text)?.groups?.['program'];
  if (interpreter === undefined || by === 'sh') return !isWindows && /[^#]\r\n/u.test(text) ? 'windows-lines' : 'fine';
  if (!isWindows && !existsSync(interpreter)) return 'no-interpreter';
  return !isWindows && interpreter.endsWith('sh') && /^(?!.*#).*\r\n/mu.test(text) ? 'windows-lines' : 'fine';
}

function presenceIn(name: HookName, chain: readonly string[], repository: HookedRepository): HookState['keyguard'] {
  for (const file of chain) {
    const text = textOf(file) ?? '';
    const how = presenceOf(name, text);
    if (how !== null) return { how, at: file };
    const manager = MANAGERS.find(({ mark }) => mark?.test(text) === true);
    // pre-commit runs what stood there before under this name; lefthook puts it aside and leaves it.
    const beside = manager?.name === 'pre-commit' ? [`${file}.legacy`] : [];
    for (const place of [...beside, ...(manager?.sharedFiles?.(repository) ?? [])]) {
      const config = textOf(place) ?? '';
      if (presenceOf(name, config) !== null || NAMED.test(config)) return { how: 'config', at: place };
    }
  }
  return null;
}

function presenceOf(name: HookName, text: string): Presence | null {
  const author = authorOf(text);
  const calls = text.includes(`"$bin" hook ${name}`) || hooksIn(text).includes(name);
  if (author === 'keyguard') return calls ? 'wrapper' : null;
  if (author === 'keyguard-edited') return 'edited';
  if (calls) return 'lines';
  return COMMAND.test(text) ? 'command' : null;
}

/** A line that is no comment and runs keyguard. */
const COMMAND = /^(?![ \t]*#).*\bkeyguard(?:\.js)?["']?[ \t]+(?:hook|scan)\b/mu;

/** A line of a configuration that is no comment and names it, as the address of the hooks that keyguard publishes. */
const NAMED = /^(?![ \t]*#)(?:.*[\s/'"])?keyguard\b/mu;

/** Null also where a folder on the way is a file. */
function infoOf(path: string, look: (path: string) => { isFile(): boolean }): { isFile(): boolean } | null {
  try {
    return look(path);
  } catch {
    return null;
  }
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** As latin1; null where it is no file that can be read. */
export function textOf(path: string): string | null {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'latin1') : null;
  } catch {
    return null;
  }
}
