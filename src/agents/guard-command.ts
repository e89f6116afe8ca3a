import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { AgentName } from './agent.ts';
import { hookNameOf } from './protocols.ts';

/** The line that an agent runs. */
export interface GuardCommand {
  readonly line: string;
  /** It names no path of this machine, so that its file can be committed for all. */
  readonly isShared: boolean;
}

export interface GuardPlace {
  /** Top of the repository; absolute. */
  readonly top: string;
  /** Where the command was typed. */
  readonly cwd: string;
  /** The `bin/keyguard.js` that runs, and its node. */
  readonly bin: string;
  readonly node: string;
}

/** Plain POSIX sh. What is missing is a no: with an exit code other than 2 the agent would go on. */
export function guardCommand(agent: AgentName, place: GuardPlace): GuardCommand {
  const shared = wayInProject(place);
  const [node, bin] =
    shared === null
      ? [quoted(slashed(place.node)), quoted(slashed(place.bin))]
      : ['node', `${PROJECT[agent]}${/^[\w./-]+$/u.test(shared) ? shared : quoted(shared)}`];
  const missing =
    "echo 'keyguard: stopped: keyguard is not there, so nothing is checked; run npm ci, or install it again.' >&2";
  const line = `k=${bin}; if [ -f "$k" ]; then ${node} "$k" hook ${hookNameOf(agent)} || exit 2; else ${missing}; exit 2; fi`;
  return { line, isShared: shared !== null };
}

/** Whether a text of a configuration is the line of a guard, of whatever version. */
export function isGuardLine(text: string, agent: AgentName): boolean {
  return text.includes('keyguard') && text.includes(` hook ${hookNameOf(agent)}`);
}

/** The top of the project, as each agent gives it to its hooks. Cursor starts them there. */
const PROJECT: Readonly<Record<AgentName, string>> = {
  claude: '"$CLAUDE_PROJECT_DIR"/',
  codex: '"$(git rev-parse --show-toplevel)"/',
  cursor: './',
};

/** From the top to the keyguard of the project, `/` as separator; null where it has none. */
function wayInProject({ top, cwd, bin }: GuardPlace): string | null {
  for (let folder = cwd; isWithin(top, folder); folder = join(folder, '..')) {
    const installed = join(folder, 'node_modules', 'keyguard', 'bin', 'keyguard.js');
    if (existsSync(installed)) return wayTo(top, installed);
    if (folder === top) break;
  }
  const real = realpathSync(bin);
  return isWithin(top, real) && !real.split(sep).includes('node_modules') ? wayTo(top, real) : null;
}

function isWithin(top: string, path: string): boolean {
  const way = relative(top, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function wayTo(top: string, path: string): string {
  return relative(top, path).split(sep).join(posix.sep);
}

function slashed(path: string): string {
  return path.split(sep).join(posix.sep);
}

/** One word of sh, whatever stands in it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
