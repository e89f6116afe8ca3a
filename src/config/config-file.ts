import type { KeyguardError } from '../errors.ts';
import { rawPathFromText, type RawPath } from '../model/fragment.ts';
import { isIgnoredBy } from './ignore-file.ts';
import { type Json, type Member, parseJsonc } from './jsonc.ts';
import { configError, decodePolicyFile } from './place.ts';
import { type KnownRule, unknownRule, whyNotSkippable } from './rule-ids.ts';
import { nearest } from './suggest.ts';

/** What `keyguard.config.json` says. `config.schema.json` says the same to an editor. */
export interface Config {
  readonly skipRules: readonly string[];
  readonly overrides: readonly Override[];
  readonly failOn: 'error' | 'warning';
}

export interface Override {
  readonly matches: (path: RawPath) => boolean;
  readonly skipRules: readonly string[];
}

export const NO_CONFIG: Config = { skipRules: [], overrides: [], failOn: 'error' };

/** Throws `KeyguardError` (`config`) with file, line, column and the nearest valid name. */
export async function parseConfig(name: string, bytes: Uint8Array, rules: readonly KnownRule[]): Promise<Config> {
  const { keys, file } = await readConfig(name, bytes, rules, KEYS);
  return configIn(keys, file);
}

/** A policy from outside of a repository says the same, and more. */
export interface OutsideConfig extends Config {
  /** Rules whose findings nothing in a repository silences; null for all. */
  readonly floor: readonly string[] | null;
  /** A file of accepted findings, from where this one lies. */
  readonly accepted: string | null;
}

/** Throws as the above does. */
export async function parseOutsideConfig(
  name: string,
  bytes: Uint8Array,
  rules: readonly KnownRule[],
): Promise<OutsideConfig> {
  const { keys, file } = await readConfig(name, bytes, rules, OUTSIDE_KEYS);
  const accepted = keys.get('accepted')?.value;
  if (accepted !== undefined && accepted.kind !== 'text')
    throw file.error(accepted, '"accepted" names a file, as "./accepted.jsonl".');
  return { ...configIn(keys, file), floor: readFloor(keys.get('floor'), file), accepted: accepted?.text ?? null };
}

async function readConfig(
  name: string,
  bytes: Uint8Array,
  rules: readonly KnownRule[],
  known: readonly string[],
): Promise<{ readonly keys: ReadonlyMap<string, Member>; readonly file: File }> {
  const text = decodePolicyFile(name, bytes);
  const file: File = { rules, error: (place, message) => configError(name, text, place.offset, message) };
  return { keys: membersOf(await parseJsonc(name, text), 'the config', known, file), file };
}

function configIn(keys: ReadonlyMap<string, Member>, file: File): Config {
  return {
    skipRules: readRuleIds(keys.get('skipRules'), file),
    overrides: readList(keys.get('overrides'), '"overrides"', file).map((item) => readOverride(item, file)),
    failOn: readFailOn(keys.get('failOn'), file),
  };
}

const KEYS = ['$schema', 'rules', 'skipRules', 'overrides', 'failOn'];
const OUTSIDE_KEYS = [...KEYS, 'floor', 'accepted'];

function readFloor(member: Member | undefined, file: File): readonly string[] | null {
  if (member?.value.kind === 'text' && member.value.text === 'all') return null;
  return readTexts(member, '"floor", if it is not "all",', file).map((id) => {
    if (!file.rules.some((rule) => rule.id === id.text)) throw file.error(id, unknownRule(id.text, file.rules));
    return id.text;
  });
}

/**
 * The rule files that a config names, from the top of the repository, `/` as separator. Asked before the rest is read,
 * which may speak of their rules. Throws `KeyguardError` (`config`) for a path that leads out of the repository.
 */
export async function ruleFilesOf(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const { keys, file } = await readConfig(name, bytes, [], OUTSIDE_KEYS);
  return readTexts(keys.get('rules'), '"rules"', file).map((path) => {
    const parts = path.text.split('/').filter((part) => part !== '.' && part !== '');
    const leadsOut = path.text.startsWith('/') || parts.includes('..') || /^[A-Za-z]:|[\\\p{Cc}]/u.test(path.text);
    if (leadsOut || parts.length === 0) {
      throw file.error(path, '"rules" names files of this repository, as "./my-rules.json", with / between folders.');
    }
    return parts.join('/');
  });
}

interface File {
  readonly rules: readonly KnownRule[];
  readonly error: (place: { readonly offset: number }, message: string) => KeyguardError;
}

function readOverride(json: Json, file: File): Override {
  const keys = membersOf(json, 'an override', ['paths', 'skipRules'], file);
  const paths = readTexts(keys.get('paths'), '"paths"', file);
  const skipRules = readRuleIds(keys.get('skipRules'), file);
  if (paths.length === 0)
    throw file.error(json, 'an override needs "paths", a list of patterns as in .keyguardignore.');
  if (skipRules.length === 0) throw file.error(json, 'an override needs "skipRules", a list of rule ids.');
  for (const path of paths) checkPattern(path, file);
  return { matches: isIgnoredBy(paths.map((path) => rawPathFromText(path.text))), skipRules };
}

function checkPattern(pattern: Text, file: File): void {
  if (/(?<!\\)\{[^{}]*,[^{}]*\}/u.test(pattern.text)) {
    throw file.error(pattern, 'patterns have no {a,b}. Write one pattern for each, as in .keyguardignore.');
  }
  if (/^\s*$/u.test(pattern.text)) throw file.error(pattern, 'this pattern is empty.');
}

function readRuleIds(member: Member | undefined, file: File): readonly string[] {
  return readTexts(member, '"skipRules"', file).map((id) => {
    const trouble = whyNotSkippable(id.text, file.rules);
    if (trouble !== null) throw file.error(id, trouble);
    return id.text;
  });
}

function readFailOn(member: Member | undefined, file: File): 'error' | 'warning' {
  if (member === undefined) return 'error';
  const { value } = member;
  if (value.kind === 'text' && (value.text === 'error' || value.text === 'warning')) return value.text;
  const near = value.kind === 'text' ? nearest(value.text, ['error', 'warning']) : null;
  const hint = near === null ? '' : ` Did you mean "${near}"?`;
  throw file.error(value, `"failOn" is "error" or "warning".${hint}`);
}

type Text = Extract<Json, { readonly kind: 'text' }>;

function readTexts(member: Member | undefined, what: string, file: File): readonly Text[] {
  return readList(member, what, file).map((item) => {
    if (item.kind !== 'text') throw file.error(item, `${what} is a list of texts in double quotes.`);
    return item;
  });
}

function readList(member: Member | undefined, what: string, file: File): readonly Json[] {
  if (member === undefined) return [];
  if (member.value.kind !== 'list') throw file.error(member.value, `${what} is a list: [ … ].`);
  return member.value.items;
}

function membersOf(json: Json, what: string, known: readonly string[], file: File): ReadonlyMap<string, Member> {
  if (json.kind !== 'object') throw file.error(json, `${what} is an object: { … }.`);
  const members = new Map<string, Member>();
  for (const member of json.members) {
    if (!known.includes(member.key)) throw file.error(member, unknownKey(member.key, known));
    if (members.has(member.key)) throw file.error(member, `"${member.key}" stands here a second time.`);
    members.set(member.key, member);
  }
  return members;
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  const hint = near === null ? `known are ${known.join(', ')}.` : `did you mean "${near}"?`;
  return `unknown key ${JSON.stringify(key)}; ${hint}`;
}
