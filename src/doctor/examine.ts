import { join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { chooseManager, MANAGERS } from '../hooks/managers/choose.ts';
import type { Order } from '../hooks/managers/manager.ts';
import { findRepository, type HookedRepository } from '../hooks/repository.ts';
import { type InstallState, NO_STATE, readState } from '../hooks/state.ts';
import { check, type Check } from './check.ts';
import { checkConfigHooks, checkHooks, checkHooksPath, checkShadows } from './check-hooks.ts';
import { checkPolicy } from './check-policy.ts';
import { checkPrograms, type Running } from './check-programs.ts';
import { checkCi, checkEnvironment } from './check-surroundings.ts';
import { checkVersions } from './check-versions.ts';
import { checkWorktrees } from './check-worktrees.ts';
import { configHooks } from './config-hooks.ts';
import { type HookState, stateOf, withConfigHooks } from './hook-state.ts';
import { PROVED_HOOKS } from './prove.ts';
import type { AtEnd } from './run-hook.ts';

export interface ExamineOptions {
  readonly running: Running;
  /** The version of the node that runs. */
  readonly node: string;
  readonly atEnd: AtEnd;
  /** Reads what the repository decided, from this folder; throws where it cannot be read. */
  readonly readPolicy: (top: string) => Promise<unknown>;
}

export interface Examination {
  readonly repository: HookedRepository;
  readonly states: readonly HookState[];
  readonly checks: readonly Check[];
}

/** Looks at everything that decides whether a commit here is checked, and changes nothing. */
export async function examine(host: Host, options: ExamineOptions): Promise<Examination> {
  const repository = await findRepository(host);
  const { recorded, broken } = recordedIn(repository.commonDir);
  const hooks = repository.isBare ? (['pre-receive'] as const) : PROVED_HOOKS;
  const fromConfig = await configHooks(host);
  const states = hooks.map((name) =>
    withConfigHooks(stateOf(name, repository, recorded, host.platform === 'win32'), fromConfig, repository.gitVersion),
  );
  const order = orderOf(host, repository);
  const managers = MANAGERS.filter((manager) => manager.detect(order) !== null).map(({ name }) => name);
  const checks = [
    ...checkHooksPath(repository),
    ...(repository.isBare ? [] : managerOf(order)),
    ...broken,
    ...checkHooks(states),
    ...checkConfigHooks(repository, fromConfig),
    ...checkShadows(repository, states),
    ...checkEnvironment(host, managers),
    ...(await looking('The other worktrees', async () => checkWorktrees(host, repository))),
    ...(await checkPrograms(host, repository, states, options.running, options.atEnd)),
    ...checkVersions(repository, options.running, options.node),
    ...(repository.isBare
      ? []
      : await looking('The policy', async () =>
          checkPolicy(host, repository, async () => options.readPolicy(repository.top)),
        )),
    ...(repository.isBare ? [] : checkCi(repository)),
  ];
  return { repository, states, checks };
}

/** What could not be looked at is said, and the rest goes on. */
async function looking(what: string, look: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    return [check('not-looked', { what, why: error.message, command: 'git status' })];
  }
}

/** Who keeps the hooks is told by the repository alone. */
function orderOf({ execPath, platform }: Host, repository: HookedRepository): Order {
  const parts = { ifMissing: 'block', node: execPath, bin: '', folder: '' } as const;
  return { repository, hooks: [], parts, sharedBin: '', isWindows: platform === 'win32' };
}

/** git alone is no manager, and what core.hooksPath says is told already. */
function managerOf(order: Order): readonly Check[] {
  const { manager, found } = chooseManager(order, null);
  return manager.name === 'git' || manager.name === 'hooks-path' ? [] : [check('manager', { found })];
}

function recordedIn(commonDir: string): { readonly recorded: InstallState; readonly broken: readonly Check[] } {
  try {
    return { recorded: readState(commonDir), broken: [] };
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    const path = join(commonDir, 'keyguard', 'install.json');
    return { recorded: NO_STATE, broken: [check('state-broken', { why: error.message, path })] };
  }
}
