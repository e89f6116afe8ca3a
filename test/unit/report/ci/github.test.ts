import { describe, expect, test } from 'vitest';
import { githubReport } from '../../../../src/report/ci/github.ts';
import { finding, location, report, shown } from '../fixtures.ts';
import { HOSTILE, hostileReport, incompleteReport } from './hostile.ts';

/** What a runner reads: https://github.com/actions/toolkit, command.ts, the other way round. */
function parse(line: string): { command: string; properties: Map<string, string>; message: string } {
  const found = /^::(?<command>[a-z]+)(?: (?<list>[^:]*))?::(?<message>.*)$/u.exec(line);
  const { command = '', list = '', message = '' } = found?.groups ?? {};
  const properties = list
    .split(',')
    .filter((one) => one !== '')
    .map((one): [string, string] => [one.slice(0, one.indexOf('=')), unescape(one.slice(one.indexOf('=') + 1))]);
  return { command, properties: new Map(properties), message: unescape(message) };
}

function unescape(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

describe('annotations', () => {
  test('of a member stand on its container, with the place in words', () => {
    const inside = finding({ location: { ...location('a.zip', 3, 5), member: shown('config/.env') } });
    const { properties, message } = parse(githubReport(report({ findings: [inside] })).trimEnd());
    expect(Object.fromEntries(properties)).toEqual({ file: 'a.zip', title: 'keyguard: OpenAI project API key' });
    expect(message).toContain('sk-proj-…wxyz in a.zip › config/.env:3. ');
  });

  test('stand on the line of the finding', () => {
    const { command, properties, message } = parse(githubReport(report({ findings: [finding()] })).trimEnd());
    expect(command).toBe('error');
    expect(Object.fromEntries(properties)).toEqual({
      file: 'src/app.ts',
      line: '12',
      endLine: '12',
      col: '17',
      endColumn: '197',
      title: 'keyguard: OpenAI project API key',
    });
    expect(message).toContain('sk-proj-…wxyz');
  });

  test.each(HOSTILE)('cannot be forged by %s', (text) => {
    const lines = githubReport(hostileReport(text))
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.map((line) => parse(line).command)).toEqual(['error', 'error', 'error', 'warning']);
    expect(lines.map((line) => parse(line).properties.get('file'))).toContain(`src/${text}/app.ts`);
  });

  test('say that the scan is not complete', () => {
    const lines = githubReport(incompleteReport('gone')).split('\n');
    expect(lines.filter((line) => parse(line).message.includes('NOT complete'))).toHaveLength(1);
    expect(lines.filter((line) => parse(line).message.includes('gone'))).not.toEqual([]);
  });

  test('end with the number of those that are left out', () => {
    const many = Array.from({ length: 60 }, (_, i) => finding({ location: location('src/app.ts', i + 1) }));
    const lines = githubReport(report({ findings: many }))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toContain('and 10 findings more');
  });

  test('of a key in a message name no file', () => {
    const { properties, message } = parse(
      githubReport(report({ findings: [finding({ location: location(null, 3, 1, 'message') })] })).trimEnd(),
    );
    expect(properties.has('file')).toBe(false);
    expect(message).toContain('the commit message, line 3');
  });

  test('nothing is said where nothing was found', () => {
    expect(githubReport(report())).toBe('');
    expect(githubReport(report({ findings: [finding({ redacted: shown('[secret]') })] }))).not.toBe('');
  });
});
