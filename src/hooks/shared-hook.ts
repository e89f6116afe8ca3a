// A hook in a folder that others share: some lines in their script, or, where it is no script of sh, a file of keyguard
// without a path of this machine.
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readLatin1 } from './apply-edits.ts';
import { type HookEdit, type TextEdit, textEdit } from './edits.ts';
import { readHook } from './hook-file.ts';
import type { HookName } from './hook-names.ts';
import { sharedHookScript } from './hook-script.ts';
import type { Order } from './managers/manager.ts';
import { takeMarkedOut } from './marked-lines.ts';
import { demandBelow, ownFile, refusal } from './own-hook.ts';
import { sharedCommand, withShLines } from './shared-line.ts';

/** `ranBy`: husky 9 hands the file to sh, whatever it is; git runs it by its first line, and only if it may be run. */
export function sharedHook(folder: string, name: HookName, order: Order, ranBy: 'sh' | 'git'): TextEdit | HookEdit {
  const path = join(folder, name);
  const { kind } = readHook(path);
  if (kind === 'not-a-file') throw refusal(`${path} is no file, so git cannot run it: move it away`);
  const isScript = kind === 'none' || ranBy === 'sh' || isShScript(path, order.isWindows);
  demandBelow(order.repository.top, folder);
  if (!isScript) {
    const text = sharedHookScript(name, sharedCommand(name, order.sharedBin));
    return { ...ownFile(name, path, text, order.isWindows), isShared: true };
  }
  demandBelow(order.repository.top, path);
  const before = readLatin1(path);
  const without = before === null ? null : takeMarkedOut(before);
  if (without?.isEdited === true) throw refusal(`the lines of keyguard in ${path} were edited: take them out`);
  const after = withShLines(without === null ? null : without.text, name, order.sharedBin);
  return textEdit({ path, hooks: [name], before, after, mode: 0o755 });
}

function isShScript(path: string, isWindows: boolean): boolean {
  const info = lstatSync(path);
  if (!info.isFile() || (!isWindows && (info.mode & 0o111) === 0)) return false;
  const text = readLatin1(path) ?? '';
  return (
    /^#![ \t]*(?:\/usr)?\/bin\/(?:env[ \t]+)?(?:ba|da|k|z)?sh(?:[ \t]|\r?\n|$)/u.test(text) &&
    !text.includes('# keyguard:hook v')
  );
}
