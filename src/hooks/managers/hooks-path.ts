import { isAbsolute, join, relative, resolve } from 'node:path';
import { KeyguardError } from '../../errors.ts';
import { readHook } from '../hook-file.ts';
import { HOOK_NAMES } from '../hook-names.ts';
import { ownHooks, runner } from '../own-hook.ts';
import { sharedHook } from '../shared-hook.ts';
import { git, unset } from './git.ts';
import type { Manager, Order, Plan } from './manager.ts';

/** A folder that `core.hooksPath` names. */
export const hooksPath: Manager = {
  name: 'hooks-path',
  detect: ({ repository }) => {
    if (repository.hooksPath === null) return null;
    const { value, scope, origin } = repository.hooksPath;
    return `core.hooksPath is ${value === '' ? 'empty' : value} (${scope} configuration, ${origin})`;
  },
  sharedFiles: ({ effectiveDir, hooksPath: setting }) =>
    setting?.scope === 'local' || setting?.scope === 'worktree'
      ? HOOK_NAMES.map((name) => join(effectiveDir, name))
      : [],
  plan: planHooksPath,
};

async function planHooksPath(order: Order): Promise<Plan> {
  const { hooksPath: setting, hooksDir, effectiveDir, top, commonDir } = order.repository;
  if (setting === null) {
    throw new KeyguardError('install', 'Nothing was installed: core.hooksPath is not set here; leave --manager out.');
  }
  if (setting.value === '' || resolve(top, setting.value) === hooksDir) return git.plan(order);
  if (setting.scope !== 'local' && setting.scope !== 'worktree') {
    if (order.hooks.every((name) => readHook(join(effectiveDir, name)).kind === 'keyguard')) return COVERED;
    throw outside(order);
  }
  const isShared = isBelow(top, effectiveDir) && !isBelow(commonDir, effectiveDir);
  if (!isShared) return { edits: ownHooks(effectiveDir, order), notes: [] };
  const hooks = order.hooks.map((name) => sharedHook(effectiveDir, name, order, 'git'));
  return { edits: [...hooks, runner(order)], notes: [] };
}

const COVERED: Plan = { edits: [], notes: ['"keyguard install --global" covers this repository already.'] };

/** A hook there would be a hook of every repository, or of every user of the machine. */
function outside({ repository: { hooksPath: setting, gitVersion } }: Order): KeyguardError {
  const { value = '', scope = '', origin = '' } = setting ?? {};
  const [major = 0, minor = 0] = gitVersion;
  const config =
    major > 2 || (major === 2 && minor >= 54) ? ' For this one only: "keyguard install --manager git-config".' : '';
  const remedy =
    scope === 'global'
      ? `For all your repositories, run "keyguard install --global".${config}`
      : scope === 'system'
        ? `For all your repositories, run "keyguard install --global", which goes before it.${config}`
        : unset(scope);
  return new KeyguardError(
    'install',
    `Nothing was installed: core.hooksPath is ${value} (${scope} configuration, ${origin}), so git runs no hook of this repository. ${remedy}`,
  );
}

function isBelow(top: string, folder: string): boolean {
  const way = relative(top, folder);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
