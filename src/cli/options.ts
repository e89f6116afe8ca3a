import { AGENTS } from '../agents/agent.ts';
import { FORMATS } from '../report/formats.ts';

/**
 * Every option and command once. Parsing, help, the table in the README and the suggestions for a slip of the pen come
 * from here.
 */
export interface OptionSpec {
  /** A `flag` stands alone, a `value` takes one word, a `list` may be given several times. */
  readonly kind: 'flag' | 'value' | 'list';
  /** What the help shows for the word it takes. */
  readonly word?: string;
  readonly choices?: readonly string[];
  /** One letter, for what everybody types from memory. */
  readonly short?: string;
  /** The option that this one takes back. */
  readonly negates?: string;
  readonly doc: string;
}

const OPTIONS = {
  staged: { kind: 'flag', doc: 'Scan what the next commit would record.' },
  range: { kind: 'value', word: 'A..B', doc: 'Scan what the commits bring in that B has and A has not.' },
  since: { kind: 'value', word: 'REF', doc: 'The same as --range REF..HEAD.' },
  stdin: { kind: 'flag', doc: 'Scan what comes in on standard input.' },
  'stdin-filename': { kind: 'value', word: 'NAME', doc: 'The name that a report gives to standard input.' },
  'files-from': { kind: 'value', word: 'FILE', doc: 'Scan the paths in FILE, one a line.' },
  format: {
    kind: 'value',
    word: 'FORMAT',
    choices: FORMATS,
    doc: `How the report is written: ${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1) ?? ''}.`,
  },
  report: { kind: 'list', word: 'FORMAT=FILE', doc: 'Write one more report to a file; may be repeated.' },
  output: { kind: 'value', word: 'FILE', doc: 'Write the report to FILE instead of standard output.' },
  config: { kind: 'value', word: 'FILE', doc: 'Read this config instead of keyguard.config.json.' },
  'no-config': { kind: 'flag', negates: 'config', doc: 'Read no config.' },
  'skip-rule': { kind: 'list', word: 'ID', doc: 'Switch a rule off (not one of high risk); may be repeated.' },
  'fail-on': {
    kind: 'value',
    word: 'SEVERITY',
    choices: ['error', 'warning'],
    doc: 'warning: advisories count as findings.',
  },
  known: {
    kind: 'list',
    word: 'FILE',
    doc: 'Look for the values in FILE, too (NAME=value or a value a line), as for those in .env files; may be repeated.',
  },
  fetch: { kind: 'flag', doc: 'In a CI: let git fetch what a shallow clone lacks. Nothing else uses the network.' },
  'accept-suppressions': {
    kind: 'flag',
    doc: 'In a CI, and with --range: honour what the change itself silences. Given by whoever has reviewed it, outside of the change.',
  },
  policy: {
    kind: 'value',
    word: 'FILE',
    doc: 'A policy from outside of the repository, which beats its own; KEYGUARD_POLICY names one, too.',
  },
  'allow-incomplete': { kind: 'flag', doc: 'Do not fail because something could not be read.' },
  reason: { kind: 'value', word: 'TEXT', doc: 'Why the finding is accepted.' },
  until: { kind: 'value', word: 'DATE', doc: 'The last day on which it is accepted, as 2026-11-20.' },
  rule: { kind: 'value', word: 'ID', doc: 'The rule that found it.' },
  'i-revoked-it': { kind: 'value', word: 'DATE', doc: 'The key was revoked on this day. High risks need this ...' },
  'never-live': { kind: 'flag', doc: '... or this: the key never opened anything.' },
  'if-missing': {
    kind: 'value',
    word: 'HOW',
    choices: ['block', 'warn'],
    doc: 'What a commit meets when node or keyguard is gone one day (block).',
  },
  hooks: {
    kind: 'value',
    word: 'LIST',
    doc: 'Which: pre-commit,pre-merge-commit,pre-push unless given; also commit-msg.',
  },
  manager: { kind: 'value', word: 'NAME', doc: 'Who keeps the hooks, if it is not the one that is found.' },
  global: { kind: 'flag', doc: 'For all repositories of this user.' },
  force: { kind: 'flag', doc: 'Install where CI is set, too.' },
  agent: {
    kind: 'list',
    word: 'NAME',
    choices: AGENTS,
    doc: 'A coding agent instead of the commits: claude, codex or cursor; may be repeated.',
  },
  'dry-run': { kind: 'flag', doc: 'Say what would be done and do nothing.' },
  fix: { kind: 'flag', doc: 'Do what mends it, where that takes nothing away from anybody.' },
  prove: { kind: 'flag', doc: 'Run the hooks on a commit that is never made, with a made-up key and without.' },
  color: { kind: 'value', word: 'WHEN', choices: ['auto', 'always', 'never'], doc: 'Colour: auto, always or never.' },
  quiet: { kind: 'flag', doc: 'Say nothing but findings and faults.' },
  verbose: { kind: 'flag', doc: 'Say more.' },
  help: { kind: 'flag', short: 'h', doc: 'Show this help.' },
  version: { kind: 'flag', doc: 'Show the version.' },
} satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;

