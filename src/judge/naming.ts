import type { Span } from '../model/span.ts';
import { levelsOf } from './levels.ts';
import { parentsOf } from './parents.ts';

/** What a value is given to. */
export interface Naming {
  /** Its own name, as `apiKey` or `Authorization`; null where it stands by itself, as the argument of a call. */
  readonly own: string | null;
  /** Nearest first: its own, and what else the same statement gives it to. */
  readonly names: readonly string[];
  /** Nearest first: the calls and objects that it stands in, and the sections around those. */
  readonly outer: readonly string[];
}

/** As far as names are looked for in front of a value, in characters. */
const FAR = 900;

/**
 * Reads the text in front of a value as settings and code are written: `NAME=`, `"name": `, `Name(key="`,
 * `{"outer": {"name": "`, `outer:\n  name: `, `[outer]\nname = `, and the pair of a name and a value.
 */
export function namingOf(text: string, at: Span): Naming {
  const before = text.slice(Math.max(0, at.start - FAR), at.start);
  const lines = withLeadJoined(before.split(/\r\n|\r|\n/u));
  const line = lines.at(-1) ?? '';
  const [nearest = '', ...around] = levelsOf(plain(line));
  const given = namesIn(nearest, false);
  const after = text.slice(at.end, at.end + FAR);
  const isPair = PAIR_VALUE.test(given[0] ?? '');
  const pair = isPair ? pairName(before, after) : (PLIST.exec(before) ?? PIPED.exec(after))?.groups?.['name'];
  const names = [...(pair == null ? [] : [pair]), ...given].filter(isName);
  const outer = [...around, ...parentsOf(lines).flatMap((head) => levelsOf(plain(head)))];
  return { own: names[0] ?? null, names, outer: outer.flatMap((level) => namesIn(level, true)).filter(isName) };
}

/** `const NAME =` leads up to a value that stands alone on the next line; `NAME=` of a dotenv file is empty. */
function withLeadJoined(lines: readonly string[]): readonly string[] {
  const [lead = '', own = ''] = lines.slice(-2);
  if (lines.length < 2 || !ALONE.test(own)) return lines;
  const given = LEAD.exec(lead)?.groups?.['given'];
  return given === undefined ? lines : [...lines.slice(0, -2), `${given} ${own.trimStart()}`];
}

const ALONE = /^\s*[A-Za-z$@]{0,2}["'`]{0,3}$/u;
const LEAD = /^(?<given>.*\w["'`\])]{0,2}\s+(?::=|\?\?=?|\|\|=?|\+?=))\s*\\?\s*$/u;

function isName(word: string): boolean {
  return word !== '' && !CARRIER.test(word);
}

/** Brackets that only hold a name are part of it, and an address is none. */
function plain(line: string): string {
  return line
    .replaceAll(/[[(]\s{0,4}\\{0,3}["'`](?<name>[\w.-]{1,80})\\{0,3}["'`]\s{0,4}[\])]/gu, '.$<name>')
    .replace(IS, '$<name>=$<quote>')
    .replaceAll(/[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'`<>?#&]*(?:[^\s"'`<>]*(?=[?&]))?/giu, ' ');
}

/**
 * Nearest first: what each part of `a = b ?? c` ends in, and a label of few words as a whole. `opens`: a bracket follows,
 * as in `Client(`.
 */
function namesIn(level: string, opens: boolean): readonly string[] {
  const parts = (level.split(/&&|\s\|\s(?=[a-z]+\s)/u).at(-1) ?? '').split(OPERATOR);
  const last = parts.at(-1) ?? '';
  const isCall = opens && /["'\w]$/u.test(last);
  if (!isCall && isSentence(last)) return optionNames(last);
  const names = parts.flatMap((part, index) => nameOf(part, index === parts.length - 1 && !isCall));
  return names.toReversed();
}

/** A sentence: `NAME is value` */
const IS = /(?<name>\b[A-Z][A-Z0-9]{0,30}_[A-Z0-9_]{2,60})["'`]?\s{1,4}is:?\s{1,4}(?<quote>["'`]?)$/u;

/** `set NAME --body value` */
function optionNames(command: string): readonly string[] {
  const option = /\s--?(?<option>[a-z][\w-]{0,30})\s+["']?$/u.exec(command);
  if (option === null) return [];
  const variable = command.match(/\b[A-Z][A-Z0-9_]{5,60}\b/gu)?.at(-1);
  return variable === undefined ? [option.groups?.['option'] ?? ''] : [variable];
}

const OPERATOR = /\|\||\?\?|[=:|?&>]+|\s(?:or|\?:)\s/u;

/** Words of which the last is no name stand between the name and the value: it is not what the value is given to. */
function isSentence(part: string): boolean {
  const words = part.match(WORD) ?? [];
  const last = words.at(-1) ?? '';
  return words.length > 1 && !isCompound(last) && !CARRIER.test(last);
}

const WORD = /[A-Za-z_$][\w.$-]*/gu;

function nameOf(part: string, isLast: boolean): readonly string[] {
  const words = part.match(WORD) ?? [];
  const last = words.at(-1);
  if (last === undefined) return [];
  // Nothing but a space before the value: `ENV NAME value`, and not a word of a sentence.
  if (isLast) return isCompound(last) || CARRIER.test(last) || KEY.test(last) ? [last] : [];
  // `new Client`, `return new Client`
  const isCallee = /^\s*(?:(?:new|return|yield|throw|const|let|var|awai[t])\s+)+\S+$/u.test(part);
  return [words.length <= MOST_WORDS && !isCompound(last) && !isCallee ? words.join(' ') : last];
}

const KEY = /key|token|secret|auth|bearer|passw/iu;

/** A label of a form or a list: `Mistral API key: …`. */
const MOST_WORDS = 4;

function isCompound(word: string): boolean {
  return /[A-Za-z0-9][_.-][A-Za-z0-9]|[a-z0-9][A-Z]|^--?[a-z]/u.test(word);
}

/** Words that stand between a name and its value, or say what kind of value it is and not whose. */
const CARRIER = /^(?:bearer|basic|token|n?r?t?value|default|str|string|let|var|const|char|text|r|b|f|u|n|t|x|h|s)$/iu;

/** `<key>NAME</key>` before `<string>` in a property list; `echo value | gh secret set NAME`. */
const PLIST = /<key>\s{0,4}(?<name>[\w.-]{1,80})\s{0,4}<\/key>\s{0,40}<string>\s{0,40}$/u;
const PIPED = /^["']?\s{0,4}\|\s{0,4}(?:[\w./-]{1,40}\s){1,5}(?:\S{0,40}\s)?(?<name>[A-Z][A-Z0-9_]{5,60})\b/u;

const PAIR_VALUE = /^(?:n|value|default_?value|string_?value)$/iu;

/** The name beside a value that is called no more than that: `- name: NAME\n  value: …`, in either order. */
function pairName(before: string, after: string): string | null {
  const said = before.slice(-PAIR).match(PAIR_NAME)?.at(-1) ?? PAIR_NAME_BEHIND.exec(after.slice(0, PAIR))?.[0];
  return said === undefined ? null : (/[\w.-]+$/u.exec(said)?.[0] ?? null);
}

const PAIR = 200;
const PAIR_NAME = /\b(?:name|key|Name|Key|parameter_?name|variable)\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?[\w.-]+/gu;
const PAIR_NAME_BEHIND = /^[^{}]{0,60}?\b(?:name|key|Name|Key)\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?[\w.-]+/u;
