import { join } from 'node:path';
import { KeyguardError } from '../../errors.ts';
import type { SettingEdit } from '../edits.ts';
import { quoted } from '../find-programs.ts';
import { runner } from '../own-hook.ts';
import type { Manager, Order, Plan } from './manager.ts';

/**
 * Hooks that stand in git's configuration, beside those in a folder: git 2.54 and newer runs them, an older one ignores
 * them without a word. https://git-scm.com/docs/git-hook
 */
export const gitConfig: Manager = {
  name: 'git-config',
  detect: () => null,
  plan: async (order) => planGitConfig(order),
};

function planGitConfig(order: Order): Plan {
  const { gitVersion, commonDir } = order.repository;
  const [major = 0, minor = 0] = gitVersion;
  if (major < 2 || (major === 2 && minor < 54)) {
    throw new KeyguardError(
      'install',
      `Nothing was installed: git ${gitVersion.join('.')} does not run the hooks of its configuration; 2.54 does. Leave --manager out.`,
    );
  }
  const run = order.isWindows
    ? join(commonDir, 'keyguard', 'run').replaceAll('\\', '/')
    : join(commonDir, 'keyguard', 'run');
  const settings = order.hooks.flatMap((name): readonly SettingEdit[] => [
    setting(`hook.keyguard-${name}.command`, `sh ${quoted(run)} ${name}`),
    setting(`hook.keyguard-${name}.event`, name),
  ]);
  return {
    edits: [runner(order), ...settings],
    notes: ['git runs these in addition to the hooks of a folder or manager; an older git ignores them.'],
  };
}

function setting(key: string, after: string): SettingEdit {
  return { kind: 'setting', scope: 'local', key, before: null, after, done: 'changed' };
}
