import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import { keyguard, type RunResult } from '../helpers/run.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject');
const FINGERPRINT = fingerprintOf(new Secret(KEY));
const WITH_KEY = `const key = '${KEY}';\n`;

function pathsFound(cwd: string, args: readonly string[] = [], input = ''): readonly (string | null)[] {
  return scanJson(cwd, args, { input }).report.findings.map(({ location }) => location.path);
}

function expectOneLine({ code, stdout, stderr }: RunResult, what: RegExp | string): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^keyguard: .+\n$/u);
  expect(stderr).toMatch(what);
}

describe('keyguard scan', () => {
  it('reads tracked and untracked files, and not what git ignores, from wherever in the repository', () => {
    const repo = tempRepo();
    repo.commit('.gitignore', '.env\nout/\n');
    repo.commit('tracked.ts', WITH_KEY);
    for (const path of ['sub/untracked.ts', '.env', 'out/bundle.js']) repo.write(path, WITH_KEY);
    const { code, report, stderr } = scanJson(repo.dir, []);
    expect({ code, complete: report.complete }).toEqual({ code: 1, complete: true });
    expect(report.findings).toMatchObject([
      { fingerprint: FINGERPRINT, location: { path: 'sub/untracked.ts', line: 1, column: 14 } },
      { fingerprint: FINGERPRINT, location: { path: 'tracked.ts', line: 1, column: 14 } },
    ]);
    expect(stderr).toMatch(/^keyguard: scanned 3 of 3 files .*: 2 findings/u);
    expect(pathsFound(join(repo.dir, 'sub'))).toEqual(['sub/untracked.ts', 'tracked.ts']);
    expect(pathsFound(repo.dir, ['.env', 'out'])).toEqual(['.env', 'out/bundle.js']);
    expect(pathsFound(repo.dir, ['sub'])).toEqual(['sub/untracked.ts']);
    expect(pathsFound(repo.dir, ['.'])).toEqual(['.env', 'out/bundle.js', 'sub/untracked.ts', 'tracked.ts']);
  });

  it('reads the working tree, not the index', () => {
    const repo = tempRepo();
    repo.commit('a.ts', WITH_KEY);
    expect(pathsFound(repo.dir)).toEqual(['a.ts']);
    repo.write('a.ts', 'taken out\n');
    expect(scanJson(repo.dir, [])).toMatchObject({ code: 0, report: { findings: [], complete: true } });
  });

  it('walks an untracked repository inside of it', () => {
    const repo = tempRepo();
    repo.commit('readme', 'x\n');
    const nested = join(repo.dir, 'nested');
    mkdirSync(nested);
    execFileSync('git', ['init', '-q', nested]);
    repoAt(nested).write('a.ts', WITH_KEY);
    repoAt(nested).git('add', '.');
    repoAt(nested).git('commit', '-qm', 'x');
    expect(pathsFound(repo.dir)).toEqual(['nested/a.ts']);
  });

  it('walks a folder that is in no repository', () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'sub'));
    writeFileSync(join(dir, 'sub/a.ts'), WITH_KEY);
    expect(pathsFound(dir)).toEqual(['sub/a.ts']);
    expect(pathsFound(dir, ['sub/a.ts'])).toEqual(['sub/a.ts']);
    expectOneLine(keyguard(dir, ['scan', '--staged']), /is in no git repository.*keyguard scan PATH/u);
  });

  it('reads the names of files, and names that are no text', () => {
    const repo = tempRepo();
    repo.write(`${KEY}.txt`, 'harmless\n');
    writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), Buffer.from('caf\xe9', 'latin1')]), WITH_KEY);
    const { report, stdout } = scanJson(repo.dir, []);
    expect(report.findings.map(({ location }) => location.kind)).toEqual(['blob', 'path']);
    expect(report.findings[0]?.location.path).toBe(String.raw`caf\xe9`);
    expect(stdout).not.toContain(KEY.slice(12, 20));
  });

  it('reads the text of links and follows none; pipes are counted as skipped', () => {
    const repo = tempRepo();
    const outside = tempDir();
    writeFileSync(join(outside, 'a.ts'), WITH_KEY);
    symlinkSync(outside, join(repo.dir, 'outside'));
    symlinkSync('b', join(repo.dir, 'a'));
    symlinkSync('a', join(repo.dir, 'b'));
    symlinkSync('.', join(repo.dir, 'self'));
    execFileSync('mkfifo', [join(repo.dir, 'pipe')]);
    expect(scanJson(repo.dir, [])).toMatchObject({
      code: 0,
      report: { complete: true, findings: [], coverage: { expected: 4, scanned: 4 } },
    });
    repo.git('add', '.');
    repo.git('rm', '-q', '--cached', '--ignore-unmatch', 'pipe');
    symlinkSync(KEY, join(repo.dir, 'key'));
    expect(pathsFound(repo.dir)).toEqual(['key']);
    expect(pathsFound(repo.dir, ['outside'])).toEqual(['outside/a.ts']);
  });

  it('counts what lies in a folder without git and is no file', () => {
    const dir = tempDir();
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    writeFileSync(join(dir, 'a.ts'), WITH_KEY);
    const { report, stderr } = scanJson(dir, []);
    expect(report.coverage.skipped).toEqual([{ reason: 'special-file', count: 1 }]);
    expect(report.findings).toHaveLength(1);
    expect(stderr).toContain('left out: 1 special file');
  });

  it('has nothing to read in an empty repository, and finds the first file', () => {
    const repo = tempRepo();
    expect(scanJson(repo.dir, [])).toMatchObject({ code: 0, report: { complete: true, coverage: { expected: 0 } } });
    expect(scanJson(repo.dir, ['--staged'])).toMatchObject({ code: 0, report: { complete: true } });
    repo.write('a.ts', WITH_KEY);
    expect(pathsFound(repo.dir)).toEqual(['a.ts']);
  });

  it('says of a bare repository what it cannot do there', () => {
    const dir = join(tempDir(), 'bare.git');
    execFileSync('git', ['init', '-q', '--bare', dir]);
    for (const args of [['scan'], ['scan', '--staged']]) {
      expectOneLine(keyguard(dir, args), 'This is a bare repository: it has no index and no working tree to scan.');
    }
  });
});

