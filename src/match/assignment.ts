import { TO_ARGUMENT, TO_VALUE } from './to-value.ts';

/** A value that is given to a name: `[start, end)` in the text, quotes left out. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
}

/** A full stop at its end belongs to the sentence. */
const VALUE = /[A-Za-z0-9_/+](?:[A-Za-z0-9_./+=-]{0,510}[A-Za-z0-9_/+=-])?/uy;

/**
 * What the name that ends at `nameEnd` is set to, in the forms that settings take: `NAME=value`, `NAME: value`,
 * `"NAME": "value"`, `NAME := "value"`, `env["NAME"] = 'value'`, `getenv("NAME", "value")`, `ENV NAME value`, and as a
 * pair of name and value.
 */
export function assignedValue(text: string, nameEnd: number): AssignedValue | null {
  return valueBehind(TO_VALUE, text, nameEnd);
}

/** The same, and the argument of a call: `Auth.api_key("value")`. */
export function givenValue(text: string, nameEnd: number): AssignedValue | null {
  return assignedValue(text, nameEnd) ?? valueBehind(TO_ARGUMENT, text, nameEnd);
}

function valueBehind(toValue: RegExp, text: string, nameEnd: number): AssignedValue | null {
  toValue.lastIndex = nameEnd;
  const gap = toValue.exec(text);
  if (gap === null) return null;
  const start = nameEnd + gap[0].length;
  // The next line of a diff, after a line that sets nothing.
  if (text[start] === '+' && /[\r\n]/u.test(text.charAt(start - 1))) return null;
  VALUE.lastIndex = start;
  const value = VALUE.exec(text);
  return value === null ? null : { start, end: start + value[0].length };
}
