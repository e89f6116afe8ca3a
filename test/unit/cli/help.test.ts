import { describe, expect, it } from 'vitest';
import { helpText, optionsTable } from '../../../src/cli/help.ts';
import { COMMANDS, findCommand } from '../../../src/cli/options.ts';

describe('helpText', () => {
  it('lists the commands in their order', () => {
    const names = helpText(null)
      .split('\n')
      .flatMap((line) => /^ {2}(?<name>[a-z]+) /u.exec(line)?.groups?.['name'] ?? []);
    expect(names).toEqual(['scan', 'hook', 'install', 'uninstall', 'doctor', 'guide', 'rules', 'allow', 'why']);
  });

  it.each([null, ...COMMANDS.map(({ name }) => name)])('fits 80 columns: %s', (name) => {
    const lines = helpText(name === null ? null : findCommand(name)).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.at(-1)).toBe('');
  });

  it.each(COMMANDS)('tells every option of $name', (command) => {
    const text = helpText(command);
    for (const option of [...command.options, 'quiet', 'verbose', 'color', 'help'])
      expect(text).toContain(`--${option}`);
  });

  it('shows how a command is called', () => {
    expect(helpText(findCommand('allow'))).toMatchInlineSnapshot(`
      "Accept one finding, with a reason, for all who work on this repository.

      Usage: keyguard allow FINGERPRINT [OPTIONS]

        --reason TEXT        Why the finding is accepted.
        --until DATE         The last day on which it is accepted, as 2026-11-20.
        --rule ID            The rule that found it.
        --i-revoked-it DATE  The key was revoked on this day. High risks need this ...
        --never-live         ... or this: the key never opened anything.
        --quiet              Say nothing but findings and faults.
        --verbose            Say more.
        --color WHEN         Colour: auto, always or never.
        -h, --help           Show this help.
      "
    `);
  });
});

describe('optionsTable', () => {
  it('is a table of three columns with every option', () => {
    const rows = optionsTable().trimEnd().split('\n');
    expect(rows.filter((row) => row.replaceAll('\\|', '').split('|').length !== 5)).toEqual([]);
    expect(rows).toContain('| scan | `--files-from FILE` | Scan the paths in FILE, one a line. |');
    expect(rows).toContain('| all | `-h, --help` | Show this help. |');
  });
});
