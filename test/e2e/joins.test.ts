import { expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { leaksIn } from '../helpers/leaks.ts';
import { tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject', 9);
const OTHER = fakeKey('anthropicApi', 9);
const CODE = `first line\nconst k = '${KEY.slice(0, 70)}' +\n  '${KEY.slice(70)}', o = '${OTHER}';\n`;
const PLANTED = [
  { key: KEY, prefix: 'sk-proj-' },
  { key: OTHER, prefix: 'sk-ant-api03-' },
];

it.each([[[]], [['--staged']]])('finds a key in pieces, and shows none of them: scan %s', (args) => {
  const repo = tempRepo();
  repo.stage('a.ts', CODE);
  const { code, report } = scanJson(repo.dir, args);
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    { ruleId: 'openai-project-key', decoded: ['concatenation'], location: { line: 2, column: 12, endLine: 3 } },
    { ruleId: 'anthropic-api-key', decoded: [], location: { line: 3 } },
  ]);
  const { stdout } = keyguard(repo.dir, ['scan', ...args]);
  expect(stdout).toContain('decoded from concatenation');
  expect(leaksIn(stdout, PLANTED)).toEqual([]);
  expect(leaksIn(JSON.stringify(report), PLANTED)).toEqual([]);
});
