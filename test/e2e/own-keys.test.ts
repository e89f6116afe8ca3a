import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

const VALUE = fillTemplate('{{alnum:40}}', 31);
const OTHER = fillTemplate('{{alnum:36}}', 32);

/** A repository with values that it ignores. */
function repoWithEnv(text = `INTERNAL_TOKEN=${VALUE}\n`): TestRepo {
  const repo = tempRepo();
  repo.commit('.gitignore', '.env*\n!.env.example\n');
  repo.write('.env', text);
  return repo;
}

interface Json {
  readonly complete: boolean;
  readonly findings: readonly { readonly ruleId: string; readonly title: string; readonly fingerprint: string; readonly location: { readonly path: string } }[]; // prettier-ignore
  readonly suppressed: readonly { readonly by: string; readonly ruleId: string }[];
  readonly notices: readonly { readonly code: string }[];
  readonly coverage: { readonly skipped: readonly { readonly reason: string; readonly count: number }[] };
}

function scan(repo: Pick<TestRepo, 'dir'>, ...args: readonly string[]): Json & { readonly code: number | null } {
  const { code, stdout, stderr } = keyguard(repo.dir, ['scan', '--format', 'json', ...args]);
  expect(`${stdout}${stderr}`).not.toContain(VALUE);
  const json: Json = JSON.parse(stdout);
  return { ...json, code };
}

function placesOf({ findings }: Json): readonly (readonly string[])[] {
  return findings.map(({ ruleId, title, location }) => [ruleId, title, location.path]);
}

describe('the value of a .env file', () => {
  it('stops a commit that has it', () => {
    const repo = repoWithEnv();
    repo.stage('src/a.ts', `const token = '${VALUE}';\n`);
    const { code, stderr } = keyguard(repo.dir, ['hook', 'pre-commit']);
    expect(code).toBe(1);
    expect(stderr.split('\n')[0]).toBe('keyguard: commit stopped: value of INTERNAL_TOKEN from .env in src/a.ts:1');
    expect(stderr).toContain('read INTERNAL_TOKEN');
    expect(stderr).not.toContain(VALUE);
    repo.stage('src/a.ts', `const token = process.env.INTERNAL_TOKEN;\n`);
    expect(keyguard(repo.dir, ['hook', 'pre-commit']).code).toBe(0);
  });

  it('is found in the working tree and in what is staged, with any config and with none', () => {
    const repo = repoWithEnv();
    repo.stage('src/a.ts', `const token = '${VALUE}';\n`);
    const expected = [['own-key', 'value of INTERNAL_TOKEN from .env', 'src/a.ts']];
    for (const args of [[], ['--staged'], ['--no-config'], ['src']]) {
      const report = scan(repo, ...args);
      expect([report.code, placesOf(report)]).toEqual([1, expected]);
    }
  });

  it('of a folder below counts for what lies below it', () => {
    const repo = repoWithEnv('A=1\n');
    repo.write('apps/web/.env.local', `WEB_TOKEN=${OTHER}\n`);
    repo.write('apps/web/src/a.ts', OTHER);
    repo.write('apps/api/a.ts', VALUE);
    expect(placesOf(scan(repo))).toEqual([
      ['own-key', 'value of WEB_TOKEN from apps/web/.env.local', 'apps/web/src/a.ts'],
    ]);
  });

  it('is no finding in the file that it came from, nor in another one of values that git does not have', () => {
    const repo = repoWithEnv();
    repo.write('.env.backup', `OLD_TOKEN=${VALUE}\n`);
    expect(placesOf(scan(repo, '.env', '.env.backup'))).toEqual([]);
    repo.git('add', '-f', '.env.backup');
    for (const args of [[], ['--staged']]) {
      expect(placesOf(scan(repo, ...args))).toEqual([['own-key', 'value of INTERNAL_TOKEN from .env', '.env.backup']]);
    }
    repo.git('rm', '-q', '--cached', '-f', '.env.backup');
    repo.write('.env.example', `INTERNAL_TOKEN=${VALUE}\n`);
    expect(placesOf(scan(repo))).toEqual([['own-key', 'value of INTERNAL_TOKEN from .env', '.env.example']]);
  });

  it('that HEAD has already stops nobody', () => {
    const repo = repoWithEnv('A=1\n');
    repo.commit('src/a.ts', `const token = '${VALUE}';\n`);
    repo.write('.env', `INTERNAL_TOKEN=${VALUE}\n`);
    repo.git('mv', 'src/a.ts', 'src/b.ts');
    repo.stage('src/b.ts', `// moved\nconst token = '${VALUE}';\n`);
    const report = scan(repo, '--staged');
    expect(report.code).toBe(0);
    expect(report.suppressed).toMatchObject([{ by: 'already-committed', ruleId: 'own-key' }]);
    expect(scan(repo).code).toBe(1);
  });

  it('can be accepted, and allowed by a comment', () => {
    const repo = repoWithEnv();
    repo.stage('src/a.ts', `const token = '${VALUE}';\n`);
    const [found] = scan(repo, '--staged').findings;
    const allowed = keyguard(repo.dir, ['allow', found?.fingerprint ?? '', '--reason', 'a test server']);
    expect(allowed.code).toBe(0);
    expect(allowed.stdout).toContain('value of INTERNAL_TOKEN from .env');
    const report = scan(repo);
    expect([report.code, report.suppressed]).toMatchObject([0, [{ by: 'baseline' }]]);
    repo.write('src/b.ts', `const token = '${VALUE}'; // keyguard:allow own-key -- a test server\n`);
    expect(scan(repo, 'src/b.ts')).toMatchObject({ code: 0, suppressed: [{ by: 'inline-allow' }] });
    repo.write('keyguard.config.json', '{ "skipRules": ["own-key"] }');
    repo.write('src/c.ts', VALUE);
    expect(scan(repo, 'src/c.ts').suppressed).toMatchObject([{ by: 'config' }]);
  });

  it('leaves the finding to the rule that knows the key', () => {
    const key = fakeKey('openaiProject', 33);
    const repo = repoWithEnv(`OPENAI_API_KEY=${key}\n`);
    repo.write('src/a.ts', `const k = '${key}';\n`);
    const report = scan(repo);
    expect(report.findings).toMatchObject([
      {
        ruleId: 'openai-project-key',
        evidence: expect.arrayContaining([{ kind: 'own-value', text: 'OPENAI_API_KEY', file: '.env' }]),
      },
    ]);
    expect(keyguard(repo.dir, ['scan']).stdout.replaceAll(/\s+/gu, ' ')).toContain(
      'the same value as OPENAI_API_KEY in .env',
    );
  });

  it('is read outside of a repository, and from standard input', () => {
    const dir = tempDir();
    appendFileSync(join(dir, '.env'), `INTERNAL_TOKEN=${VALUE}\n`);
    appendFileSync(join(dir, 'a.ts'), VALUE);
    expect(placesOf(scan({ dir }))).toEqual([['own-key', 'value of INTERNAL_TOKEN from .env', 'a.ts']]);
    expect(keyguard(dir, ['scan', '--stdin'], { input: `x ${VALUE}` }).code).toBe(1);
    expect(keyguard(dir, ['scan', '--stdin'], { input: `x ${OTHER}` }).code).toBe(0);
  });
});

