import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { scanJson } from './scan-json.ts';

const [OLD, NEW] = [fillTemplate('{{alnum:16}}', 1), fillTemplate('{{alnum:16}}', 2)];

function url(password: string, database = 'prod'): string {
  return `DATABASE_URL=postgres://app:${password}@db.acme.io/${database}\n`;
}

function fingerprintsIn(dir: string, args: readonly string[] = []): readonly string[] {
  return scanJson(dir, args).report.findings.map(({ fingerprint }) => fingerprint);
}

describe('the fingerprint of a password', () => {
  it('is no hash of it', () => {
    const repo = tempRepo();
    repo.write('app.conf', url(OLD));
    const [before] = fingerprintsIn(repo.dir);
    const hash = createHash('sha256').update(`keyguard-1\0${OLD}`).digest('hex').slice(0, 16);
    expect(before).toMatch(/^[0-9a-f]{16}$/u);
    expect(before).not.toBe(hash);
    repo.write('app.conf', url(NEW));
    expect(fingerprintsIn(repo.dir)).toEqual([before]);
  });

  it('names the path, and which one it is there', () => {
    const repo = tempRepo();
    repo.write('a.conf', url(OLD) + url(NEW));
    repo.write('b.conf', `# of the second server\n${url(OLD)}`);
    const found = fingerprintsIn(repo.dir);
    expect(new Set(found).size).toBe(3);
    repo.write('a.conf', `# both\n${url(OLD)}# and\n${url(NEW)}`);
    expect(fingerprintsIn(repo.dir)).toEqual(found);
  });

  it('is what keyguard allow takes, and keyguard why knows', () => {
    const repo = tempRepo();
    repo.write('a.conf', url(OLD) + url(NEW));
    const [first, second = ''] = fingerprintsIn(repo.dir);
    expect(keyguard(repo.dir, ['allow', second, '--never-live', '--reason', 'made for tests']).code).toBe(0);
    expect(fingerprintsIn(repo.dir)).toEqual([first]);
    const { stdout } = keyguard(repo.dir, ['why', 'a.conf']);
    expect(stdout).toMatch(/a\.conf:1:29: \[database password\] .*: reported, because of/u);
    expect(stdout).toMatch(/a\.conf:2:29: \[database password\] .*set aside/u);
  });
});

describe('a password that the old side of the change holds', () => {
  it('stays old where its line is edited or moved', () => {
    const repo = tempRepo();
    repo.commit('a.conf', url(OLD));
    repo.stage('a.conf', `# moved\n\n${url(OLD, 'other')}`);
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, by: report.suppressed.map(({ by }) => by) }).toEqual({ code: 0, by: ['already-committed'] });
  });

  it('stays old where its file is renamed', () => {
    const repo = tempRepo();
    repo.commit('a.conf', `${url(OLD)}${'line\n'.repeat(30)}`);
    repo.git('mv', 'a.conf', 'b.conf');
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, found: report.findings }).toEqual({ code: 0, found: [] });
  });

  it('does not make another one old that takes its place', () => {
    const repo = tempRepo();
    repo.commit('a.conf', url(OLD));
    repo.stage('a.conf', url(NEW));
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, rules: report.findings.map(({ ruleId }) => ruleId) }).toEqual({
      code: 1,
      rules: ['database-url-password'],
    });
  });

  it('does not make a second one old that comes before it', () => {
    const repo = tempRepo();
    repo.commit('a.conf', url(OLD));
    repo.stage('a.conf', url(NEW) + url(OLD));
    const { report } = scanJson(repo.dir, ['--staged']);
    expect(report.findings.map(({ location }) => location.line)).toEqual([1]);
    expect(report.suppressed.map(({ by }) => by)).toEqual(['already-committed']);
  });
});

it('is printed in no report', () => {
  const repo = tempRepo();
  repo.write('app.conf', `${url(OLD)}JWT_SECRET=${NEW}${OLD}\n`);
  for (const args of [['scan'], ['scan', '--format', 'json'], ['why', 'app.conf']]) {
    const { stdout, stderr } = keyguard(repo.dir, args);
    expect(stdout + stderr).toContain('[database password]');
    expect(stdout + stderr).toContain('[JWT signing secret]');
    for (const part of [OLD, NEW, OLD.slice(-4), NEW.slice(-4)]) expect(stdout + stderr).not.toContain(part);
  }
});
