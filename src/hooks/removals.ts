import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Porcelain } from '../sources/git/porcelain.ts';
import { readLatin1 } from './apply-edits.ts';
import { isThere, readHook } from './hook-file.ts';
import { HOOK_NAMES } from './hook-names.ts';
import { previousName } from './hook-script.ts';
import { MANAGERS } from './managers/choose.ts';
import type { HookedRepository } from './repository.ts';
import { takeOutOfText } from './shared-config.ts';
import { hashOf, type InstallState, type WrittenFile, type WrittenSetting } from './state.ts';

/** What an uninstallation does to one file or setting. */
export type Removal =
  /** `restored`: the hook from before stands in its place again. */
  | { readonly kind: 'hook'; readonly path: string; readonly done: 'removed' | 'restored' }
  /** `to` is null where the file goes. */
  | { readonly kind: 'text'; readonly path: string; readonly done: 'removed' | 'restored'; readonly to: string | null }
  | { readonly kind: 'copy'; readonly path: string; readonly done: 'removed' }
  | {
      readonly kind: 'setting';
      readonly path: string;
      readonly done: 'removed' | 'restored';
      readonly setting: WrittenSetting;
    };

export interface Left {
  readonly path: string;
  /** A sentence with the way out. */
  readonly why: string;
}

export interface Places {
  readonly hookFolders: readonly string[];
  /** Null: a folder for all repositories. */
  readonly repository: HookedRepository | null;
}

interface Planned {
  readonly removals: readonly Removal[];
  readonly left: readonly Left[];
}

export async function planRemovals(state: InstallState, places: Places, git: Porcelain): Promise<Planned> {
  const known = new Map(state.files.map((file) => [file.path, file]));
  const plans: (Removal | Left | null)[] = [];
  for (const path of hookPaths(state, places)) plans.push(planHook(path, known.get(path)));
  const taken = new Set(plans.flatMap((plan) => (plan === null ? [] : [plan.path])));
  for (const path of textPaths(state, places)) {
    if (!taken.has(path)) plans.push(await planText(path, known.get(path)));
  }
  for (const { path, kind } of state.files) {
    if (kind === 'copy' && isThere(path)) plans.push({ kind: 'copy', path, done: 'removed' });
  }
  for (const setting of state.settings) plans.push(await planSetting(setting, git));
  const all = plans.filter((plan) => plan !== null);
  return { removals: all.filter((plan) => 'done' in plan), left: all.filter((plan) => 'why' in plan) };
}

/** lefthook and pre-commit put a hook that they find aside, under these names. */
const PUT_ASIDE = ['.old', '.legacy'];

function hookPaths({ files }: InstallState, { hookFolders, repository }: Places): ReadonlySet<string> {
  const names = HOOK_NAMES.flatMap((name) => [name, ...PUT_ASIDE.map((end) => name + end)]);
  const usual = hookFolders.flatMap((folder) => names.map((name) => join(folder, name)));
  const run = repository === null ? [] : [join(repository.commonDir, 'keyguard', 'run')];
  return new Set([...usual, ...run, ...files.filter(({ kind }) => kind === 'hook').map(({ path }) => path)]);
}

function textPaths({ files }: InstallState, { repository }: Places): ReadonlySet<string> {
  const usual = repository === null ? [] : MANAGERS.flatMap(({ sharedFiles }) => sharedFiles?.(repository) ?? []);
  return new Set([...files.filter(({ kind }) => kind === 'text').map(({ path }) => path), ...usual]);
}

function planHook(path: string, known: WrittenFile | undefined): Removal | Left | null {
  const previous = previousName(path);
  const hasPrevious = isThere(previous);
  const file = readHook(path);
  if (file.kind === 'keyguard') return { kind: 'hook', path, done: hasPrevious ? 'restored' : 'removed' };
  if (file.kind === 'none') return hasPrevious ? { kind: 'hook', path, done: 'restored' } : null;
  if (file.kind === 'keyguard-edited') return stays(path, hasPrevious);
  // Its manager wrote the same hook again.
  if (hasPrevious && isSame(path, previous)) return { kind: 'hook', path, done: 'restored' };
  const isOurs = known?.kind === 'hook' && file.kind === 'somebody-else' && file.text.includes('keyguard:hook');
  return hasPrevious || isOurs ? stays(path, hasPrevious) : null;
}

function stays(path: string, hasPrevious: boolean): Left {
  const back = hasPrevious ? `, and rename ${previousName(path)} back to it` : '';
  return {
    path,
    why: `${path} was edited since keyguard wrote it and stays as it is: take what you need from it, delete it${back}.`,
  };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [readHook(one), readHook(other)];
  return a.kind === 'somebody-else' && b.kind === 'somebody-else' && readFileSync(one).equals(readFileSync(other));
}

async function planText(path: string, known: WrittenFile | undefined): Promise<Removal | Left | null> {
  const now = readLatin1(path);
  if (now === null || readHook(path).kind === 'not-a-file') return null;
  if (known !== undefined && known.after === hashOf(now)) {
    const to = known.before === null ? null : Buffer.from(known.before, 'base64').toString('latin1');
    return { kind: 'text', path, to, done: to === null ? 'removed' : 'restored' };
  }
  const { text, isEdited } = await takeOutOfText(path, now);
  if (isEdited) {
    return {
      path,
      why: `What keyguard wrote into ${path} was edited and stays as it is: take the lines that name keyguard out.`,
    };
  }
  if (text === now) return null;
  const wasMade = known === undefined ? /^#!\/bin\/sh\s*$/u.test(text) : known.before === null && isEmptyScript(text);
  return { kind: 'text', path, to: wasMade ? null : text, done: wasMade ? 'removed' : 'restored' };
}

/** Nothing is left but what keyguard or simple-git-hooks begin a hook with. */
function isEmptyScript(text: string): boolean {
  const rest = text.replaceAll(/^if \[[^\n]*SIMPLE_GIT_HOOKS[^]*?\bfi$/gmu, '').replaceAll(/^\s*(?:#.*)?$/gmu, '');
  return rest.trim() === '';
}

async function planSetting(setting: WrittenSetting, git: Porcelain): Promise<Removal | Left | null> {
  const { key, before, after } = setting;
  const now = await git.setting(key.toLowerCase(), setting.scope);
  if (now === null) return null;
  if (now.value !== after)
    return { path: key, why: `${key} is ${now.value} now, which keyguard did not set, and stays.` };
  return { kind: 'setting', path: key, setting, done: before === null ? 'removed' : 'restored' };
}
