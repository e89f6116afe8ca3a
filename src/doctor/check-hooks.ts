import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isThere } from '../hooks/hook-file.ts';
import { DEFAULT_HOOKS, HOOK_NAMES, type HookName } from '../hooks/hook-names.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { check, type Check, type CheckCode } from './check.ts';
import { type ConfigHook, runsConfigHooks } from './config-hooks.ts';
import { shellWord } from './speak.ts';
import { type HookState, type Runs, textOf } from './hook-state.ts';

/** Where git looks for hooks. */
export function checkHooksPath({ hooksPath, effectiveDir, hooksDir }: HookedRepository): readonly Check[] {
  if (hooksPath === null) return [check('hooks-folder', { folder: hooksDir })];
  const { value, scope, origin } = hooksPath;
  const facts = { folder: effectiveDir, value, scope, origin };
  if (value === '') return [check('hooks-path-empty', facts)];
  if (scope === 'command') return [check('hooks-path-in-command', facts)];
  if (!existsSync(effectiveDir)) {
    const command = isHuskys(value) ? 'npx husky' : 'keyguard install';
    return [check('hooks-path-missing', { ...facts, command })];
  }
  return [check(statSync(effectiveDir).isDirectory() ? 'hooks-path' : 'hooks-path-no-folder', facts)];
}

export function isHuskys(hooksPath: string): boolean {
  return /(?:^|[\\/])\.husky(?:[\\/]_)?[\\/]?$/u.test(hooksPath);
}

/** What git would run for each hook. */
export function checkHooks(states: readonly HookState[]): readonly Check[] {
  const hasAny = states.some(({ keyguard, runs }) => keyguard !== null && runs === 'fine');
  const installed = states.filter(({ keyguard }) => keyguard !== null).map(({ name }) => name);
  return states.map((state) => checkHook(state, hasAny, installed));
}

function checkHook(state: HookState, hasAny: boolean, installed: readonly HookName[]): Check {
  const { name, at, runs, keyguard, isRecorded } = state;
  const facts = { hook: name, path: at };
  const hooks = HOOK_NAMES.filter((one) => one === name || installed.includes(one)).join(',');
  // A hook that nobody asked for is no fault, as long as there is one.
  const isWanted = isRecorded || (hasAny ? name === 'pre-commit' : DEFAULT_HOOKS.includes(name));
  const optional = { ...facts, hooks, why: WITHOUT[name] };
  if (runs === 'none')
    return isWanted ? check(isRecorded ? 'hook-lost' : 'hook-absent', facts) : check('hook-optional', optional);
  if (runs === 'not-executable' && keyguard?.how === 'wrapper') return check('own-hook-not-executable', facts);
  const broken = BROKEN[runs];
  if (broken !== null) return check(broken, facts);
  if (keyguard === null) return isWanted ? check('hook-without-keyguard', facts) : check('hook-of-others', optional);
  if (keyguard.how === 'edited') return check('hook-edited', { ...facts, path: keyguard.at });
  return check('hook-checked', { hook: name, path: keyguard.at, how: HOW[keyguard.how] });
}

const BROKEN: Readonly<Record<Runs, CheckCode | null>> = {
  fine: null,
  none: null,
  dangling: 'hook-dangling',
  'not-executable': 'hook-not-executable',
  empty: 'hook-empty',
  folder: 'hook-folder',
  'windows-lines': 'hook-windows-lines',
  'no-interpreter': 'hook-no-interpreter',
  unreadable: 'hook-unreadable',
};

const HOW = {
  wrapper: '',
  edited: '',
  lines: ', in lines that install wrote',
  command: ', in a line that somebody wrote',
  config: ', which the hook follows',
  setting: ', a setting of git',
} as const;

const WITHOUT: Readonly<Record<HookName, string>> = {
  'pre-commit': 'commits are not checked',
  'pre-merge-commit': 'merges that commit by themselves are not checked',
  'commit-msg': 'messages are not checked before a push',
  'pre-push': 'what rebase, cherry-pick and --no-verify made is not checked before it leaves',
  'pre-receive': 'pushes to here are not checked',
};

/** What an older git passes over without a word. */
export function checkConfigHooks({ gitVersion }: HookedRepository, hooks: readonly ConfigHook[]): readonly Check[] {
  if (runsConfigHooks(gitVersion)) return [];
  return hooks
    .filter(({ runsKeyguard }) => runsKeyguard)
    .map(({ setting, event }) => check('config-hook-ignored', { setting, hook: event, version: gitVersion.join('.') }));
}

/** What is there and not run, because git looks elsewhere. */
export function checkShadows(repository: HookedRepository, states: readonly HookState[]): readonly Check[] {
  const { hooksPath, hooksDir, effectiveDir, top } = repository;
  const aside = states.filter(({ keyguard }) => keyguard === null).flatMap(({ path }) => putAside(path));
  if (hooksPath === null || hooksDir === effectiveDir) return aside;
  const isCovered = states.some(({ name, keyguard }) => name === 'pre-commit' && keyguard !== null);
  return [...aside, ...hiddenHooks(hooksDir, isCovered), ...hiddenFramework(top, isCovered)];
}

function putAside(path: string): readonly Check[] {
  const places = ['.old', '.legacy', '.keyguard-prev'].map((end) => path + end);
  return places
    .filter((place) => (textOf(place) ?? '').includes('# keyguard:hook v'))
    .map((place) => check('put-aside', { path: place }));
}

function hiddenHooks(folder: string, isCovered: boolean): readonly Check[] {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^[a-z-]+$/u.test(name) && isThere(join(folder, name)))
    : [];
  if (names.length === 0) return [];
  const own = names.filter((name) => (textOf(join(folder, name)) ?? '').includes('# keyguard:hook v'));
  if (own.length > 0 && !isCovered) return [check('shadowed-keyguard', { folder, hooks: own.join(', ') })];
  const others = names.filter((name) => !own.includes(name));
  if (others.length === 0) return [];
  const command = ['rm', ...others.map((name) => shellWord(join(folder, name)))].join(' ');
  return [check('shadowed-hooks', { folder, hooks: others.join(', '), command })];
}

function hiddenFramework(top: string, isCovered: boolean): readonly Check[] {
  const file = ['.pre-commit-config.yaml', '.pre-commit-config.yml', 'prek.toml'].find((name) =>
    existsSync(join(top, name)),
  );
  if (file === undefined) return [];
  const says = /^(?![ \t]*#).*\bkeyguard\b/mu.test(textOf(join(top, file)) ?? '');
  return [check(says && !isCovered ? 'shadowed-framework-keyguard' : 'shadowed-framework', { file })];
}
