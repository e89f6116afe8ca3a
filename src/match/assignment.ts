/** A value that is given to a name: `[start, end)` in the text, quotes left out. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
}

/** Between a name and its value: the rest of the name, closing quotes and brackets, one operator. Bounded on purpose. */
const TO_VALUE =
  /[A-Za-z0-9_]{0,40}["'`\])]{0,3}\s{0,16}(?:=>|:=|\?=|\|\||\?\?|==?|:|,|\s)\s{0,16}(?:(?:str|string|String)\s{0,4}=\s{0,4})?["'`]{0,3}/uy;
const VALUE = /[A-Za-z0-9_./+=-]{1,512}/uy;

/**
 * What the name that ends at `nameEnd` is set to, in the forms that settings take: `NAME=value`, `NAME: value`,
 * `"NAME": "value"`, `NAME := "value"`, `env["NAME"] = 'value'`, `getenv("NAME", "value")`, `ENV NAME value`.
 */
export function assignedValue(text: string, nameEnd: number): AssignedValue | null {
  TO_VALUE.lastIndex = nameEnd;
  const gap = TO_VALUE.exec(text);
  if (gap === null) return null;
  const start = nameEnd + gap[0].length;
  VALUE.lastIndex = start;
  const value = VALUE.exec(text);
  return value === null ? null : { start, end: start + value[0].length };
}
