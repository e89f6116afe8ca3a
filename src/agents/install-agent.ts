import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { AgentName } from './agent.ts';
import { readAgentFile, writeAgentFile } from './agent-file.ts';
import { AGENT_FILES, fileFor, findProject, type Project } from './agent-places.ts';
import { type AgentState, type FileState, hashOf, readAgentState, writeAgentState } from './agent-state.ts';
import { addToJson, hasGuard } from './edit-json.ts';
import { addToToml, switchesHooksOff } from './edit-toml.ts';
import { guardCommand } from './guard-command.ts';
import { hookEntries } from './hook-entries.ts';
import { takenOut } from './uninstall-agent.ts';

export interface AgentChange {
  readonly agent: AgentName;
  /** Absolute. */
  readonly path: string;
  readonly done: 'created' | 'added' | 'updated' | 'unchanged';
  readonly isShared: boolean;
}

export interface AgentOptions {
  readonly dryRun: boolean;
  /** Absolute path of the `bin/keyguard.js` that installs. */
  readonly keyguardBin: string;
}

/** Throws `KeyguardError` (`install`) without having written anything where a file cannot be added to. */
export async function installAgents(
  host: Host,
  agents: readonly AgentName[],
  options: AgentOptions,
): Promise<readonly AgentChange[]> {
  const project = await findProject(host);
  const state = readAgentState(project.commonDir);
  const plans = [...new Set(agents)].map((agent) => plan(agent, project, host, options, state));
  if (options.dryRun) return plans.map(({ change }) => change);
  const after = new Map(state);
  for (const { change, text, mode, file } of plans) {
    if (change.done === 'unchanged') continue;
    writeAgentFile(change.path, text, mode);
    after.set(change.path, file);
  }
  writeAgentState(project.commonDir, after);
  return plans.map(({ change }) => change);
}

interface Plan {
  readonly change: AgentChange;
  readonly text: string;
  readonly mode: number;
  readonly file: FileState;
}

function plan(agent: AgentName, project: Project, host: Host, options: AgentOptions, state: AgentState): Plan {
  demandHooks(agent, project);
  const { top } = project;
  const command = guardCommand(agent, { top, cwd: host.cwd, bin: options.keyguardBin, node: host.execPath });
  const path = fileFor(agent, project, command.isShared);
  refuseSecond(agent, project, path);
  const found = readAgentFile(path);
  const now = found?.text ?? '';
  const known = state.get(path);
  // An older guard is taken out first, so that the way back leads to what was there before it.
  const hadGuard = hasGuard(now, agent);
  const before = hadGuard ? takenOut(path, now, agent, known).text : now;
  const entries = hookEntries(agent, command.line);
  const { text, insertions } = path.endsWith('.toml')
    ? addToToml(path, before, entries)
    : addToJson(path, before, agent, entries);
  const done = found === null ? 'created' : text === now ? 'unchanged' : hadGuard ? 'updated' : 'added';
  return {
    change: { agent, path, done, isShared: command.isShared },
    text,
    mode: found?.mode ?? 0o644,
    file: {
      sha256: hashOf(text),
      insertions,
      madeFile: found === null || (hadGuard && known?.madeFile === true),
      madeFolder: known?.madeFolder ?? !existsSync(dirname(path)),
    },
  };
}

/** Two guards would ask twice; the old one may name a path of another machine. */
function refuseSecond(agent: AgentName, { top }: Project, path: string): void {
  const others = AGENT_FILES[agent].map((file) => join(top, file)).filter((file) => file !== path);
  const other = others.find((file) => hasGuard(readAgentFile(file)?.text ?? '', agent));
  if (other === undefined) return;
  throw new KeyguardError(
    'install',
    `${other} calls the guard already, and it would stand in ${path} now; run "keyguard uninstall --agent ${agent}" first.`,
  );
}

function demandHooks(agent: AgentName, { top }: Project): void {
  const config = join(top, '.codex', 'config.toml');
  if (agent !== 'codex' || !existsSync(config) || !switchesHooksOff(readFileSync(config, 'utf8'))) return;
  throw new KeyguardError(
    'install',
    `${config} tells Codex to run no hooks, so a guard would never be asked; take "hooks = false" out of [features] and run the command again.`,
  );
}