it('keyguard why tells of own keys and of places that publish keys', () => {
  const repo = repoWithEnv();
  repo.write('src/a.ts', `const token = '${VALUE}';\nnew OpenAI({ dangerouslyAllowBrowser: true });\n`);
  const { stdout } = keyguard(repo.dir, ['why', 'src/a.ts']);
  expect(stdout).toBe(
    `src/a.ts:1:16: …${VALUE.slice(-4)} (own-key): reported, because of the same value as INTERNAL_TOKEN in .env.\n` +
      'src/a.ts:2:14: dangerouslyAllowBrowser (exposure-browser-client): advised, because the key of such a client is in the page, where every visitor can read it.\n',
  );
  expect(keyguard(repo.dir, ['why', '.env']).stdout).toContain('this is the file that the value comes from');
});

describe('a .env file that cannot be read', () => {
  it.skipIf(process.platform === 'win32')('is counted, and nothing waits for it', () => {
    const repo = tempRepo();
    repo.commit('.gitignore', '.env*\n');
    execFileSync('mkfifo', [join(repo.dir, '.env')], { env: cleanEnv() });
    repo.stage('a.ts', 'const a = 1;\n');
    const { code, stderr } = keyguard(repo.dir, ['hook', 'pre-commit']);
    expect(code).toBe(0);
    expect(stderr).toContain('left out: 1 unread env file');
    expect(scan(repo).coverage.skipped).toContainEqual({ reason: 'unread-env-file', count: 1 });
  });

  it('does not hide what others say, however much it holds', () => {
    const repo = repoWithEnv(Array.from({ length: 20_000 }, (_, i) => `K${i}=${OTHER}${i}`).join('\n'));
    repo.write('a.ts', `${OTHER}7`);
    const report = scan(repo);
    expect(report.findings).toHaveLength(1);
    expect(report.notices).toMatchObject([{ code: 'own-keys-too-many' }]);
    expect(report.coverage.skipped).toContainEqual({ reason: 'own-value-over-limit', count: 19_500 });
  });

  it('does not lose a key behind values that are none', () => {
    const settings = Array.from({ length: 600 }, (_, i) => `SETTING_${i}=the-name-of-setting-${i}`);
    const repo = repoWithEnv([...settings, `INTERNAL_TOKEN=${VALUE}`].join('\n'));
    repo.write('a.ts', VALUE);
    const { findings, notices } = scan(repo);
    expect([findings.length, notices]).toEqual([1, []]);
  });
});

describe('--known FILE', () => {
  it('names further values, by name or alone', () => {
    const repo = tempRepo();
    repo.write('../known.txt', `# vault\nVAULT=${VALUE}\n${OTHER}\nshort\n`);
    repo.write('a.ts', `${VALUE} ${OTHER}`);
    expect(scan(repo).findings).toEqual([]);
    const report = scan(repo, '--known', '../known.txt');
    expect(placesOf(report).map(([, title]) => title)).toEqual([
      'value of VAULT from ../known.txt',
      'value of line 3 from ../known.txt',
    ]);
    expect(report.notices).toMatchObject([{ code: 'own-keys-left-alone' }]);
  });

  it('that cannot be read is a mistake of whoever typed it', () => {
    const repo = tempRepo();
    repo.write('a.ts', 'x');
    const { code, stderr } = keyguard(repo.dir, ['scan', '--known', 'nowhere.txt']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'keyguard: --known: nowhere.txt could not be read as text; name a file of NAME=value lines, at most 1 MB long.\n',
    );
  });
});
