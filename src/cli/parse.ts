import { nearest } from '../config/suggest.ts';
import { KeyguardError } from '../errors.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandSpec,
  findCommand,
  isOptionName,
  OPTION_NAMES,
  type OptionName,
  optionSpec,
} from './options.ts';
import { takeApart, type Words } from './yargs.ts';

/** A command line that makes sense by the table of options; whether its words do is the command's business. */
export interface Parsed {
  readonly command: CommandSpec;
  /** Its positionals. */
  readonly words: readonly string[];
  readonly given: Given;
}

/** What was asked for on the command line. */
export type Request =
  | { readonly kind: 'help'; readonly command: CommandSpec | null }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'run' } & Parsed);

/** Throws `KeyguardError` (`usage`): one line with the nearest valid name. */
export function parseRequest(argv: readonly string[]): Request {
  const apart = takeApart(argv, new Map(OPTION_NAMES.map((name) => [name, optionSpec(name)])));
  const given = givenOf(apart.given);
  const first = apart.words.find((word) => !isUnknownOption(word));
  const command = first === undefined || first === 'help' ? null : findCommand(first);
  refuseUnknownOptions(apart.words, command);
  if (first === 'help') return { kind: 'help', command: helpedCommand(apart) };
  if (first !== undefined && command === null) throw unknownCommand(first);
  if (given.has('help')) return { kind: 'help', command };
  if (command === null) {
    if (given.has('version')) return { kind: 'version' };
    throw new KeyguardError('usage', 'no command was given; keyguard --help lists them.');
  }
  const words = [...apart.words.slice(1), ...apart.literal];
  checkOptions(command, given);
  checkWords(command, words);
  return { kind: 'run', command, words, given };
}

export type Given = ReadonlyMap<OptionName, readonly string[]>;

export function valueOf(given: Given, name: OptionName): string | null {
  return given.get(name)?.[0] ?? null;
}

/** The value as one of the choices in the table. */
export function choiceOf<Choice extends string>(
  given: Given,
  name: OptionName,
  choices: readonly Choice[],
): Choice | null {
  return choices.find((choice) => choice === valueOf(given, name)) ?? null;
}

function givenOf(raw: Words['given']): Given {
  const given = new Map<OptionName, readonly string[]>();
  for (const [name, values] of raw) if (isOptionName(name)) given.set(name, values);
  return given;
}

function isUnknownOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

function refuseUnknownOptions(words: readonly string[], command: CommandSpec | null): void {
  const unknown = words.find(isUnknownOption);
  if (unknown === undefined) return;
  // What stands behind the sign may be a key; the name says enough.
  const name = unknown.split('=', 1)[0] ?? '';
  const known = (command === null ? OPTION_NAMES : optionsOf(command)).map((option) => `--${option}`);
  const near = nearest(name, known);
  const help = command === null ? 'keyguard --help' : `keyguard ${command.name} --help`;
  const hint = near === null ? `${help} lists them.` : `did you mean "${near}"?`;
  throw new KeyguardError('usage', `unknown option "${name}"; ${hint}`);
}

function unknownCommand(word: string): KeyguardError {
  const near = nearest(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const hint = near === null ? 'keyguard --help lists them.' : `did you mean "${near}"?`;
  return new KeyguardError('usage', `unknown command "${word}"; ${hint}`);
}

function helpedCommand({ words }: Words): CommandSpec | null {
  const [, word, extra] = words;
  if (extra !== undefined) throw tooManyWords(extra, 'keyguard help COMMAND');
  if (word === undefined) return null;
  const command = findCommand(word);
  if (command === null) throw unknownCommand(word);
  return command;
}

function optionsOf(command: CommandSpec): readonly OptionName[] {
  return [...command.options, ...COMMON_OPTIONS];
}

function checkOptions(command: CommandSpec, given: Given): void {
  for (const [name, values] of given) {
    const { kind, choices, negates } = optionSpec(name);
    if (!optionsOf(command).includes(name)) {
      throw new KeyguardError('usage', `--${name} is no option of keyguard ${command.name}.`);
    }
    if (kind === 'value' && values.length > 1) throw new KeyguardError('usage', `--${name} was given twice.`);
    for (const value of kind === 'flag' ? [] : values) checkValue(`--${name}`, value, choices);
    if (negates !== undefined && isOptionName(negates) && given.has(negates))
      throw contradiction(`--${negates}`, `--${name}`);
  }
  if (given.has('quiet') && given.has('verbose')) throw contradiction('--quiet', '--verbose');
}

/** Throws when the value is empty or none of the choices. */
export function checkValue(what: string, value: string, choices: readonly string[] | undefined): void {
  if (value === '') throw new KeyguardError('usage', `${what} needs a value.`);
  if (choices === undefined || choices.includes(value)) return;
  const near = nearest(value, choices);
  const hint = near === null ? `there are ${choices.join(', ')}.` : `did you mean "${near}"?`;
  throw new KeyguardError('usage', `${what} knows no "${value}"; ${hint}`);
}

export function contradiction(one: string, other: string): KeyguardError {
  return new KeyguardError('usage', `${one} and ${other} cannot go together; give one of them.`);
}

function checkWords(command: CommandSpec, words: readonly string[]): void {
  if (words.includes('')) throw new KeyguardError('usage', 'one of the arguments is empty.');
  for (const [i, { word, arity, choices }] of command.positionals.entries()) {
    const value = words[i];
    if (value === undefined && arity === 'one') {
      throw new KeyguardError(
        'usage',
        `keyguard ${command.name} needs ${word}; keyguard ${command.name} --help tells more.`,
      );
    }
    if (value !== undefined) checkValue(word, value, choices);
  }
  const last = command.positionals.at(-1);
  const extra = last?.arity === 'many' ? undefined : words[command.positionals.length];
  if (extra !== undefined) throw tooManyWords(extra, usageOf(command));
}

function tooManyWords(word: string, usage: string): KeyguardError {
  return new KeyguardError('usage', `"${word}" is one word too many: ${usage}`);
}

/** `keyguard scan [PATH...]` */
export function usageOf({ name, positionals }: CommandSpec): string {
  const shown = positionals.map(({ word, arity }) => {
    if (arity === 'one') return word;
    return arity === 'many' ? `[${word}...]` : `[${word}]`;
  });
  return ['keyguard', name, ...shown].join(' ');
}
