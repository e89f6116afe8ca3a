import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS, OPTION_NAMES, optionSpec } from '../../../src/cli/options.ts';
import { parseRequest, type Parsed } from '../../../src/cli/parse.ts';
import { scanArgsFrom, whyArgsFrom } from '../../../src/cli/scan-args.ts';
import { KeyguardError } from '../../../src/errors.ts';

function parsed(line: readonly string[]): Parsed {
  const request = parseRequest(line);
  if (request.kind !== 'run') throw new Error(`${line.join(' ')} asks for ${request.kind}`);
  return request;
}

const SCAN = {
  what: { kind: 'tree', paths: [] },
  format: 'pretty',
  output: null,
  reports: [],
  config: null,
  skipRules: [],
  failOn: null,
  allowIncomplete: false,
  acceptSuppressions: false,
  fetch: false,
  policy: null,
  quiet: false,
  verbose: false,
  color: 'auto',
};

describe('scanArgsFrom', () => {
  it.each([
    [[], {}],
    [['a', 'true', '01', '0x10', '1e3'], { what: { kind: 'tree', paths: ['a', 'true', '01', '0x10', '1e3'] } }],
    [
      ['--quiet', 'false', '--', '--staged', '-x'],
      { quiet: true, what: { kind: 'tree', paths: ['false', '--staged', '-x'] } },
    ],
    [['--', 'scan', '--help'], { what: { kind: 'tree', paths: ['scan', '--help'] } }],
    [['--staged'], { what: { kind: 'staged' } }],
    [['--stdin'], { what: { kind: 'stdin', name: null } }],
    [['--stdin', '--stdin-filename=a b'], { what: { kind: 'stdin', name: 'a b' } }],
    [['--files-from', 'list'], { what: { kind: 'files-from', file: 'list' } }],
    [['--format=json', '--output', '-x'], { format: 'json', output: '-x' }],
    [
      ['--report', 'json=a=b', '--report=pretty=c'],
      {
        reports: [
          { format: 'json', file: 'a=b' },
          { format: 'pretty', file: 'c' },
        ],
      },
    ],
    [['--config', 'c.json'], { config: { file: 'c.json' } }],
    [['--no-config'], { config: 'none' }],
    [['--skip-rule', 'a', '--skip-rule', 'b'], { skipRules: ['a', 'b'] }],
    [
      ['--fail-on', 'warning', '--allow-incomplete', '--verbose'],
      { failOn: 'warning', allowIncomplete: true, verbose: true },
    ],
    [['--color', 'never', '--quiet', '--quiet'], { color: 'never', quiet: true }],
  ])('reads scan %j', (args, difference) => {
    expect(scanArgsFrom(parsed(['scan', ...args]))).toEqual({ ...SCAN, ...difference });
  });

  it('takes options in front of the command', () => {
    expect(scanArgsFrom(parsed(['--format', 'json', 'scan', 'a']))).toMatchObject({
      format: 'json',
      what: { paths: ['a'] },
    });
  });

  it('hands the place to why as it was typed', () => {
    expect(whyArgsFrom(parsed(['why', 'a:12', '--no-config']))).toMatchObject({ place: 'a:12', config: 'none' });
  });
});

