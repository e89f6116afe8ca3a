/** A value that is given to a name: `[start, end)` in the text, quotes left out. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
}

/** A quotation mark, also as JSON in a string writes it: `\"`. */
const QUOTE = '\\\\{0,3}["\'`]';
/** `NAME: str = "value"`, `const NAME: &'static str = "value"`. */
const TYPE = "(?:Final\\[)?(?:&(?:'static )?)?(?:str|string|String)\\]?\\s{0,4}=\\s{0,4}";
/** `{ "name": "NAME", "value": "…" }`, as Kubernetes, cloud templates and XML settings have it. */
const PAIR = `(?:${QUOTE})?value(?:${QUOTE})?\\s{0,4}[:=]\\s{0,4}`;

/** `("value"`, `["value"].join('')`, `SecretStr("value"`, `=\` before the next line: only in front of quotes or a line end. */
const OPENING = `(?:(?:SecretStr|Secret|String|str)?[([]{1,2}\\s{0,40}(?=[a-z$@]{0,2}["'\`])|\\\\\\r?\\n\\s{0,40})?`;

/** Between a name and its value: the rest of the name, closing quotes and brackets, one operator. Bounded on purpose. */
const TO_VALUE = new RegExp(
  [
    '[A-Za-z0-9_]{0,40}(?:[.-][A-Za-z0-9_]{1,40}){0,2}',
    `(?:${QUOTE}|[\\])]){0,3}`,
    '\\s{0,16}(?:=>|:=|\\?=|:-|\\|\\|=?|\\||\\?\\?=?|or|={1,3}|:|,|>|\\s)\\s{0,16}',
    `(?:${TYPE})?(?:${PAIR})?${OPENING}@?(?:${QUOTE}){0,3}`,
  ].join(''),
  'uy',
);

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

const TO_ARGUMENT = new RegExp(`[A-Za-z0-9_.]{0,40}\\(\\s{0,40}(?:${QUOTE})`, 'uy');

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
