import { join } from 'node:path';
import { KeyguardError } from '../../errors.ts';
import { readHook } from '../hook-file.ts';
import { git } from './git.ts';
import { gitConfig } from './git-config.ts';
import { hooksPath } from './hooks-path.ts';
import { husky } from './husky.ts';
import { lefthook } from './lefthook.ts';
import type { Manager, ManagerName, Order } from './manager.ts';
import { preCommit } from './pre-commit.ts';
import { simpleGitHooks } from './simple-git-hooks.ts';

/** The first that finds itself rules: core.hooksPath goes before everything in `.git/hooks`. */
export const MANAGERS: readonly Manager[] = [husky, simpleGitHooks, hooksPath, lefthook, preCommit, git, gitConfig];

export interface Chosen {
  readonly manager: Manager;
  /** What shows it, as a part of a sentence. */
  readonly found: string;
}

export function chooseManager(order: Order, wanted: ManagerName | null): Chosen {
  if (wanted === 'template') {
    throw new KeyguardError(
      'install',
      'Nothing was installed: a template serves every new clone; run "keyguard install --global --manager template".',
    );
  }
  // prek reads what the pre-commit framework reads.
  const name = wanted === 'prek' ? 'pre-commit' : wanted;
  const asked = MANAGERS.find((manager) => manager.name === name);
  if (asked !== undefined) return { manager: asked, found: asked.detect(order) ?? `--manager ${asked.name}` };
  const all = MANAGERS.flatMap((manager) => {
    const found = manager.detect(order);
    return found === null ? [] : [{ manager, found }];
  });
  const [first] = all;
  if (first === undefined) throw new KeyguardError('install', 'Nothing was installed: git names no folder for hooks.');
  return all.find(({ manager: { mark } }) => mark !== undefined && wrote(mark, order)) ?? first;
}

/** Of two that are configured, the one whose hook stands there is in use. */
function wrote(mark: RegExp, { repository: { hooksPath: setting, hooksDir } }: Order): boolean {
  if (setting !== null) return false;
  const file = readHook(join(hooksDir, 'pre-commit'));
  return file.kind === 'somebody-else' && mark.test(file.text);
}