describe('parseRequest', () => {
  it.each([
    [['scna'], 'unknown command "scna"; did you mean "scan"?'],
    [['frobnicate'], 'unknown command "frobnicate"; keyguard --help lists them.'],
    [['constructor'], 'unknown command "constructor"; keyguard --help lists them.'],
    [[], 'no command was given; keyguard --help lists them.'],
    [['help', 'scna'], 'unknown command "scna"; did you mean "scan"?'],
    [['help', 'scan', 'x'], '"x" is one word too many: keyguard help COMMAND'],
    [['scan', '--stagd'], 'unknown option "--stagd"; did you mean "--staged"?'],
    [['scan', '--fromat=json'], 'unknown option "--fromat"; did you mean "--format"?'],
    [['scan', '--stdinFilename', 'a'], 'unknown option "--stdinFilename"; did you mean "--stdin-filename"?'],
    [['scan', '--frobnicate'], 'unknown option "--frobnicate"; keyguard scan --help lists them.'],
    [['--frobnicate'], 'unknown option "--frobnicate"; keyguard --help lists them.'],
    [['scan', '--no-staged'], 'unknown option "--no-staged"; did you mean "--staged"?'],
    [['scan', '-x'], 'unknown option "-x"; keyguard scan --help lists them.'],
    [['scan', '-1'], 'unknown option "-1"; keyguard scan --help lists them.'],
    [['scan', '--__proto__.x=1'], 'unknown option "--__proto__.x"; keyguard scan --help lists them.'],
    [['scan', '--constructor', 'x'], 'unknown option "--constructor"; keyguard scan --help lists them.'],
    [['scan', '--_', 'x'], 'unknown option "--_"; keyguard scan --help lists them.'],
    [['guide', '--staged'], '--staged is no option of keyguard guide.'],
    [['scan', '--format', 'jsn'], '--format knows no "jsn"; did you mean "json"?'],
    [
      ['scan', '--format', 'yaml'],
      '--format knows no "yaml"; there are pretty, json, jsonl, sarif, github, gitlab, codequality, junit, markdown.',
    ],
    [['scan', '--color', 'JSON'], '--color knows no "JSON"; there are auto, always, never.'],
    [['scan', '--fail-on', 'warnings'], '--fail-on knows no "warnings"; did you mean "warning"?'],
    [['scan', '--format'], '--format needs a value.'],
    [['scan', '--format', '--staged'], '--format needs a value.'],
    [['scan', '--output='], '--output needs a value.'],
    [['scan', '--staged=yes'], '--staged takes no value.'],
    [['scan', '--format', 'json', '--format', 'pretty'], '--format was given twice.'],
    [['scan', '--staged', 'a'], '--staged and PATH cannot go together; give one of them.'],
    [['scan', '--stdin', 'a'], '--stdin and PATH cannot go together; give one of them.'],
    [['scan', '--stdin', '--staged'], '--staged and --stdin cannot go together; give one of them.'],
    [['scan', '--files-from', 'l', '--staged'], '--staged and --files-from cannot go together; give one of them.'],
    [['scan', '--config', 'c', '--no-config'], '--config and --no-config cannot go together; give one of them.'],
    [['scan', '--quiet', '--verbose'], '--quiet and --verbose cannot go together; give one of them.'],
    [['scan', '--stdin-filename', 'a'], '--stdin-filename says nothing without --stdin.'],
    [['scan', '--report', 'json'], '--report takes FORMAT=FILE, as json=report.json; "json" has no =.'],
    [['scan', '--report', 'jsn=a'], '--report knows no "jsn"; did you mean "json"?'],
    [['scan', '--report', 'json='], '--report json= names no file; write --report json=FILE.'],
    [['scan', ''], 'one of the arguments is empty.'],
    [['rules', 'lst'], 'ACTION knows no "lst"; did you mean "list"?'],
    [['rules'], 'keyguard rules needs ACTION; keyguard rules --help tells more.'],
    [['allow'], 'keyguard allow needs FINGERPRINT; keyguard allow --help tells more.'],
    [['allow', 'a', 'b'], '"b" is one word too many: keyguard allow FINGERPRINT'],
    [['install', 'x'], '"x" is one word too many: keyguard install'],
    [['why'], 'keyguard why needs PATH[:LINE]; keyguard why --help tells more.'],
  ])('refuses %j', (argv, message) => {
    const read = (): unknown => scanArgsFrom(parsed(argv));
    expect(read).toThrow(KeyguardError);
    expect(read).toThrow(new RegExp(`^${message.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&')}$`, 'u'));
  });

  it.each([
    [['--help'], null],
    [['-h'], null],
    [['help'], null],
    [['help', 'scan'], 'scan'],
    [['scan', '--help'], 'scan'],
    [['scan', '-h', '--staged', 'a'], 'scan'],
    [['hook', '--help'], 'hook'],
  ])('helps with %j', (argv, name) => {
    const request = parseRequest(argv);
    expect(request).toMatchObject({ kind: 'help', command: name === null ? null : { name } });
  });

  it('tells its version', () => {
    expect(parseRequest(['--version'])).toEqual({ kind: 'version' });
  });

  it('understands any line, or says in one sentence why not', () => {
    const known = constantFrom(
      ...COMMANDS.map(({ name }) => name),
      ...OPTION_NAMES.map((name) => `--${name}`),
      '--',
      'a',
      '=',
    );
    const words = oneof(
      known,
      string(),
      string().map((text) => `--${text}`),
    );
    const outcomeOf = (argv: readonly string[]): string => {
      try {
        return parseRequest(argv).kind;
      } catch (error) {
        return error instanceof KeyguardError ? error.code : String(error);
      }
    };
    assert(
      property(array(words, { maxLength: 6 }), (argv) => {
        expect(['help', 'version', 'run', 'usage']).toContain(outcomeOf(argv));
      }),
      { seed: 1 },
    );
  });
});

describe('the table of options', () => {
  it('gives each option to a command, or to all', () => {
    const used = new Set([
      ...COMMANDS.flatMap(({ options }) => options),
      'quiet',
      'verbose',
      'color',
      'help',
      'version',
    ]);
    expect(OPTION_NAMES.filter((name) => !used.has(name))).toEqual([]);
  });

  it('names a word for each option that takes one, and only for those', () => {
    const wordless = OPTION_NAMES.filter((name) => optionSpec(name).word === undefined);
    expect(wordless).toEqual(OPTION_NAMES.filter((name) => optionSpec(name).kind === 'flag'));
  });
});
