import { wrap } from '../remedy/layout.ts';
import { COMMANDS, COMMON_OPTIONS, type CommandSpec, type OptionName, optionSpec } from './options.ts';
import { usageOf } from './parse.ts';

const COLUMNS = 80;

/** What `--help` prints: all commands, or one with its options. */
export function helpText(command: CommandSpec | null): string {
  return `${(command === null ? overview() : commandHelp(command)).join('\n')}\n`;
}

/** The options of all commands as a table for the README. */
export function optionsTable(): string {
  const rows = COMMANDS.flatMap(({ name, options }) =>
    options.map(
      (option) => `| ${name} | \`${signature(option)}\` | ${optionSpec(option).doc.replaceAll('|', '\\|')} |`,
    ),
  );
  const common = COMMON_OPTIONS.map((option) => `| all | \`${signature(option)}\` | ${optionSpec(option).doc} |`);
  return ['| command | option | |', '|---|---|---|', ...rows, ...common, ''].join('\n');
}

function overview(): readonly string[] {
  return [
    'keyguard keeps the keys of AI providers out of git.',
    '',
    'Usage: keyguard COMMAND [OPTIONS]',
    '',
    ...aligned(COMMANDS.map((command) => [command.name, command.doc])),
    '',
    ...aligned([...COMMON_OPTIONS, 'version' as const].map((name) => [signature(name), optionSpec(name).doc])),
    '',
    ...wrap(
      'Exit code: 0 all was read and nothing found, 1 all was read and keys were found, 2 not all was read.',
      COLUMNS,
    ),
    'keyguard help COMMAND tells more about one.',
  ];
}

function commandHelp(command: CommandSpec): readonly string[] {
  const options = [...command.options, ...COMMON_OPTIONS];
  return [
    ...wrap(command.doc, COLUMNS),
    '',
    `Usage: ${usageOf(command)}${command.options.length > 0 ? ' [OPTIONS]' : ''}`,
    '',
    ...aligned(options.map((name) => [signature(name), optionSpec(name).doc])),
  ];
}

/** `--format FORMAT` */
function signature(name: OptionName): string {
  const { word, short } = optionSpec(name);
  const long = word === undefined ? `--${name}` : `--${name} ${word}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function aligned(rows: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, right]) => wrap(right, COLUMNS, `  ${left.padEnd(width)}`, ' '.repeat(width + 2)));
}
