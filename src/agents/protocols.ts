import { nearest } from '../config/suggest.ts';
import { KeyguardError } from '../errors.ts';
import { type AgentName, AGENTS, type Fields, type Protocol } from './agent.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { cursor } from './cursor.ts';

const PROTOCOLS: Readonly<Record<AgentName, Protocol>> = { claude, codex, cursor };

const PREFIX = 'agent-';

/** The name under which `keyguard hook` guards an agent. */
export function hookNameOf(agent: AgentName): string {
  return `${PREFIX}${agent}`;
}

/** The protocol that `keyguard hook agent-…` names. Throws `KeyguardError` (`usage`) for another. */
export function protocolNamed(hook: string): Protocol {
  const agent = AGENTS.find((name) => hookNameOf(name) === hook);
  if (agent !== undefined) return PROTOCOLS[agent];
  const names = AGENTS.map(hookNameOf);
  const near = nearest(hook, names);
  const hint = near === null ? `there are ${names.join(', ')}.` : `did you mean "${near}"?`;
  throw new KeyguardError('usage', `keyguard guards no "${hook}"; ${hint}`);
}

/**
 * Cursor also runs the hooks that Claude Code is given, with its own events.
 * https://cursor.com/docs/reference/third-party-hooks
 */
export function spokenBy(event: Fields, named: Protocol): Protocol {
  return event.has('cursor_version') ? cursor : named;
}
