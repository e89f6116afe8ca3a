import { posix } from 'node:path';
import { type GitCall, gitCallOf, operandsOf, RUNS_HOOKS, skipsHooks } from './git-call.ts';
import type { GuardedPaths } from './guarded-paths.ts';
import type { Invocation } from './invocation.ts';
import { readCommand } from './read-command.ts';
import type { Refusal } from './refusal.ts';
import type { Word } from './shell-word.ts';

/** Plumbing that makes commits, moves branches or pushes, and runs no hook. */
const NO_HOOKS = new Set(['commit-tree', 'fast-import', 'send-pack', 'http-push']);

/** Why this call of git is not let through; null: nothing against it. `refuse` judges what an alias would run. */
export function refuseGit(
  { args, folder }: Invocation,
  guarded: GuardedPaths,
  refuse: (invocation: Invocation) => Refusal | null,
): Refusal | null {
  const call = gitCallOf(args);
  const at = call.folder === null ? folder : posix.resolve(folder, call.folder);
  if (call.config.some((setting) => isGuardedSetting(nameOfSetting(setting)))) return { kind: 'hooks-path' };
  const alias = refuseAlias(call, at, refuse);
  if (alias !== null) return alias;
  if (skipsHooks(call)) return { kind: 'no-verify', command: call.command };
  if (NO_HOOKS.has(call.command)) return { kind: 'plumbing', command: call.command };
  if (call.command === 'update-ref' && movesBranch(call.args)) return { kind: 'plumbing', command: 'update-ref' };
  if (call.command === 'config') return refuseConfig(call.args, at, refuse);
  if (call.command === 'rm' || call.command === 'mv') {
    const target = operandsOf(call.args).find((word) => guarded.holds(word, at));
    if (target !== undefined) return { kind: 'guarded-file', path: target.text };
  }
  return null;
}

export function runsHooks({ name, args }: Invocation): boolean {
  return name === 'git' && RUNS_HOOKS.has(gitCallOf(args).command);
}

function nameOfSetting(setting: string): string {
  return (setting.split('=', 1)[0] ?? '').replaceAll('\0', '');
}

/** What decides which hooks run; git compares section and key without case. `hook.NAME.…` are the hooks of git 2.54. */
export function isGuardedSetting(name: string): boolean {
  return /^(?:core\.hookspath|include\.path|includeif\..*\.path|hook\..*)$/iu.test(name);
}

/** `git -c alias.ci='commit -n' ci`, and `git config alias.ci '!git commit -n'`. */
function refuseAlias(
  { config, command, args }: GitCall,
  folder: string,
  refuse: (invocation: Invocation) => Refusal | null,
): Refusal | null {
  for (const setting of config) {
    const value = /^alias\.(?<name>[^=]*)=(?<value>[^]*)$/iu.exec(setting)?.groups;
    if (value?.['name']?.toLowerCase() !== command.toLowerCase()) continue;
    const refusal = refuseAliased(value['value'] ?? '', args, folder, refuse);
    if (refusal !== null) return refusal;
  }
  return null;
}

function refuseAliased(
  value: string,
  args: readonly Word[],
  folder: string,
  refuse: (invocation: Invocation) => Refusal | null,
): Refusal | null {
  const script = value.startsWith('!') ? value.slice(1) : `git ${value}`;
  const { invocations } = readCommand(script, folder);
  for (const [i, invocation] of invocations.entries()) {
    const isLast = i === invocations.length - 1;
    const refusal = refuse(isLast ? { ...invocation, args: [...invocation.args, ...args] } : invocation);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Branches and HEAD; what tools keep in `refs/notes` and the like is their own. */
function movesBranch(args: readonly Word[]): boolean {
  if (args.some(({ text }) => text === '--stdin')) return true;
  const [ref] = operandsOf(args, 'm');
  return ref !== undefined && (!ref.isExact || /^(?:HEAD|ORIG_HEAD|refs\/(?:heads|remotes)\/.*)$/u.test(ref.text));
}

const READS = new Set(['--get', '--get-all', '--get-regexp', '--get-urlmatch', '--list', '-l', 'get', 'list']);
const SECTIONS = new Set(['--remove-section', '--rename-section', 'remove-section', 'rename-section']);
const CHANGES = new Set(['--unset', '--unset-all', '--add', '--replace-all', 'set', 'unset']);

const TAKES_WORD = new Set(['--file', '--blob', '--type', '--default', '--comment', '--value', '--url']);

/** `--file PATH` as two words. */
function withoutValues(args: readonly Word[]): readonly Word[] {
  return args.filter((_, i) => !TAKES_WORD.has(args[i - 1]?.text ?? ''));
}

/** https://git-scm.com/docs/git-config: the old way with options, and since 2.46 with `get`, `set`, `unset`. */
function refuseConfig(
  args: readonly Word[],
  folder: string,
  refuse: (invocation: Invocation) => Refusal | null,
): Refusal | null {
  const texts = args.map(({ text }) => text);
  if (texts.some((text) => READS.has(text))) return null;
  if (texts.some((text) => text === '-e' || text === '--edit') || texts[0] === 'edit') return { kind: 'hooks-path' };
  const verb = ['set', 'unset', 'remove-section', 'rename-section'].includes(texts[0] ?? '') ? 1 : 0;
  const [name, value] = operandsOf(withoutValues(args), 'ft').slice(verb);
  if (name === undefined) return null;
  if (texts.some((text) => SECTIONS.has(text))) {
    return /^(?:core|include|includeif\..*|hook\..*)$/iu.test(name.text) || !name.isExact
      ? { kind: 'hooks-path' }
      : null;
  }
  const changes = value !== undefined || texts.some((text) => CHANGES.has(text));
  if (changes && isGuardedSetting(name.text)) return { kind: 'hooks-path' };
  if (value === undefined || !/^alias\./iu.test(name.text)) return null;
  return refuseAliased(value.text, [], folder, refuse);
}
