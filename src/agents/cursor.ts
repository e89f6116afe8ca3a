// Cursor. Fields and answers: https://cursor.com/docs/hooks
import type { AgentEvent, Answer, Fields, Protocol, Verdict } from './agent.ts';
import { fieldsOf, objectField, parseJson, textField, unknownEvent } from './fields.ts';
import { toolCall } from './tool-call.ts';

export const cursor: Protocol = { read, answer, projectVariable: 'CURSOR_PROJECT_DIR' };

function read(event: Fields): AgentEvent {
  const name = textField(event, 'hook_event_name');
  switch (name) {
    case 'beforeSubmitPrompt':
      return { kind: 'prompt', value: textField(event, 'prompt') };
    case 'beforeShellExecution':
      return toolCall('Shell', new Map([['command', textField(event, 'command')]]));
    case 'beforeMCPExecution':
      return toolCall(textField(event, 'tool_name'), inputOf(event));
    case 'preToolUse':
      return toolCall(textField(event, 'tool_name'), objectField(event, 'tool_input'));
    case 'beforeReadFile':
    case 'beforeTabFileRead':
      return { kind: 'read', value: textField(event, 'content') };
    case 'postToolUse':
      return { kind: 'result', value: outputOf(event) };
    default:
      if (QUIET.has(name)) return { kind: 'quiet' };
      throw unknownEvent(name);
  }
}

const QUIET = new Set([
  'afterAgentResponse',
  'afterAgentThought',
  'afterFileEdit',
  'afterMCPExecution',
  'afterShellExecution',
  'afterTabFileEdit',
  'postToolUseFailure',
  'preCompact',
  'sessionEnd',
  'sessionStart',
  'stop',
  'subagentStart',
  'subagentStop',
  'workspaceOpen',
]);

/** The input of an MCP tool comes as the text of a JSON object. */
function inputOf(event: Fields): Fields {
  const input = event.get('tool_input');
  const fields = fieldsOf(typeof input === 'string' ? parseJson(input) : input);
  return fields ?? new Map([['tool_input', textField(event, 'tool_input')]]);
}

function outputOf(event: Fields): unknown {
  const text = textField(event, 'tool_output');
  return parseJson(text) ?? text;
}

function answer(name: string, verdict: Verdict): Answer {
  const content = verdict.kind === 'pass' ? {} : contentOf(name, verdict);
  // Something has to be said always: with `failClosed` silence is a no, and "allow" would spare the user's own question.
  return { stdout: `${JSON.stringify(content)}\n`, stderr: '', code: 0 };
}

function contentOf(name: string, verdict: Exclude<Verdict, { kind: 'pass' }>): unknown {
  const { reason } = verdict;
  if (name === 'beforeSubmitPrompt') return { continue: false, user_message: reason };
  if (name !== 'postToolUse') return { permission: 'deny', user_message: reason, agent_message: reason };
  // Only the output of MCP tools can be replaced; of others the model is told what it must not pass on.
  return {
    updated_mcp_tool_output: verdict.kind === 'replace' ? verdict.value : reason,
    additional_context: reason,
  };
}
