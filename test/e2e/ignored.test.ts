import { expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

const KEY = fakeKey('openaiProject');

it('counts what the ignore file leaves out, and does not fail for it', () => {
  const repo = tempRepo();
  repo.commit('fixtures/a.txt', KEY);
  repo.commit('b.txt', 'no key');
  repo.commit('.keyguardignore', 'fixtures/\n');
  const ran = keyguard(repo.dir, ['scan', '--format', 'json']);
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    complete: true,
    coverage: { expected: 3, scanned: 3, skipped: [{ reason: 'ignored', count: 1 }] },
    suppressed: [{ by: 'ignore' }],
  });
  expect(ran.stderr).toContain('keyguard: scanned 3 of 3 files, 1 ignored (');
});

it('is not complete when everything is ignored', () => {
  const repo = tempRepo();
  repo.commit('a.txt', KEY);
  repo.commit('.keyguardignore', '*\n');
  const ran = keyguard(repo.dir, ['scan']);
  expect(ran.code).toBe(2);
  expect(ran.stdout).toContain('.keyguardignore ignores every file of this scan; let it ignore less');
  expect(ran.stderr).toMatch(
    /^keyguard: scanned 2 files, all ignored \(.*: NOT complete: no findings, 1 suppressed so far\n$/u,
  );
});

it('lets a commit through that touches ignored files only', () => {
  const repo = tempRepo();
  repo.commit('.keyguardignore', 'fixtures/\n');
  repo.stage('fixtures/a.txt', KEY);
  const ran = keyguard(repo.dir, ['hook', 'pre-commit']);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('1 suppressed');
});
