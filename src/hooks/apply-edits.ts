import { chmodSync, copyFileSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Porcelain } from '../sources/git/porcelain.ts';
import type { CopyEdit, Edit, HookEdit, SettingEdit, TextEdit } from './edits.ts';
import { isThere, writeBeside } from './hook-file.ts';
import { hooksIn } from './shared-line.ts';
import {
  hashOf,
  type InstallState,
  readState,
  removeIfEmpty,
  type WrittenFile,
  type WrittenSetting,
  writeState,
} from './state.ts';

/**
 * Does what was planned: everything is written beside its place first and renamed last, so that what cannot be written
 * leaves nothing half done. `folder` keeps the state.
 */
export async function applyEdits(folder: string, edits: readonly Edit[], git: Porcelain): Promise<void> {
  const changed = edits.filter(({ done }) => done !== 'unchanged');
  if (changed.length === 0) return;
  const beside = new Map<HookEdit | TextEdit, string>();
  const made: string[] = [];
  try {
    const before = readState(folder);
    for (const edit of changed) if (edit.kind !== 'setting') made.push(...makeFolder(dirname(edit.path)));
    for (const edit of changed) {
      if (edit.kind === 'hook') beside.set(edit, writeBeside(edit.path, edit.text, 0o755));
      if (edit.kind === 'text') beside.set(edit, writeText(edit));
      if (edit.kind === 'copy') copyWhole(edit);
    }
    writeState(folder, stateAfter({ ...before, folders: [...new Set([...before.folders, ...made])] }, edits));
    for (const [edit, written] of beside) putInPlace(edit, written);
    for (const edit of changed) if (edit.kind === 'setting') await git.configure(edit.scope, edit.key, edit.after);
  } catch (cause) {
    for (const written of beside.values()) rmSync(written, { force: true });
    for (const empty of made.toReversed()) removeIfEmpty(empty);
    if (cause instanceof KeyguardError) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    const where = changed.flatMap((edit) => (edit.kind === 'setting' ? [] : [dirname(edit.path)]))[0] ?? folder;
    throw new KeyguardError('install', `The hooks could not be written to ${where}: ${words}.`, { cause });
  }
}

/** The folders that it made, the outermost first. */
function makeFolder(folder: string): readonly string[] {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return [];
  const made: string[] = [];
  for (let at = folder; at.length >= first.length; at = dirname(at)) made.unshift(at);
  return made;
}

/** Where the file is a link, what it leads to is changed and the link stays. */
function writeText({ path, after, mode }: TextEdit): string {
  const target = isThere(path) ? realpathSync(path) : path;
  const written = writeBeside(
    target,
    Buffer.from(after, 'latin1'),
    isThere(target) ? lstatSync(target).mode & 0o7777 : mode,
  );
  return written;
}

function putInPlace(edit: HookEdit | TextEdit, written: string): void {
  const { path } = edit;
  // A rename keeps bytes, mode, date and link of the earlier hook.
  if (edit.kind === 'hook' && edit.previous !== null && !isThere(edit.previous)) renameSync(path, edit.previous);
  renameSync(written, edit.kind === 'text' && isThere(path) ? realpathSync(path) : path);
}

function copyWhole({ from, path, files }: CopyEdit): void {
  for (const file of files) {
    const to = join(path, file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(from, file), to);
    chmodSync(to, 0o644);
  }
}

function stateAfter(before: InstallState, edits: readonly Edit[]): InstallState {
  const files = new Map(before.files.map((file) => [file.path, file]));
  const settings = new Map(before.settings.map((setting) => [setting.key, setting]));
  for (const edit of edits) {
    if (edit.kind === 'setting') {
      settings.set(edit.key, recordedSetting(edit, settings.get(edit.key)));
      continue;
    }
    const file = edit.kind === 'text' ? recordedText(edit, files.get(edit.path)) : recordedFile(edit);
    if (file === null) files.delete(edit.path);
    else files.set(edit.path, file);
  }
  return { ...before, files: [...files.values()], settings: [...settings.values()] };
}

function recordedFile(edit: HookEdit | CopyEdit): WrittenFile {
  const { kind, path } = edit;
  return { path, kind, before: null, after: edit.kind === 'hook' ? hashOf(edit.text) : '' };
}

/**
 * The second installation finds the work of the first, so what was there before that is what counts. Where it finds what
 * somebody else installed and committed, nobody knows what was there: null, and the lines are taken out one day.
 */
function recordedText({ path, before, after }: TextEdit, known: WrittenFile | undefined): WrittenFile | null {
  const written = { path, kind: 'text', after: hashOf(after) } as const;
  if (before === null) return { ...written, before: null };
  if (known?.after === hashOf(before)) return { ...written, before: known.before };
  return hooksIn(before).length > 0 ? null : { ...written, before: Buffer.from(before, 'latin1').toString('base64') };
}

function recordedSetting(
  { scope, key, before, after }: SettingEdit,
  known: WrittenSetting | undefined,
): WrittenSetting {
  return { scope, key, before: known !== undefined && before === known.after ? known.before : before, after };
}

/** What stands there now, as latin1; null if nothing does. */
export function readLatin1(path: string): string | null {
  return isThere(path) ? readFileSync(path, 'latin1') : null;
}
