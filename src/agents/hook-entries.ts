import type { AgentName } from './agent.ts';

/** One entry of an agent's own configuration: the list that it goes into, and what stands there. */
export interface HookEntry {
  readonly event: string;
  readonly entry: unknown;
}

/** Seconds; when they are over Claude Code lets the tool run, so they are many. */
const TIMEOUT = 120;

/** What keyguard asks the agent to tell, in the agent's own format. `command` is one line of sh. */
export function hookEntries(agent: AgentName, command: string): readonly HookEntry[] {
  switch (agent) {
    // https://code.claude.com/docs/en/hooks#configuration
    case 'claude':
      return [
        grouped('PreToolUse', command, '*'),
        grouped('PostToolUse', command, '*'),
        grouped('UserPromptSubmit', command),
      ];
    // https://developers.openai.com/codex/hooks#config-shape
    case 'codex':
      return ['PreToolUse', 'PostToolUse', 'UserPromptSubmit'].map((event) => grouped(event, command));
    // https://cursor.com/docs/hooks#configuration
    case 'cursor':
      return [
        ...[
          'beforeSubmitPrompt',
          'beforeShellExecution',
          'beforeMCPExecution',
          'beforeReadFile',
          'beforeTabFileRead',
        ].map((event) => flat(event, command)),
        // The others have an event of their own, which tells more.
        flat('preToolUse', command, '^(?!Shell$|Read$|MCP:)'),
        // Only what MCP tools return can be replaced.
        flat('postToolUse', command, '^MCP:'),
      ];
  }
}

function grouped(event: string, command: string, matcher?: string): HookEntry {
  const hooks = [{ type: 'command', command, timeout: TIMEOUT }];
  return { event, entry: matcher === undefined ? { hooks } : { matcher, hooks } };
}

function flat(event: string, command: string, matcher?: string): HookEntry {
  const common = { command, timeout: TIMEOUT, failClosed: true };
  return { event, entry: matcher === undefined ? common : { ...common, matcher } };
}
