import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';
import { undo } from './add-entry.ts';
import type { AgentName } from './agent.ts';
import { readAgentFile, writeAgentFile } from './agent-file.ts';
import { AGENT_FILES, findProject } from './agent-places.ts';
import { type FileState, hashOf, readAgentState, removeIfEmpty, writeAgentState } from './agent-state.ts';
import { hasGuard, isBlank, takeFromJson } from './edit-json.ts';
import { takeFromToml } from './edit-toml.ts';

export interface AgentRemoval {
  readonly agent: AgentName;
  readonly path: string;
  /** `taken-out`: the file was changed since, so only what calls the guard went. */
  readonly done: 'restored' | 'removed' | 'taken-out';
}

/** Empty: no guard was installed. */
export async function uninstallAgents(
  host: Host,
  agents: readonly AgentName[],
  options: { readonly dryRun: boolean },
): Promise<readonly AgentRemoval[]> {
  const { top, commonDir } = await findProject(host);
  const state = new Map(readAgentState(commonDir));
  const removals: AgentRemoval[] = [];
  const write: (() => void)[] = [];
  for (const agent of new Set(agents)) {
    for (const path of AGENT_FILES[agent].map((file) => join(top, file))) {
      const found = readAgentFile(path);
      if (found === null || !hasGuard(found.text, agent)) continue;
      const known = state.get(path);
      const { text, isExact } = takenOut(path, found.text, agent, known);
      const isGone = known?.madeFile === true && (isExact ? text === '' : isBlankFile(path, text));
      removals.push({ agent, path, done: isGone ? 'removed' : isExact ? 'restored' : 'taken-out' });
      write.push(() => {
        if (isGone) rmSync(path);
        else writeAgentFile(path, text, found.mode);
        if (isGone && known.madeFolder) removeIfEmpty(dirname(path));
        state.delete(path);
      });
    }
  }
  if (options.dryRun || removals.length === 0) return removals;
  for (const change of write) change();
  writeAgentState(commonDir, state);
  return removals;
}

/** The text of a file without the guard: as it was before, to the byte, if nothing else changed since. */
export function takenOut(
  path: string,
  now: string,
  agent: AgentName,
  known: FileState | undefined,
): { readonly text: string; readonly isExact: boolean } {
  const before = known !== undefined && known.sha256 === hashOf(now) ? undo(now, known.insertions) : null;
  if (before !== null) return { text: before, isExact: true };
  return { text: path.endsWith('.toml') ? takeFromToml(now) : takeFromJson(path, now, agent), isExact: false };
}

function isBlankFile(path: string, text: string): boolean {
  return path.endsWith('.toml') ? text.trim() === '' : isBlank(text);
}
