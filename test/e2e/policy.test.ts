import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard, type RunResult } from '../helpers/run.ts';

const ADMIN = `ADMIN = "${fakeKey('openaiAdmin')}"`;
const PROJECT = `KEY = "${fakeKey('openaiProject')}"`;

/** The bundled hook and the command are two builds of one program: both must read the same policy. */
const WAYS: readonly (readonly [name: string, ...args: string[]])[] = [
  ['the hook', 'hook', 'pre-commit'],
  ['the staged scan', 'scan', '--staged'],
];

describe.each(WAYS)('%s', (_, ...args) => {
  const run = (repo: TestRepo): RunResult => keyguard(repo.dir, args);

  it('finds both keys where nobody decided anything', () => {
    const repo = tempRepo();
    repo.stage('a.py', `${ADMIN}\n${PROJECT}\n`);
    const { code, stderr } = run(repo);
    expect(code).toBe(1);
    expect(stderr).toContain('2 findings');
  });

  it.each([
    ['keyguard.config.json', '// ours\n{ "skipRules": ["openai-project-key"], }\n'],
    ['keyguard.config.json', '{"overrides": [{ "paths": ["*.py"], "skipRules": ["openai-project-key"] }]}'],
    ['.keyguardignore', '# fixtures\n/a.py\n'],
  ])('lets %s silence a medium risk: %j', (file, text) => {
    const repo = tempRepo();
    repo.stage(file, text);
    repo.stage('a.py', `${PROJECT}\n`);
    const { code, stderr } = run(repo);
    expect(code).toBe(0);
    expect(stderr).toContain('1 suppressed');
  });

  it('lets no ignore file and no comment silence a high risk, and says so', () => {
    const repo = tempRepo();
    repo.stage('.keyguardignore', '*.py\n');
    repo.stage('a.py', `${ADMIN} # keyguard:allow openai-admin-key -- a test\n`);
    const { code, stdout, stderr } = run(repo);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`.replaceAll(/\s+/gu, ' ')).toContain('does not silence');
  });

  it('goes by the comment beside a key', () => {
    const repo = tempRepo();
    repo.stage('a.py', `# keyguard:allow openai-project-key: a test fixture\n${PROJECT}\n`);
    expect(run(repo).code).toBe(0);
    repo.stage('a.py', `# keyguard:allow openai-project-key\n${PROJECT}\n`);
    const { code, stdout, stderr } = run(repo);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`.replaceAll(/\s+/gu, ' ')).toContain('gives no reason and was not honoured');
  });

  it('goes by the index, not by the working tree', () => {
    const repo = tempRepo();
    repo.stage('a.py', `${PROJECT}\n`);
    repo.write('.keyguardignore', '*.py\n');
    expect(run(repo).code).toBe(1);
    repo.git('add', '.keyguardignore');
    expect(run(repo).code).toBe(0);
  });

  it.each([
    [
      'keyguard.config.json',
      '{\n  "skiprules": []\n}',
      'keyguard.config.json:2:3: unknown key "skiprules"; did you mean "skipRules"?',
    ],
    [
      'keyguard.config.json',
      '{"skipRules": ["openai-admin-key"]}',
      'keyguard.config.json:1:16: "openai-admin-key" cannot be switched off',
    ],
    ['keyguard.config.json', '{', 'keyguard.config.json:1:2: a closing } is expected here.'],
    ['keyguard.baseline.jsonl', '{}\n', 'keyguard.baseline.jsonl:1: "fingerprint" is'],
  ])('ends with 2 for a broken %s: %j', (file, text, message) => {
    const repo = tempRepo();
    repo.stage(file, text);
    repo.stage('a.py', `${PROJECT}\n`);
    const { code, stdout, stderr } = run(repo);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`keyguard: ${message}`);
  });

  it('goes by accepted findings, of high risk with proof only', () => {
    const repo = tempRepo();
    repo.stage('a.py', `${ADMIN}\n`);
    const report = keyguard(repo.dir, ['scan', '--staged', '--format', 'json']);
    const fingerprint = /"fingerprint": ?"(?<hex>[0-9a-f]{16})"/u.exec(report.stdout)?.groups?.['hex'] ?? '';
    keyguard(repo.dir, ['allow', fingerprint, '--reason', 'a test']);
    repo.git('add', 'keyguard.baseline.jsonl');
    expect(run(repo).code).toBe(1);
    keyguard(repo.dir, ['allow', fingerprint, '--reason', 'a test', '--never-live']);
    expect(run(repo).code).toBe(1);
    repo.git('add', 'keyguard.baseline.jsonl');
    expect(run(repo).code).toBe(0);
  });
});
