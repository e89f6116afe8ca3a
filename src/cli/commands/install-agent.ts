import type { AgentName } from '../../agents/agent.ts';
import type { AgentChange } from '../../agents/install-agent.ts';
import type { AgentRemoval } from '../../agents/uninstall-agent.ts';
import type { Io } from '../io.ts';

type Reader = Pick<Io, 'sink' | 'program'>;

export function installAgentText(changes: readonly AgentChange[], dryRun: boolean, { sink, program }: Reader): string {
  const isUnchanged = changes.every(({ done }) => done === 'unchanged');
  const verdict = isUnchanged
    ? 'keyguard guards the agent here already; nothing was changed.'
    : dryRun
      ? 'keyguard would guard the agent here; nothing was changed (--dry-run).'
      : 'keyguard guards the agent here from its next session on.';
  const lines = changes.flatMap(({ agent, path, done, isShared }) => [
    `  ${NAMES[agent]}: ${sink(path)} (${CHANGES[done]})`,
    isShared
      ? '    It runs the keyguard of the project: commit the file, so that all have it.'
      : '    It names paths of this machine: do not commit it. Installed in the project (npm i -D keyguard), keyguard can be shared.',
    ...LIMITS[agent].map((line) => `    ${line}`),
  ]);
  const names = [...new Set(changes.map(({ agent }) => `--agent ${agent}`))].join(' ');
  return [
    verdict,
    ...lines,
    'It stops keys in prompts, files and results, and commits that skip the check.',
    `To undo: ${program} uninstall ${names}.`,
    '',
  ].join('\n');
}

export function uninstallAgentText(removals: readonly AgentRemoval[], dryRun: boolean, { sink }: Reader): string {
  if (removals.length === 0) return 'keyguard guards no such agent here; nothing was changed.\n';
  const verdict = dryRun
    ? 'keyguard would take back its guard; nothing was changed (--dry-run).'
    : 'keyguard took back its guard; what the agent does here is not checked any more.';
  return [
    verdict,
    ...removals.map(({ agent, path, done }) => `  ${NAMES[agent]}: ${sink(path)} (${REMOVALS[done]})`),
    '',
  ].join('\n');
}

const NAMES: Readonly<Record<AgentName, string>> = { claude: 'Claude Code', codex: 'Codex', cursor: 'Cursor' };

const CHANGES: Readonly<Record<AgentChange['done'], string>> = {
  created: 'new',
  added: 'added to what was there',
  updated: 'brought up to date',
  unchanged: 'as it was',
};

const REMOVALS: Readonly<Record<AgentRemoval['done'], string>> = {
  removed: 'removed',
  restored: 'as it was before',
  'taken-out': 'it was changed since, so only what calls keyguard was taken out',
};

/** What the protocol of each does not let a guard do. */
const LIMITS: Readonly<Record<AgentName, readonly string[]>> = {
  claude: [
    'Needs Claude Code 2.1.121 or newer to take keys out of results; files named with @ in a prompt are not seen.',
  ],
  codex: ['Codex runs it only after you trusted it: type /hooks in Codex.'],
  cursor: ['Cursor does not let a guard change what a shell command printed: keys there are not held back.'],
};
