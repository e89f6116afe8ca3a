import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAgentFile } from './agent-file.ts';
import { fieldsOf, parseJson } from './fields.ts';
import type { Insertion } from './settings-tree.ts';

/** What keyguard did to a file of an agent. Kept in the common folder of git: an exact way back, as long as nothing else changed. */
export interface FileState {
  /** SHA-256 of the file as keyguard left it. */
  readonly sha256: string;
  readonly insertions: readonly Insertion[];
  readonly madeFile: boolean;
  readonly madeFolder: boolean;
}

/** By the absolute path of the file: a linked worktree has files of its own. */
export type AgentState = ReadonlyMap<string, FileState>;

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What cannot be read is as good as nothing: the entries are then found by what stands in them. */
export function readAgentState(commonDir: string): AgentState {
  const path = statePath(commonDir);
  const fields = existsSync(path) ? fieldsOf(parseJson(readFileSync(path, 'utf8'))) : null;
  const files = fieldsOf(fields?.get('files')) ?? new Map<string, unknown>();
  const state = new Map<string, FileState>();
  for (const [file, value] of files) {
    const one = stateOf(value);
    if (one !== null) state.set(file, one);
  }
  return state;
}

export function writeAgentState(commonDir: string, state: AgentState): void {
  const path = statePath(commonDir);
  if (state.size > 0) {
    writeAgentFile(path, `${JSON.stringify({ version: 1, files: Object.fromEntries(state) }, null, 2)}\n`, 0o600);
    return;
  }
  rmSync(path, { force: true });
  removeIfEmpty(dirname(path));
}

export function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function statePath(commonDir: string): string {
  return join(commonDir, 'keyguard', 'agents.json');
}

function stateOf(value: unknown): FileState | null {
  const fields = fieldsOf(value);
  const sha256 = fields?.get('sha256');
  const list: unknown = fields?.get('insertions');
  if (typeof sha256 !== 'string' || !Array.isArray(list)) return null;
  const insertions = list.flatMap((item: unknown) => {
    const one = fieldsOf(item);
    const [at, text] = [one?.get('at'), one?.get('text')];
    return typeof at === 'number' && typeof text === 'string' ? [{ at, text }] : [];
  });
  if (insertions.length !== list.length) return null;
  return {
    sha256,
    insertions,
    madeFile: fields?.get('madeFile') === true,
    madeFolder: fields?.get('madeFolder') === true,
  };
}
