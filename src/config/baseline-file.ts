import { KeyguardError } from '../errors.ts';
import { type Fingerprint, parseFingerprint } from '../model/secret.ts';
import { decodePolicyFile } from './place.ts';
import { type Accepted, BASELINE_FILE } from './policy.ts';
import { type KnownRule, unknownRule } from './rule-ids.ts';

/** One line of `keyguard.baseline.jsonl`; the fields stand in this order. */
export interface BaselineEntry {
  readonly fingerprint: Fingerprint;
  readonly rule: string | null;
  /** How the key was shown: `sk-proj-…wxyz`. */
  readonly redacted: string | null;
  readonly firstSeen: string | null;
  readonly reason: string;
  readonly owner: string | null;
  readonly until: string | null;
  readonly proof: Accepted['proof'];
}

/**
 * What is accepted today. Of several entries for one finding the earliest `until` counts, whatever their order; an
 * entry counts up to and with that day. Throws `KeyguardError` (`config`) with the line, also for a rule that is none of
 * `rules`.
 */
export function acceptedFrom(
  bytes: Uint8Array,
  today: string,
  rules: readonly KnownRule[],
  name: string = BASELINE_FILE,
): ReadonlyMap<Fingerprint, Accepted> {
  const strictest = new Map<Fingerprint, BaselineEntry>();
  for (const entry of parseBaseline(bytes, rules, name)) {
    const other = strictest.get(entry.fingerprint);
    if (other === undefined || isStricter(entry, other)) strictest.set(entry.fingerprint, entry);
  }
  const accepted = new Map<Fingerprint, Accepted>();
  for (const [fingerprint, entry] of strictest) {
    if (entry.until !== null && entry.until < today) continue;
    const { rule, reason, until } = entry;
    accepted.set(fingerprint, { fingerprint, ruleId: rule, reason, until, proof: provenBy(entry, today) });
  }
  return accepted;
}

/** The entries in the order of the file. `rules` are those that an entry may name; null lets it name any. */
export function parseBaseline(
  bytes: Uint8Array,
  rules: readonly KnownRule[] | null = null,
  name: string = BASELINE_FILE,
): readonly BaselineEntry[] {
  return decodePolicyFile(name, bytes)
    .split(/\r?\n/u)
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseEntry(line, `${name}:${i + 1}`, rules)]));
}

/** The text of the file: one entry a line, sorted by fingerprint, so that two branches merge line by line. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  return entries
    .toSorted((a, b) => compare(a.fingerprint, b.fingerprint))
    .map((entry) => `${JSON.stringify(inOrder(entry))}\n`)
    .join('');
}

/** Whether the text is a day that exists, as `2026-11-20`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isStricter(entry: BaselineEntry, other: BaselineEntry): boolean {
  const byDate = compare(entry.until ?? FOR_GOOD, other.until ?? FOR_GOOD);
  return byDate < 0 || (byDate === 0 && entry.proof !== null && other.proof === null);
}

/** Sorts behind every date. */
const FOR_GOOD = '~';

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A key that will be revoked is not revoked. */
function provenBy(entry: BaselineEntry, today: string): Accepted['proof'] {
  return entry.proof?.kind === 'revoked' && entry.proof.on > today ? null : entry.proof;
}

function inOrder(entry: BaselineEntry): BaselineEntry {
  const { fingerprint, rule, redacted, firstSeen, reason, owner, until, proof } = entry;
  return { fingerprint, rule, redacted, firstSeen, reason, owner, until, proof };
}

function parseEntry(line: string, place: string, rules: readonly KnownRule[] | null): BaselineEntry {
  const fail = (message: string): KeyguardError => new KeyguardError('config', `${place}: ${message}`);
  const fields = fieldsOf(line);
  if (fields === null) throw fail('this line is not a JSON object. Each line is one, as keyguard allow writes it.');
  for (const key of fields.keys()) {
    if (!KEYS.has(key)) throw fail(`unknown key ${JSON.stringify(key)}; known are ${[...KEYS].join(', ')}.`);
  }
  const textOrNull = (key: string): string | null => {
    const value = fields.get(key) ?? null;
    if (value === null || typeof value === 'string') return value;
    throw fail(`"${key}" is a text.`);
  };
  const dateOrNull = (key: string): string | null => {
    const text = textOrNull(key);
    if (text === null || isDate(text)) return text;
    throw fail(`"${key}" is a date as 2026-11-20.`);
  };
  const fingerprint = parseFingerprint(textOrNull('fingerprint') ?? '');
  if (fingerprint === undefined) throw fail('"fingerprint" is 16 digits of 0-9 and a-f, as a finding shows it.');
  const reason = textOrNull('reason')?.trim() ?? '';
  if (reason === '') throw fail('"reason" is missing. Say why this finding is accepted.');
  const proof = readProof(fields.get('proof') ?? null);
  if (proof === undefined) throw fail('"proof" is {"kind":"revoked","on":"2026-11-20"} or {"kind":"never-live"}.');
  const [rule, redacted, owner] = [textOrNull('rule'), textOrNull('redacted'), textOrNull('owner')];
  if (rule !== null && rules !== null && !rules.some(({ id }) => id === rule)) throw fail(unknownRule(rule, rules));
  const [firstSeen, until] = [dateOrNull('firstSeen'), dateOrNull('until')];
  return { fingerprint, rule, redacted, firstSeen, reason, owner, until, proof };
}

const KEYS: ReadonlySet<string> = new Set([
  'fingerprint',
  'rule',
  'redacted',
  'firstSeen',
  'reason',
  'owner',
  'until',
  'proof',
]);

/** A map instead of the object: a key as `__proto__` is a key like another. */
function fieldsOf(line: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return entriesOf(value);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;
}

/** undefined: this is no proof. */
function readProof(value: unknown): Accepted['proof'] | undefined {
  if (value === null) return null;
  const fields = entriesOf(value);
  const kind = fields?.get('kind');
  const on = fields?.get('on');
  if (kind === 'never-live' && fields?.size === 1) return { kind };
  if (kind === 'revoked' && typeof on === 'string' && isDate(on) && fields?.size === 2) return { kind, on };
  return undefined;
}
