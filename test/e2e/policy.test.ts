import { describe, expect, it } from 'vitest';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { guardedRepo } from './guarded-repo.ts';
import { type JsonReport, scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject');
const FINGERPRINT = fingerprintOf(new Secret(KEY));
const RULE = 'openai-project-key';
const WITH_KEY = `const key = '${KEY}';\n`;

const ADMIN = fakeKey('openaiAdmin');
const ADMIN_FINGERPRINT = fingerprintOf(new Secret(ADMIN));
const WITH_ADMIN = `const key = '${ADMIN}';\n`;

/** Who has silenced what, and what is left. */
function decided({ findings, suppressed, notices }: JsonReport) {
  return {
    found: findings.map(({ fingerprint }) => fingerprint),
    by: suppressed.map(({ by }) => by),
    notices: notices.map(({ code }) => code),
  };
}

const FOUND = { found: [FINGERPRINT], by: [], notices: [] };

describe('a finding of medium risk', () => {
  it('is silenced by .keyguardignore, and counted', () => {
    const repo = tempRepo();
    repo.write('fixtures/a.ts', WITH_KEY);
    repo.write('src/b.ts', 'harmless();\n');
    expect(decided(scanJson(repo.dir, []).report)).toEqual(FOUND);
    repo.write('.keyguardignore', '# made for tests\nfixtures/\n');
    const { code, report, stderr } = scanJson(repo.dir, []);
    expect({ code, ...decided(report) }).toEqual({ code: 0, found: [], by: ['ignore'], notices: [] });
    expect(stderr).toContain('no findings, 1 suppressed');
    repo.write('.keyguardignore', 'fixtures/\n!fixtures/\n');
    expect(decided(scanJson(repo.dir, []).report)).toEqual(FOUND);
  });

  it('is silenced by skipRules, everywhere or under the paths of an override', () => {
    const repo = tempRepo();
    repo.write('fixtures/a.ts', WITH_KEY);
    repo.write('src/b.ts', WITH_KEY);
    repo.write('keyguard.config.json', `{ "skipRules": ["${RULE}"] } // with a comment`);
    expect(decided(scanJson(repo.dir, []).report)).toEqual({ found: [], by: ['config', 'config'], notices: [] });
    repo.write('keyguard.config.json', `{ "overrides": [{ "paths": ["fixtures/"], "skipRules": ["${RULE}"] }] }`);
    const { code, report } = scanJson(repo.dir, []);
    expect(code).toBe(1);
    expect(report.findings).toMatchObject([{ location: { path: 'src/b.ts' } }]);
    expect(report.suppressed).toMatchObject([{ by: 'config' }]);
    expect(scanJson(repo.dir, ['--no-config']).report.findings).toHaveLength(2);
    expect(scanJson(repo.dir, ['--skip-rule', RULE]).report.findings).toHaveLength(0);
  });

  it('is accepted by keyguard allow, until its day has passed', () => {
    const repo = tempRepo();
    repo.write('a.ts', WITH_KEY);
    const allow = ['allow', FINGERPRINT, '--reason', 'made for tests', '--until', '2026-12-31'];
    expect(keyguard(repo.dir, allow, { env: at('2026-11-20') }).code).toBe(0);
    const accepted = scanJson(repo.dir, [], { env: at('2026-12-31') });
    expect({ code: accepted.code, ...decided(accepted.report) }).toMatchObject({ code: 0, by: ['baseline'] });
    expect(accepted.report.suppressed[0]?.reason).toBe('made for tests (until 2026-12-31)');
    expect(scanJson(repo.dir, [], { env: at('2027-01-01') }).report).toMatchObject({
      findings: [{ fingerprint: FINGERPRINT }],
      suppressed: [],
    });
  });

  it.each([
    ['//', `const key = '${KEY}'; // keyguard:allow ${RULE} -- made for tests`],
    ['#', `key = "${KEY}"  # keyguard:allow ${RULE} -- made for tests`],
    ['/* */', `key = "${KEY}"; /* keyguard:allow ${RULE} -- made for tests */`],
    ['<!-- -->', `<a key="${KEY}"/> <!-- keyguard:allow ${RULE} -- made for tests -->`],
    ['SQL --', `SELECT '${KEY}'; -- keyguard:allow ${RULE} -- made for tests`],
    [';', `key=${KEY} ; keyguard:allow ${RULE} -- made for tests`],
    ['a colon in place of the dashes', `key = "${KEY}" # keyguard:allow ${RULE}: made for tests`],
    ['// on the line above', `// keyguard:allow ${RULE} -- made for tests\nconst key = '${KEY}';`],
    ['# on the line above, CR LF', `# keyguard:allow ${RULE} -- made for tests\r\nkey: ${KEY}`],
    ['/* */ on the line above', `  /* keyguard:allow ${RULE} -- made for tests */\n  key: '${KEY}'`],
    ['<!-- --> on the line above', `<!-- keyguard:allow ${RULE} -- made for tests -->\n<a key="${KEY}"/>`],
  ])('is silenced by a comment with a reason: %s', (_style, text) => {
    const repo = tempRepo();
    repo.write('a.txt', `${text}\n`);
    const { code, report } = scanJson(repo.dir, []);
    expect({ code, ...decided(report) }).toEqual({ code: 0, found: [], by: ['inline-allow'], notices: [] });
    expect(report.suppressed[0]?.reason).toBe('made for tests');
    repo.write('a.txt', text.replaceAll('keyguard:allow', 'keyguard-allow'));
    expect(decided(scanJson(repo.dir, []).report)).toEqual(FOUND);
  });

  it.each([
    ['gives no reason', `${WITH_KEY.trim()} // keyguard:allow ${RULE}`, 'allow-without-reason'],
    ['gives only signs as its reason', `${WITH_KEY.trim()} // keyguard:allow ${RULE} -- ...`, 'allow-without-reason'],
    ['names no rule', `${WITH_KEY.trim()} // keyguard:allow -- made for tests`, 'allow-without-rule'],
    [
      'names another rule',
      `${WITH_KEY.trim()} // keyguard:allow openai-admin-key -- made for tests`,
      'allow-wrong-rule',
    ],
  ])('is not silenced by a comment that %s, and that is said', (_fault, text, notice) => {
    const repo = tempRepo();
    repo.stage('a.ts', `${text}\n`);
    const { code, report } = scanJson(repo.dir, []);
    expect({ code, ...decided(report) }).toEqual({ code: 1, found: [FINGERPRINT], by: [], notices: [notice] });
    const hook = keyguard(repo.dir, ['hook', 'pre-commit']);
    expect(hook.code).toBe(1);
    expect(hook.stderr).toMatch(/note: The keyguard:allow comment/u);
  });

  it('is not silenced by a comment two lines above', () => {
    const repo = tempRepo();
    repo.write('a.ts', `// keyguard:allow ${RULE} -- made for tests\n\n${WITH_KEY}`);
    expect(decided(scanJson(repo.dir, []).report)).toEqual(FOUND);
  });
});

describe('a finding of high risk', () => {
  const attempts: readonly (readonly [string, (repo: TestRepo) => void])[] = [
    ['.keyguardignore', (repo) => repo.write('.keyguardignore', 'a.ts\n')],
    [
      'an inline allow',
      (repo) => repo.write('a.ts', `${WITH_ADMIN.trim()} // keyguard:allow openai-admin-key -- made for tests\n`),
    ],
    [
      'a plain accepted entry',
      (repo) =>
        repo.write('keyguard.baseline.jsonl', `{"fingerprint":"${ADMIN_FINGERPRINT}","reason":"made for tests"}\n`),
    ],
  ];

  it.each(attempts)('is not silenced by %s, and that is said', (_what, attempt) => {
    const repo = tempRepo();
    repo.write('a.ts', WITH_ADMIN);
    attempt(repo);
    const { code, report } = scanJson(repo.dir, []);
    expect({ code, ...decided(report) }).toEqual({
      code: 1,
      found: [ADMIN_FINGERPRINT],
      by: [],
      notices: ['high-risk-not-silenced'],
    });
  });

  it('cannot be switched off', () => {
    const repo = tempRepo();
    repo.write('a.ts', WITH_ADMIN);
    const run = keyguard(repo.dir, ['scan', '--skip-rule', 'openai-admin-key']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('cannot be switched off, because its risk is high');
  });

  it.each([
    ['revoked', ['--i-revoked-it', '2026-11-19'], 'revoked on 2026-11-19: made for tests'],
    ['never live', ['--never-live'], 'never live: made for tests'],
  ])('is accepted when it is %s, and every report lists it', (_how, proof, reason) => {
    const repo = tempRepo();
    repo.stage('a.ts', WITH_ADMIN);
    const allow = ['allow', ADMIN_FINGERPRINT, '--reason', 'made for tests', ...proof];
    expect(keyguard(repo.dir, allow, { env: at('2026-11-20') }).code).toBe(0);
    const { code, report } = scanJson(repo.dir, []);
    expect({ code, ...decided(report) }).toEqual({ code: 0, found: [], by: ['baseline'], notices: [] });
    expect(report.suppressed[0]?.reason).toBe(reason);
    expect(keyguard(repo.dir, ['scan']).stdout).toMatch(/suppressed: a\.ts:1:14: OpenAI admin API key/u);
    repo.git('add', '.');
    const hook = keyguard(repo.dir, ['hook', 'pre-commit']);
    expect(hook.code).toBe(0);
    expect(hook.stderr).toMatch(/suppressed: a\.ts:1:14: OpenAI admin API key/u);
  });
});

describe('in a hook', () => {
  it('a new allow in the index is honoured, and CI is said to ask for approval', () => {
    const repo = guardedRepo();
    repo.stage('a.ts', `${WITH_KEY.trim()} // keyguard:allow ${RULE} -- made for tests\n`);
    const { code, stderr } = repo.run({ args: ['commit', '-qm', 'a fixture'] });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: The keyguard:allow comment silences \S+, which came\s+in\s+with\s+it/u);
    expect(stderr).toContain('CI will ask for approval');
    repo.write('b.ts', `// b\n${WITH_KEY.trim()} // keyguard:allow ${RULE} -- made for tests\n`);
    expect(decided(scanJson(repo.dir, []).report)).toMatchObject({ found: [], notices: [] });
  });

  it.each([
    ['.keyguardignore', 'ignore', 'fixtures/\n'],
    ['keyguard.config.json', 'config', `{ "skipRules": ["${RULE}"] }`],
  ])('%s counts when it is staged; it needs approval only in the change that brings it', (file, by, content) => {
    const repo = tempRepo();
    repo.commit('readme', 'x\n');
    repo.stage('fixtures/a.ts', WITH_KEY);
    repo.write(file, content);
    expect(decided(scanJson(repo.dir, ['--staged']).report)).toEqual(FOUND);
    repo.git('add', file);
    expect(decided(scanJson(repo.dir, ['--staged']).report)).toEqual({
      found: [],
      by: [by],
      notices: ['allow-needs-approval'],
    });
    repo.git('commit', '-q', '-m', 'policy', file);
    expect(decided(scanJson(repo.dir, ['--staged']).report)).toEqual({ found: [], by: [by], notices: [] });
  });

  it('an accepted entry counts when it is staged, and a broken one in HEAD may be mended', () => {
    const repo = tempRepo();
    repo.commit('keyguard.baseline.jsonl', 'broken\n');
    repo.stage('a.ts', WITH_KEY);
    expect(keyguard(repo.dir, ['scan', '--staged'])).toMatchObject({ code: 2, stdout: '' });
    repo.git('rm', '-q', '-f', 'keyguard.baseline.jsonl');
    expect(keyguard(repo.dir, ['allow', FINGERPRINT, '--reason', 'made for tests']).code).toBe(0);
    expect(decided(scanJson(repo.dir, ['--staged']).report)).toEqual({ ...FOUND, notices: ['baseline-not-staged'] });
    repo.git('add', '.');
    expect(decided(scanJson(repo.dir, ['--staged']).report)).toEqual({
      found: [],
      by: ['baseline'],
      notices: ['allow-needs-approval'],
    });
  });
});

describe('an entry that is accepted in the working tree but not staged', () => {
  it('is told with the command that stages it, from where the user stands', () => {
    const repo = guardedRepo();
    repo.stage('src/a.ts', WITH_KEY);
    expect(repo.run({ args: ['commit', '-qm', 'a'] }).stderr).not.toContain('but is not staged');
    keyguard(repo.dir, ['allow', FINGERPRINT, '--reason', 'made for tests']);
    const { code, stderr } = repo.run({ args: ['commit', '-qm', 'a'], in: 'src' });
    expect(code).toBe(1);
    expect(stderr).toContain('note: keyguard.baseline.jsonl accepts it in the working tree, but is not staged:');
    expect(stderr).toContain('git add -- :/keyguard.baseline.jsonl');
    repo.git('add', 'keyguard.baseline.jsonl');
    expect(repo.run({ args: ['commit', '-qm', 'a'] }).code).toBe(0);
  });

  it('is not told where it would not be honoured', () => {
    const repo = tempRepo();
    repo.stage('a.ts', WITH_KEY);
    repo.write('keyguard.baseline.jsonl', 'broken\n');
    expect(decided(scanJson(repo.dir, ['--staged']).report)).toEqual(FOUND);
  });
});

function at(day: string): Readonly<Record<string, string>> {
  return { SOURCE_DATE_EPOCH: String(Date.parse(day) / 1000) };
}
