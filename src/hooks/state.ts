import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { KeyguardError } from '../errors.ts';
import { writeBeside } from './hook-file.ts';

/** What an installation did that the files themselves do not tell. Kept beside git's own files, for `uninstall`. */
export interface InstallState {
  readonly files: readonly WrittenFile[];
  /** Folders that were not there before, the innermost last. */
  readonly folders: readonly string[];
  readonly settings: readonly WrittenSetting[];
}

/** Paths are absolute here, and relative in the file: a repository may be moved. */
export interface WrittenFile {
  readonly path: string;
  readonly kind: 'hook' | 'text' | 'copy';
  /** Of a text: what it was, in base64, and null if it was not there. */
  readonly before: string | null;
  /** SHA-256 of what keyguard made of it. */
  readonly after: string;
}

export interface WrittenSetting {
  readonly scope: 'local' | 'global';
  readonly key: string;
  readonly before: string | null;
  readonly after: string;
}

export const NO_STATE: InstallState = { files: [], folders: [], settings: [] };

/** `folder` is the common git folder, or keyguard's own for all repositories of a user. */
export function readState(folder: string): InstallState {
  const path = statePath(folder);
  if (!existsSync(path)) return NO_STATE;
  const state = parse(readFileSync(path, 'utf8'));
  if (state !== null) return withPaths(state, (written) => resolve(folder, written));
  throw new KeyguardError(
    'install',
    `${path} cannot be read as what keyguard wrote; delete it and run the command again.`,
  );
}

export function writeState(folder: string, state: InstallState): void {
  const path = statePath(folder);
  mkdirSync(dirname(path), { recursive: true });
  const movable = withPaths(state, (written) => relative(folder, written));
  const text = `${JSON.stringify({ version: 2, ...movable }, null, 2)}\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  renameSync(writeBeside(path, text, 0o644), path);
}

export function removeState(folder: string): void {
  const path = statePath(folder);
  rmSync(path, { force: true });
  removeIfEmpty(dirname(path));
}

export function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

function withPaths(state: InstallState, change: (path: string) => string): InstallState {
  const files = state.files.map((file) => ({ ...file, path: change(file.path) }));
  return { ...state, files, folders: state.folders.map(change) };
}

function statePath(folder: string): string {
  return join(folder, 'keyguard', 'install.json');
}

function parse(text: string): InstallState | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(data)) return null;
  const { files, folders, settings } = data;
  if (!Array.isArray(files) || !Array.isArray(folders) || !Array.isArray(settings)) return null;
  if (!files.every(isFile) || !folders.every(isText) || !settings.every(isSetting)) return null;
  return { files, folders, settings };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isFile(value: unknown): value is WrittenFile {
  if (!isRecord(value)) return false;
  const { path, kind, before, after } = value;
  return (
    isText(path) && /^(?:hook|text|copy)$/u.test(String(kind)) && (before === null || isText(before)) && isText(after)
  );
}

function isSetting(value: unknown): value is WrittenSetting {
  if (!isRecord(value)) return false;
  const { scope, key, before, after } = value;
  return (
    (scope === 'local' || scope === 'global') && isText(key) && (before === null || isText(before)) && isText(after)
  );
}
