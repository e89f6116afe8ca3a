import { describe, expect, test } from 'vitest';
import { escapeForDisplay } from '../../../src/report/display.ts';
import { FOLDS } from '../../../src/report/fold.ts';
import { prettyReport } from '../../../src/report/pretty.ts';
import { finding, location, report, style } from './fixtures.ts';

const folds = new Map(FOLDS);

function folded(variable: string, path = 'src/app.ts'): string {
  return prettyReport(
    report({ findings: [finding({ location: location(path) })] }),
    style({ fold: folds.get(variable) ?? null }),
  );
}

describe('folding in a log', () => {
  test.each([
    ['GITHUB_ACTIONS', '::group::src/app.ts:12:17: OpenAI project API key sk-proj-…wxyz\n', '\n::endgroup::\n'],
    [
      'GITLAB_CI',
      '\u001b[0Ksection_start:0:keyguard_1\r\u001b[0Ksrc/app.ts:12:17: ',
      '\u001b[0Ksection_end:0:keyguard_1\r\u001b[0K\n',
    ],
    ['TF_BUILD', '##[group]src/app.ts:12:17: ', '\n##[endgroup]\n'],
    ['BUILDKITE', '--- src/app.ts:12:17: ', ''],
    ['TRAVIS', 'travis_fold:start:keyguard_1\r', 'travis_fold:end:keyguard_1\r'],
  ])('%s', (variable, begin, end) => {
    expect(folded(variable)).toContain(begin);
    expect(folded(variable)).toContain(end);
  });

  test('no name of a file begins a command', () => {
    const lines = folded('GITHUB_ACTIONS', escapeForDisplay('::endgroup::x ##[error]y')).split('\n');
    expect(lines.filter((line) => /^\s*::/u.test(line)).map((line) => line.slice(0, 9))).toEqual([
      '::group::',
      '::endgrou',
    ]);
    expect(lines.join('\n')).not.toContain('##[error]');
  });

  test('nothing folds elsewhere', () => {
    expect(prettyReport(report({ findings: [finding()] }), style())).not.toContain('group');
  });
});
