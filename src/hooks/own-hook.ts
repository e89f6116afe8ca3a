// A hook that is keyguard's own file, in a folder that belongs to this machine.
import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { HookEdit } from './edits.ts';
import { isThere, readHook } from './hook-file.ts';
import type { HookName } from './hook-names.ts';
import { hookScript, previousName, runnerScript } from './hook-script.ts';
import type { Order } from './managers/manager.ts';

/** keyguard's own hooks in a folder, each in front of what stands there. Refuses where somebody's would be lost. */
export function ownHooks(folder: string, order: Order, hooks: readonly HookName[] = order.hooks): readonly HookEdit[] {
  if (hooks.length === 0) return [];
  demandFolder(folder);
  return hooks.map((name) => {
    const path = join(folder, name);
    return ownFile(name, path, hookScript({ ...order.parts, name, readBy: readByFor(path) }), order.isWindows);
  });
}

/** What shared files call: `.git/keyguard/run`. */
export function runner({ repository, parts, isWindows }: Order): HookEdit {
  return ownFile('run', join(repository.commonDir, 'keyguard', 'run'), runnerScript(parts), isWindows);
}

export function ownFile(name: string, path: string, text: string, isWindows: boolean): HookEdit {
  return { kind: 'hook', name, path, text, ...courseFor(path, text, isWindows) };
}

export function refusal(reason: string): KeyguardError {
  return new KeyguardError('install', `Nothing was installed: ${reason}, then run "keyguard install" again.`);
}

/**
 * husky 4 and others that serve several hooks with one script look at the name under which they are called; the file has
 * another name once it waits. The shell that its first line names reads it then, under its old name.
 */
function readByFor(path: string): 'sh' | 'bash' | null {
  const file = [previousName(path), path].find((place) => readHook(place).kind === 'somebody-else');
  const text = file === undefined || !existsSync(file) || !statSync(file).isFile() ? '' : readFileSync(file, 'latin1');
  const shell = /^#![ \t]*(?:\/usr)?\/bin\/(?:env[ \t]+)?(?<shell>ba|da)?sh\b/u.exec(text);
  if (shell === null || !/basename|\$\{0##|\/husky\.sh/u.test(text)) return null;
  return shell.groups?.['shell'] === 'ba' ? 'bash' : 'sh';
}

/** What comes with a repository may lead anywhere by a link, and is not to be written there. */
export function demandBelow(top: string, path: string): void {
  if (isThere(path) && !existsSync(path)) throw refusal(`${path} is a link to nowhere: remove it`);
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const way = relative(realpathSync(top), realpathSync(there));
  if (way.startsWith('..') || isAbsolute(way))
    throw refusal(`${path} is a link that leads out of the repository: remove it`);
}

type Course = Pick<HookEdit, 'done' | 'previous'>;

function courseFor(path: string, text: string, isWindows: boolean): Course {
  const waiting = previousName(path);
  const hasWaiting = isThere(waiting);
  const file = readHook(path);
  switch (file.kind) {
    case 'none':
      return hasWaiting ? { done: 'chained', previous: waiting } : { done: 'created', previous: null };
    case 'keyguard': {
      const isSame = file.text === text && (file.canRun || isWindows);
      return { done: isSame ? 'unchanged' : 'updated', previous: hasWaiting ? waiting : null };
    }
    case 'not-a-file':
      throw refusal(`${path} is no file, so git cannot run it: move it away`);
    case 'keyguard-edited':
      throw refusal(`${path} was edited since keyguard wrote it: move your lines to ${waiting}, delete ${path}`);
    case 'somebody-else':
      if (!hasWaiting) return { done: 'chained', previous: waiting };
      throw refusal(
        `${path} is not keyguard's, and ${waiting} still keeps the hook from before: remove one of the two`,
      );
  }
}

function demandFolder(folder: string): void {
  const info = lstatSync(folder, { throwIfNoEntry: false });
  if (info === undefined || info.isDirectory()) return;
  const what = info.isSymbolicLink() ? 'a symbolic link, so other repositories may use the same hooks' : 'no folder';
  throw refusal(`${folder} is ${what}: move it away`);
}
