import { KeyguardError } from '../errors.ts';
import type { Fields } from './agent.ts';

/** Bytes of an event; what is larger is no tool's answer that a model could read. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** The event that an agent wrote. Throws `KeyguardError` (`usage`). */
export function parseEvent(text: string): Fields {
  const fields = fieldsOf(parseJson(text));
  if (fields === null) throw malformed('it is no JSON object');
  return fields;
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;
}

export function textField(event: Fields, name: string): string {
  const value = event.get(name);
  if (typeof value === 'string') return value;
  throw malformed(`"${name}" is missing or no text`);
}

export function objectField(event: Fields, name: string): Fields {
  const fields = fieldsOf(event.get(name));
  if (fields !== null) return fields;
  throw malformed(`"${name}" is missing or no object`);
}

export function anyField(event: Fields, name: string): unknown {
  if (event.has(name)) return event.get(name);
  throw malformed(`"${name}" is missing`);
}

export function unknownEvent(name: string): KeyguardError {
  return new KeyguardError(
    'usage',
    `the agent sent the event "${name}", which this keyguard does not know, so nothing was checked; update keyguard.`,
  );
}

function malformed(what: string): KeyguardError {
  return new KeyguardError(
    'usage',
    `the event of the agent cannot be read (${what}), so nothing was checked; update keyguard, or take its hook out of the agent's settings.`,
  );
}
