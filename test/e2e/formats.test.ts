import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/report/formats.ts';
import { fakeKey } from '../helpers/keys.ts';
import { leaksIn } from '../helpers/leaks.ts';
import { tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

const KEY = fakeKey('openaiAdmin');
const PLANTED = [{ key: KEY, prefix: 'sk-admin-' }];

function plantedRepo(): TestRepo {
  const repo = tempRepo();
  repo.write('src/app.ts', `const first = 1;\nconst client = "${KEY}";\n`);
  return repo;
}

describe('every format', () => {
  test.each(FORMATS)('%s tells the finding, fails the scan, and holds no key', (format) => {
    const repo = plantedRepo();
    const { code, stdout } = keyguard(repo.dir, ['scan', '--format', format]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/openai[ -]admin/iu);
    expect(leaksIn(stdout, PLANTED)).toEqual([]);
  });

  test('several at once, each in a file that its owner alone may read', () => {
    const repo = plantedRepo();
    const args = ['scan', '--report', 'sarif=out.sarif', '--report', 'junit=out.xml', '--report', 'json=out.json'];
    const { code, stdout } = keyguard(repo.dir, args);
    expect(code).toBe(1);
    expect(stdout).toContain('OpenAI admin API key');
    expect(JSON.parse(readFileSync(join(repo.dir, 'out.sarif'), 'utf8')).runs[0].results[0].ruleId).toBe(
      'openai-admin-key',
    );
    expect(readFileSync(join(repo.dir, 'out.xml'), 'utf8')).toContain('<failure type="openai-admin-key"');
    if (process.platform !== 'win32') expect(statSync(join(repo.dir, 'out.json')).mode & 0o777).toBe(0o600);
  });

  test('the same scan twice gives the same bytes', () => {
    const repo = plantedRepo();
    for (const format of FORMATS) {
      const [first, second] = [1, 2].map(() => keyguard(repo.dir, ['scan', 'src', '--format', format]).stdout);
      expect(second).toBe(first);
    }
  });

  test('an unknown one is refused with the nearest', () => {
    const repo = plantedRepo();
    const { code, stderr } = keyguard(repo.dir, ['scan', '--format', 'sarf']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "sarif"?')]);
  });
});

describe('in a workflow of GitHub', () => {
  test('the finding stands on its line and in the summary, which is added to', () => {
    const repo = plantedRepo();
    const summary = join(tempDir(), 'summary.md');
    writeFileSync(summary, 'what another step wrote\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { code, stdout } = keyguard(repo.dir, ['scan', 'src'], { env });
    expect(code).toBe(1);
    expect(stdout).toContain('::group::src/app.ts:2:17: OpenAI admin API key');
    expect(stdout).toContain('::error file=src/app.ts,line=2,endLine=2,col=17,');
    expect(readFileSync(summary, 'utf8')).toMatch(/^what another step wrote\n<!-- keyguard -->\n/u);
    expect(leaksIn(`${stdout}${readFileSync(summary, 'utf8')}`, PLANTED)).toEqual([]);
  });

  test('a report for a program stays as it is', () => {
    const repo = plantedRepo();
    const { stdout } = keyguard(repo.dir, ['scan', 'src', '--format', 'json'], { env: { GITHUB_ACTIONS: 'true' } });
    expect(JSON.parse(stdout).findings).toHaveLength(1);
  });

  test('a summary that cannot be written is no clean scan', () => {
    const repo = plantedRepo();
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(repo.dir, 'no', 'such', 'folder.md') };
    const { code, stderr } = keyguard(repo.dir, ['scan', 'src'], { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot write')]);
  });
});
