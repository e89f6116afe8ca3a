import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

/** Names that sort differently by bytes, by code unit and in most languages. */
const NAMES = ['a.ts', 'B.ts', 'ä.ts', 'z/a.ts', 'z.ts', 'z-1.ts', '\u{1f511}.ts', '\u{ff21}.ts', 'i.ts', 'ı.ts'];

function repoWithKeys(names: readonly string[]): TestRepo {
  const repo = tempRepo();
  repo.commit('README.md', 'nothing\n');
  for (const name of names) repo.stage(name, `const key = '${fakeKey('openaiProject', NAMES.indexOf(name) + 1)}';\n`);
  return repo;
}

const SCANS = [
  ['scan', '--format', 'json'],
  ['scan', '--staged', '--verbose'],
];

describe.each(SCANS)('the report of keyguard %s %s', (...words) => {
  it('is the same in every language, time zone and terminal', () => {
    const { dir } = repoWithKeys(NAMES);
    const first = keyguard(dir, words);
    expect(first.code).toBe(1);
    for (const env of [
      { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr', TZ: 'Pacific/Kiritimati' },
      { LC_ALL: 'sv_SE.UTF-8', LANG: 'sv_SE.UTF-8', TZ: 'America/Los_Angeles', COLUMNS: '200', TERM: 'dumb' },
    ]) {
      expect(keyguard(dir, words, { env }).stdout).toBe(first.stdout);
    }
  });

  it('is the same in another folder, and whichever file came first', () => {
    const [one, other] = [repoWithKeys(NAMES), repoWithKeys(NAMES.toReversed())];
    const copy = join(tempDir(), 'a folder with another name');
    cpSync(one.dir, copy, { recursive: true });
    const expected = keyguard(one.dir, words).stdout;
    expect(expected).toContain('z-1.ts');
    expect(keyguard(other.dir, words).stdout).toBe(expected);
    expect(keyguard(copy, words).stdout).toBe(expected);
  });

  it('is another one when a byte has changed', () => {
    const repo = repoWithKeys(NAMES);
    const before = keyguard(repo.dir, words).stdout;
    repo.stage('a.ts', `const key = '${fakeKey('openaiProject', 100)}';\n`);
    expect(keyguard(repo.dir, words).stdout).not.toBe(before);
  });
});
