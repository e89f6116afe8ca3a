// Codex. Fields and answers: https://developers.openai.com/codex/hooks
import type { AgentEvent, Answer, Fields, Protocol, Verdict } from './agent.ts';
import { anyField, objectField, textField, unknownEvent } from './fields.ts';
import { toolCall } from './tool-call.ts';

export const codex: Protocol = { read, answer, projectVariable: null };

function read(event: Fields): AgentEvent {
  const name = textField(event, 'hook_event_name');
  switch (name) {
    case 'UserPromptSubmit':
      return { kind: 'prompt', value: textField(event, 'prompt') };
    case 'PreToolUse':
    case 'PermissionRequest':
      return toolCall(textField(event, 'tool_name'), objectField(event, 'tool_input'));
    case 'PostToolUse':
      return { kind: 'result', value: anyField(event, 'tool_response') };
    default:
      if (QUIET.has(name)) return { kind: 'quiet' };
      throw unknownEvent(name);
  }
}

const QUIET = new Set([
  'SessionStart',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'PostCompact',
  'Stop',
  'Interrupt',
]);

/** No field that Codex does not support may stand here: it would take the hook for failed, and go on. */
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
  if (name === 'PermissionRequest') {
    return { hookSpecificOutput: { hookEventName: name, decision: { behavior: 'deny', message: reason } } };
  }
  // Of a result the reason takes the place.
  return { decision: 'block', reason: verdict.kind === 'stop' ? reason : `${reason}\n${textOf(verdict.value)}` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