export const OPTION_NAMES: readonly OptionName[] = Object.keys(OPTIONS).filter(isOptionName);

export function optionSpec(name: OptionName): OptionSpec {
  return OPTIONS[name];
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

interface PositionalSpec {
  readonly word: string;
  readonly arity: 'one' | 'optional' | 'many';
  readonly choices?: readonly string[];
}

export interface CommandSpec {
  readonly name: CommandName;
  readonly doc: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: readonly OptionName[];
}

export type CommandName = 'scan' | 'hook' | 'install' | 'uninstall' | 'doctor' | 'guide' | 'rules' | 'allow' | 'why';

/** Given to every command. */
export const COMMON_OPTIONS: readonly OptionName[] = ['quiet', 'verbose', 'color', 'help'];

const POLICY_OPTIONS: readonly OptionName[] = ['config', 'no-config', 'skip-rule'];

/** In the order in which people meet them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'scan',
    doc: 'Look for keys in the working tree, in PATHs, in what is staged, or in commits. In a CI: in those of the build.',
    positionals: [{ word: 'PATH', arity: 'many' }],
    options: [
      ...(['staged', 'range', 'since', 'stdin', 'stdin-filename', 'files-from', 'format', 'report', 'output'] as const),
      ...POLICY_OPTIONS,
      ...(['known', 'fail-on', 'accept-suppressions', 'policy', 'fetch', 'allow-incomplete'] as const),
    ],
  },
  {
    name: 'hook',
    doc: 'What git runs (pre-commit, pre-merge-commit, commit-msg, pre-push, pre-receive), and coding agents (agent-claude, agent-codex, agent-cursor).',
    positionals: [
      { word: 'NAME', arity: 'one' },
      { word: 'ARG', arity: 'many' },
    ],
    options: [],
  },
  {
    name: 'install',
    doc: 'Check every commit and push of this repository from now on.',
    positionals: [],
    options: ['hooks', 'manager', 'if-missing', 'global', 'force', 'agent', 'dry-run'],
  },
  {
    name: 'uninstall',
    doc: 'Put back what was there before install.',
    positionals: [],
    options: ['global', 'agent', 'dry-run'],
  },
  {
    name: 'doctor',
    doc: 'Tell whether commits here are really checked, and what to do if not; --prove shows it.',
    positionals: [],
    options: ['fix', 'prove', 'format'],
  },
  {
    name: 'guide',
    doc: 'How to create, name, store, limit, test and revoke keys.',
    positionals: [
      { word: 'PROVIDER', arity: 'optional' },
      { word: 'TOPIC', arity: 'many' },
    ],
    options: [],
  },
  {
    name: 'rules',
    doc: 'Which keys are known: list, show ID, check [FILE...].',
    positionals: [
      { word: 'ACTION', arity: 'one', choices: ['list', 'show', 'check'] },
      { word: 'ID or FILE', arity: 'many' },
    ],
    options: [],
  },
  {
    name: 'allow',
    doc: 'Accept one finding, with a reason, for all who work on this repository.',
    positionals: [{ word: 'FINGERPRINT', arity: 'one' }],
    options: ['reason', 'until', 'rule', 'i-revoked-it', 'never-live'],
  },
  {
    name: 'why',
    doc: 'Tell for one place which rules looked, and why something was reported or not.',
    positionals: [{ word: 'PATH[:LINE]', arity: 'one' }],
    options: POLICY_OPTIONS,
  },
];

export function findCommand(name: string): CommandSpec | null {
  return COMMANDS.find((command) => command.name === name) ?? null;
}
