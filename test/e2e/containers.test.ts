import { deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pdfOf, tarOf, zipOf } from '../helpers/archives.ts';
import { fakeKey } from '../helpers/keys.ts';
import { tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { guardedRepo } from './guarded-repo.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject', 73);
const ENV = { name: 'config/.env', content: `# values\nOPENAI_API_KEY=${KEY}\n` };
const COMMIT = { args: ['commit', '-qm', 'add an archive'] };

it('a scan tells the member and the line there, whatever the file is called', () => {
  const repo = tempRepo();
  repo.write('logo.bin', gzipSync(tarOf([ENV])));
  const { code, report } = scanJson(repo.dir, []);
  expect({ code, complete: report.complete }).toEqual({ code: 1, complete: true });
  expect(report.coverage).toMatchObject({ expected: 1, scanned: 1, skipped: [] });
  expect(report.findings).toMatchObject([
    {
      decoded: ['gzip', 'tar'],
      location: { path: 'logo.bin', member: 'config/.env', line: 2, column: 16 },
      exposure: { state: 'unknown', detail: 'it lies in a container, and containers in older commits were not opened' },
    },
  ]);
  expect(keyguard(repo.dir, ['scan']).stdout).toContain(
    '  logo.bin › config/.env:2:16\n  2 | OPENAI_API_KEY=sk-proj-…',
  );
});

it('a commit with a key in an archive is stopped, and passes without it', () => {
  const repo = guardedRepo();
  repo.stage('lib/a.zip', zipOf([ENV]));
  const stopped = repo.run(COMMIT);
  expect(stopped.code).toBe(1);
  expect(stopped.stderr).toContain('lib/a.zip › config/.env:2:16');
  expect(stopped.stderr).not.toContain(KEY);
  expect(repo.head()).not.toBe('');
  repo.stage('lib/a.zip', zipOf([{ ...ENV, content: 'OPENAI_API_KEY=\n' }]));
  expect(repo.run(COMMIT)).toMatchObject({ code: 0 });
});

it('a key that the old archive held already stops nobody', () => {
  const repo = tempRepo();
  repo.commit('a.jar', zipOf([ENV]));
  repo.stage('a.jar', zipOf([{ name: 'new.txt', content: 'new' }, ENV], { method: 'stored' }));
  const { code, report } = scanJson(repo.dir, ['--staged']);
  expect(code).toBe(0);
  expect(report.suppressed).toMatchObject([{ by: 'already-committed' }]);
  repo.stage('a.jar', zipOf([{ ...ENV, content: fakeKey('openaiProject', 74) }]));
  expect(scanJson(repo.dir, ['--staged']).code).toBe(1);
});

it('what was not unpacked is counted and named, and changes no exit', () => {
  const repo = guardedRepo();
  repo.stage('a.zip', zipOf([{ name: 'x\u001b[2J', content: 'secret' }, ENV], { isEncrypted: true }));
  repo.stage('b.gz', gzipSync('text').subarray(0, -3));
  repo.stage('big.gz', gzipSync(Buffer.alloc(20_000_000)));
  const hook = keyguard(repo.dir, ['hook', 'pre-commit']);
  expect(hook.code).toBe(0);
  const said = hook.stderr.replaceAll(/\s+/gu, ' ');
  expect(said).toContain(
    'note: a.zip › x\\u{1b}[2J and 1 more in this file: encrypted, so only its raw bytes were read',
  );
  expect(said).toContain('note: b.gz: damaged, and read as far as it can be unpacked');
  expect(said).toContain('note: big.gz: too large or too deeply packed to be unpacked whole during a commit');
  expect(said).toContain('left out: 1 container over limit, 1 damaged container, 2 encrypted containers');
  const { code, report } = scanJson(repo.dir, []);
  expect({ code, complete: report.complete }).toEqual({ code: 0, complete: true });
  expect(report.coverage.skipped).toEqual([
    { reason: 'container-over-limit', count: 1 },
    { reason: 'damaged-container', count: 1 },
    { reason: 'encrypted-container', count: 2 },
  ]);
  expect(report.notices.map((notice) => notice.code)).toEqual([
    'encrypted-container',
    'damaged-container',
    'container-over-limit',
  ]);
});

it('why tells what was found in the members, how many there are, and what was not read', () => {
  const repo = tempRepo();
  repo.write('a.tar', tarOf([ENV, { name: 'b.zip', content: zipOf([ENV], { isEncrypted: true }) }]));
  repo.write('b.pdf', pdfOf([{ dictionary: '/Filter /FlateDecode', data: deflateSync('BT (nothing) Tj ET') }]));
  const { stdout } = keyguard(repo.dir, ['why', 'a.tar']);
  expect(stdout).toMatch(
    /^a\.tar › config\/\.env:2:16: sk-proj-…\w{4} \(openai-project-key\): reported, because of /mu,
  );
  expect(stdout).toContain('The file is a container (tar): 2 members read in it, 1 match found there.\n');
  expect(stdout).toContain('a.tar › b.zip › config/.env: encrypted, so only its raw bytes were read;');
  expect(keyguard(repo.dir, ['why', 'a.tar › config/.env:2:16']).stdout).toBe(stdout);
  expect(keyguard(repo.dir, ['why', 'b.pdf']).stdout).toBe(
    'The file is a container (pdf): 1 member read in it, no key found there.\n',
  );
});
