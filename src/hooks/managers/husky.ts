import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HOOK_NAMES, type HookName } from '../hook-names.ts';
import { readLatin1 } from '../apply-edits.ts';
import { type Edit, textEdit } from '../edits.ts';
import { readHook } from '../hook-file.ts';
import { ownHooks, runner } from '../own-hook.ts';
import { sharedHook } from '../shared-hook.ts';
import type { Manager, Order, Plan } from './manager.ts';

/**
 * husky 9 sets core.hooksPath to `.husky/_`, whose files hand `.husky/HOOK` to sh. husky 5 to 8 set it to `.husky`, and
 * each hook sources `_/husky.sh`. https://typicode.github.io/husky/
 */
export const husky: Manager = {
  name: 'husky',
  detect: ({ repository: { hooksPath, top, folder } }) => {
    if (hooksPath !== null) {
      return SHAPE.test(hooksPath.value) ? `husky keeps the hooks: core.hooksPath is ${hooksPath.value}` : null;
    }
    const found = [join(folder, '.husky'), '.husky'].find((path) => existsSync(join(top, path)));
    return found === undefined ? null : `husky keeps the hooks (${found})`;
  },
  sharedFiles: ({ top, folder, effectiveDir }) =>
    [join(top, folder, '.husky'), join(top, '.husky'), dirname(effectiveDir)].flatMap(hooksBelow),
  plan: async (order) => planHusky(order),
};

const SHAPE = /(?:^|[\\/])\.husky(?:[\\/]_)?[\\/]?$/u;

function planHusky(order: Order): Plan {
  const { hooksPath, effectiveDir, top, folder } = order.repository;
  if (hooksPath === null) return planUnused(order, huskyFolder(top, folder));
  const isNine = basename(effectiveDir) === '_';
  const shared = isNine ? dirname(effectiveDir) : effectiveDir;
  const edits = [...order.hooks.map((name) => sharedHook(shared, name, order, isNine ? 'sh' : 'git')), runner(order)];
  const missing = isNine ? order.hooks.filter((name) => !isHuskys(join(effectiveDir, name))) : [];
  if (missing.length === 0) return { edits, notes: [] };
  return { edits: [...edits, ...standIns(effectiveDir, missing, order)], notes: [notSetUp(missing)] };
}

function isHuskys(path: string): boolean {
  return readHook(path).kind === 'somebody-else';
}

/** A linked worktree shares core.hooksPath, and has no `.husky/_` until husky runs there: git would run nothing. */
function standIns(folder: string, hooks: readonly HookName[], order: Order): readonly Edit[] {
  const path = join(folder, '.gitignore');
  const before = readLatin1(path);
  // As husky does: its files belong to one machine.
  const ignoring = textEdit({ path, hooks: [], before, after: before ?? '*\n', mode: 0o644 });
  return [ignoring, ...ownHooks(folder, order, hooks)];
}

/** In a clone where husky did not run yet, git looks in `.git/hooks`; once it has run, in `.husky`. */
function planUnused(order: Order, shared: string): Plan {
  const edits = order.hooks.map((name) => sharedHook(shared, name, order, 'sh'));
  return {
    edits: [...edits, runner(order), ...ownHooks(order.repository.hooksDir, order)],
    notes: ['husky is not set up in this clone: until "npx husky" runs, keyguard is called from .git/hooks.'],
  };
}

function hooksBelow(folder: string): readonly string[] {
  return basename(folder) === '.husky' ? HOOK_NAMES.map((name) => join(folder, name)) : [];
}

function huskyFolder(top: string, folder: string): string {
  const below = join(top, folder, '.husky');
  return existsSync(below) ? below : join(top, '.husky');
}

function notSetUp(hooks: readonly HookName[]): string {
  return `WARNING: husky has not run in this worktree, so git runs none of its hooks here. keyguard stands in for ${hooks.join(', ')}; run "npx husky" for the rest.`;
}
