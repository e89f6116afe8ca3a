import type { Invocation, Setting } from './invocation.ts';
import type { Refusal } from './refusal.ts';
import { isGuardedSetting, runsHooks } from './refuse-git.ts';

/** Off for every commit that is made while they are set, also by a script that is called. */
const OFF: Readonly<Record<string, RegExp>> = {
  // https://typicode.github.io/husky/how-to.html#skipping-git-hooks
  HUSKY: /^0$/u,
  HUSKY_SKIP_HOOKS: /^(?!0?$|false$)/u,
  // https://lefthook.dev/usage/envs/LEFTHOOK/
  LEFTHOOK: /^(?:0|false)$/iu,
  LEFTHOOK_EXCLUDE: /./u,
  // https://github.com/toplenboren/simple-git-hooks#when-migrating-from-husky-git-hooks-are-not-running
  SKIP_SIMPLE_GIT_HOOKS: /^1$/u,
  KEYGUARD: /^0$/u,
  KEYGUARD_CHAIN: /./u,
  KEYGUARD_NODE: /./u,
  KEYGUARD_BIN: /./u,
  KEYGUARD_POLICY: /./u,
};

/** Names that other programs use as well: off only where git runs hooks, or for what follows. */
const OFF_FOR_GIT: Readonly<Record<string, RegExp>> = {
  // https://pre-commit.com/#temporarily-disabling-hooks
  SKIP: /./u,
  PREK_SKIP: /./u,
  PRE_COMMIT_ALLOW_NO_CONFIG: /^(?!0?$)/u,
  // https://git-scm.com/docs/git-config#ENVIRONMENT
  GIT_CONFIG: /./u,
  GIT_CONFIG_GLOBAL: /./u,
  GIT_CONFIG_SYSTEM: /./u,
  GIT_CONFIG_NOSYSTEM: /^(?!0?$|false$)/iu,
};

export function refuseSettings(invocation: Invocation): Refusal | null {
  const meetsHooks = runsHooks(invocation);
  for (const setting of invocation.settings) {
    if (switchesOff(setting, meetsHooks || setting.stays)) return { kind: 'switched-off', variable: setting.name };
    if (setsHooks(setting)) return { kind: 'hooks-path' };
  }
  return null;
}

function switchesOff({ name, value }: Setting, meetsHooks: boolean): boolean {
  const upper = name.toUpperCase();
  const off = OFF[upper] ?? (meetsHooks ? OFF_FOR_GIT[upper] : undefined);
  return off !== undefined && off.test(value.text);
}

/** `GIT_CONFIG_KEY_0=core.hooksPath` and `GIT_CONFIG_PARAMETERS="'core.hooksPath'='x'"`. */
function setsHooks({ name, value }: Setting): boolean {
  if (/^GIT_CONFIG_KEY_\d+$/u.test(name)) return !value.isExact || isGuardedSetting(value.text);
  if (name !== 'GIT_CONFIG_PARAMETERS') return false;
  return !value.isExact || /hookspath|include|hook\./iu.test(value.text);
}
