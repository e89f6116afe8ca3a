import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import { writeBeside } from './hook-file.ts';

/** What an installation did that the hooks themselves do not tell. Kept in the common git folder, for `uninstall`. */
export interface InstallState {
  readonly hooks: readonly string[];
  /** The hooks folder was not there before. */
  readonly madeHooksFolder: boolean;
}

const NOTHING: InstallState = { hooks: [], madeHooksFolder: false };

export function readState(commonDir: string): InstallState {
  const path = statePath(commonDir);
  if (!existsSync(path)) return NOTHING;
  const state = parse(readFileSync(path, 'utf8'));
  if (state !== null) return state;
  throw new KeyguardError(
    'install',
    `${path} cannot be read as what keyguard wrote; delete it and run the command again.`,
  );
}

export function writeState(commonDir: string, state: InstallState): void {
  const path = statePath(commonDir);
  mkdirSync(dirname(path), { recursive: true });
  renameSync(writeBeside(path, `${JSON.stringify({ version: 1, ...state }, null, 2)}\n`, 0o644), path);
}

export function removeState(commonDir: string): void {
  const path = statePath(commonDir);
  rmSync(path, { force: true });
  removeIfEmpty(dirname(path));
}

export function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function statePath(commonDir: string): string {
  return join(commonDir, 'keyguard', 'install.json');
}

function parse(text: string): InstallState | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== 'object' || data === null || !('hooks' in data) || !('madeHooksFolder' in data)) return null;
  const { hooks, madeHooksFolder } = data;
  if (!Array.isArray(hooks) || typeof madeHooksFolder !== 'boolean') return null;
  return { hooks: hooks.filter((name) => typeof name === 'string'), madeHooksFolder };
}
