import yargs from 'yargs';
import { KeyguardError } from '../errors.ts';
import type { OptionSpec } from './options.ts';

/** A command line taken apart, not yet judged. */
export interface Words {
  /** What is no option, in order. Also options that nobody knows: they still have their dashes. */
  readonly words: readonly string[];
  /** What stands behind `--`: never options. */
  readonly literal: readonly string[];
  /** Each option with its values as they were typed; those of a flag are empty texts. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

/**
 * yargs takes the line apart and nothing else: no guesses at numbers and booleans, no camel case, no help or exit of
 * its own, no words in the language of the machine.
 */
export function takeApart(
  argv: readonly string[],
  options: ReadonlyMap<string, Pick<OptionSpec, 'kind' | 'short'>>,
): Words {
  const parser = yargs([...argv])
    .help(false)
    .version(false)
    .exitProcess(false)
    .detectLocale(false)
    .parserConfiguration(AS_TYPED)
    .fail((message, error) => {
      // Its own complaints come as a message or as an error of this name; anything else is a bug.
      if (error !== undefined && error !== null && error.name !== 'YError') throw error;
      throw new KeyguardError('usage', inOurWords(error?.message ?? message));
    });
  for (const [name, { kind, short }] of options) {
    // A flag is a text that takes no word: a yargs boolean would swallow a path named `true`.
    parser.option(name, { type: 'string', nargs: kind === 'flag' ? 0 : 1, ...(short && { alias: short }) });
  }
  const parsed: Readonly<Record<string, unknown>> = parser.parseSync();
  const given = new Map<string, readonly string[]>();
  for (const name of options.keys()) {
    if (Object.hasOwn(parsed, name)) given.set(name, textsOf(parsed[name]));
  }
  const own = new Set(['_', '--', '$0', ...[...options].flatMap(([name, { short }]) => [name, short])]);
  const strangers = Object.keys(parsed).filter((key) => !own.has(key));
  return {
    words: [...textsOf(parsed['_']), ...strangers.map((key) => (key.length === 1 ? `-${key}` : `--${key}`))],
    literal: textsOf(parsed['--']),
    given,
  };
}

const AS_TYPED = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'duplicate-arguments-array': true,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'populate--': true,
  'short-option-groups': false,
  'unknown-options-as-args': true,
} as const;

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

function inOurWords(message: string): string {
  const name = message.slice(message.lastIndexOf(': ') + 2);
  if (message.startsWith('Not enough arguments following')) return `--${name} needs a value.`;
  if (message.startsWith('Argument unexpected for')) return `--${name} takes no value.`;
  return message.replaceAll(/\s+/gu, ' ');
}