describe('a list of files', () => {
  const files = ['a.ts', 'sub/b.ts', 'with space.ts'];
  it.each([
    ['one a line', `${files.join('\n')}\n`],
    ['one a line, as Windows ends them', files.join('\r\n')],
    ['separated by NUL', `${files.join('\0')}\0`],
  ])('is read, %s, from a file and from standard input', (_how, list) => {
    const dir = tempDir();
    mkdirSync(join(dir, 'sub'));
    for (const file of files) writeFileSync(join(dir, file), WITH_KEY);
    writeFileSync(join(dir, 'not listed.ts'), WITH_KEY);
    writeFileSync(join(dir, 'list'), list);
    expect(pathsFound(dir, ['--files-from', 'list'])).toEqual(files);
    expect(pathsFound(dir, ['--files-from', '-'], list)).toEqual(files);
  });

  it.each([
    ['gone.ts', 'gone.ts does not exist'],
    ['sub', 'sub is a folder; list the files in it'],
  ])('that names %s is refused', (entry, why) => {
    const dir = tempDir();
    mkdirSync(join(dir, 'sub'));
    expectOneLine(keyguard(dir, ['scan', '--files-from', '-'], { input: entry }), why);
  });

  it('that is not there is said', () => {
    expectOneLine(keyguard(tempDir(), ['scan', '--files-from', 'gone']), /--files-from: gone could not be read/u);
  });
});

describe('standard input', () => {
  it('is read, under the name that it is given', () => {
    const dir = tempDir();
    const { code, report, stderr } = scanJson(dir, ['--stdin', '--stdin-filename', 'src/a.ts'], { input: WITH_KEY });
    expect(code).toBe(1);
    expect(report.findings).toMatchObject([{ fingerprint: FINGERPRINT, location: { path: 'src/a.ts', line: 1 } }]);
    expect(stderr).toContain('of stdin');
    expect(scanJson(dir, ['--stdin'], { input: 'harmless\n' })).toMatchObject({ code: 0, report: { findings: [] } });
  });
});

describe('bad input', () => {
  it.each([
    [['scna'], 'unknown command "scna"; did you mean "scan"?'],
    [['scan', '--stagd'], 'unknown option "--stagd"; did you mean "--staged"?'],
    [['scan', '--format', 'jsn'], '--format knows no "jsn"; did you mean "json"?'],
    [['scan', '--skip-rule', 'openai-projct-key'], 'did you mean "openai-project-key"?'],
    [['rules', 'show', 'openai-projct-key'], 'Did you mean "openai-project-key"?'],
    [['scan', 'readm.md'], 'readm.md does not exist; did you mean "readme.md"?'],
    [['scan', 'scr/app.ts'], 'scr/app.ts does not exist; did you mean "src/app.ts"?'],
    [['scan', 'src/no/such/thing'], 'src/no/such/thing does not exist; check the path.'],
    [['why', 'src/ap.ts:3'], 'src/ap.ts does not exist; did you mean "src/app.ts"?'],
    [['scan', '--staged', 'src'], '--staged and PATH cannot go together'],
    [['scan', '--stdin-filename', 'x'], '--stdin-filename says nothing without --stdin.'],
    [['scan', '--config', 'gone.json'], 'gone.json does not exist; --config wants a file'],
    [['hook', 'pre-comit'], 'did you mean "pre-commit"?'],
    [['allow', 'abc'], '"abc" is no fingerprint'],
  ])('keyguard %j: one line with the nearest valid name, exit 2', (args, what) => {
    const dir = tempDir();
    mkdirSync(join(dir, 'src'));
    writeFileSync(join(dir, 'readme.md'), 'x\n');
    writeFileSync(join(dir, 'src/app.ts'), 'x\n');
    const run = keyguard(dir, args);
    expectOneLine(run, '');
    expect(run.stderr).toContain(what);
  });

  it.each([
    ['{ "skipRule": [] }', 'keyguard.config.json:1:3: unknown key "skipRule"; did you mean "skipRules"?'],
    ['{ "skipRules": ["openai-projct-key"] }', 'did you mean "openai-project-key"?'],
    ['{ "skipRules": ["openai-admin-key"] }', 'openai-admin-key'],
    ['{ "skipRules": ', 'keyguard.config.json:1:'],
  ])('the config %s: one line with its place, exit 2', (config, what) => {
    const repo = tempRepo();
    repo.stage('keyguard.config.json', config);
    for (const args of [['scan'], ['scan', '--staged'], ['hook', 'pre-commit']]) {
      const run = keyguard(repo.dir, args);
      expectOneLine(run, '');
      expect(run.stderr).toContain(what);
    }
    expect(keyguard(repo.dir, ['scan', '--no-config']).code).toBe(0);
  });
});
