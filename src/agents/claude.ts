// Claude Code. Fields and answers: https://code.claude.com/docs/en/hooks
import type { AgentEvent, Answer, Fields, Protocol, Verdict } from './agent.ts';
import { anyField, objectField, textField, unknownEvent } from './fields.ts';
import { toolCall } from './tool-call.ts';

export const claude: Protocol = { read, answer, projectVariable: 'CLAUDE_PROJECT_DIR' };

function read(event: Fields): AgentEvent {
  const name = textField(event, 'hook_event_name');
  switch (name) {
    case 'UserPromptSubmit':
      return { kind: 'prompt', value: textField(event, 'prompt') };
    case 'PreToolUse':
      return toolCall(textField(event, 'tool_name'), objectField(event, 'tool_input'));
    case 'PostToolUse':
      return { kind: 'result', value: anyField(event, 'tool_response') };
    default:
      if (QUIET.has(name)) return { kind: 'quiet' };
      throw unknownEvent(name);
  }
}

/** They run nothing and send nothing that a no could hold back; a no to `Stop` would only make the agent go on. */
const QUIET = new Set([
  'Notification',
  'PermissionRequest',
  'PostToolUseFailure',
  'PreCompact',
  'PostCompact',
  'SessionStart',
  'SessionEnd',
  'Stop',
  'SubagentStart',
  'SubagentStop',
]);

function answer(name: string, verdict: Verdict): Answer {
  if (verdict.kind === 'pass') return { stdout: '', stderr: '', code: 0 };
  return { stdout: `${JSON.stringify(contentOf(name, verdict))}\n`, stderr: '', code: 0 };
}

function contentOf(name: string, verdict: Exclude<Verdict, { kind: 'pass' }>): unknown {
  const { reason } = verdict;
  if (name === 'PreToolUse') {
    return {
      hookSpecificOutput: { hookEventName: name, permissionDecision: 'deny', permissionDecisionReason: reason },
    };
  }
  if (name !== 'PostToolUse') return { decision: 'block', reason };
  // To block a result adds a reason beside it and leaves the result; only to end the turn holds it back.
  if (verdict.kind === 'stop') return { continue: false, stopReason: reason };
  return {
    systemMessage: reason,
    // Since 2.1.121 for every tool. It must have the shape of what the tool returned, or the original is used.
    hookSpecificOutput: { hookEventName: name, additionalContext: reason, updatedToolOutput: verdict.value },
  };
}
