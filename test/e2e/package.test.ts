import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/cli/version.ts';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo } from '../helpers/repo.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const MANIFEST: { readonly version: string; readonly bin: { readonly keyguard: string } } = JSON.parse(
  readFileSync(join(TOP, 'package.json'), 'utf8'),
);

/** What `npm publish` would send, unpacked with the installed dependencies beside it. */
describe('the package', () => {
  let folder = '';
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyguard-package-')));
    const pack = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', folder];
    execFileSync('npm', [...pack, '--cache', join(folder, 'cache')], { cwd: TOP, env: cleanEnv() });
    const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', tarball], { cwd: folder });
    symlinkSync(realpathSync(join(TOP, 'node_modules')), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function filesIn(path = 'package'): readonly string[] {
    return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesIn(below) : [below.slice('package/'.length)];
    });
  }

  function packed(cwd: string, args: readonly string[]) {
    const bin = join(folder, 'package', MANIFEST.bin.keyguard);
    const done = spawnSync(process.execPath, [bin, ...args], { cwd, env: cleanEnv(), encoding: 'utf8' });
    return { code: done.status, stdout: done.stdout, stderr: done.stderr };
  }

  it('holds the program, its rules and its papers, and nothing else', () => {
    const files = filesIn();
    const allowed = /^(?:package\.json|README\.md|LICENSE|(?:bin|dist|rules)\/.+)$/u;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(
      files.filter((file) => /\.map$|^dist\/(?:build\/|\.)|\.test\.|\.ts$(?<!\.d\.ts)|tsbuildinfo/u.test(file)),
    ).toEqual([]);
    for (const file of [
      'package.json',
      'LICENSE',
      'README.md',
      'bin/keyguard.js',
      'bin/package.json',
      'dist/hook/hook.cjs',
      'dist/cli/start.js',
      'dist/compiled/ruleset.js',
      'dist/compiled/guidance.js',
      'dist/report.schema.json',
      'dist/config.schema.json',
      'rules/openai.json',
      'rules/rule.schema.json',
    ]) {
      expect(files).toContain(file);
    }
  });

  it('tells the version of its package.json', () => {
    expect(VERSION).toBe(MANIFEST.version);
    expect(packed(tempDir(), ['--version'])).toEqual({ code: 0, stdout: `${MANIFEST.version}\n`, stderr: '' });
  });

  it('stops a real commit with a key, and lets one without through', () => {
    const repo = tempRepo();
    expect(packed(repo.dir, ['install']).code).toBe(0);
    repo.stage('a.ts', 'harmless();\n');
    repo.git('commit', '-qm', 'harmless');
    repo.stage('a.ts', `const key = '${fakeKey('openaiProject')}';\n`);
    const commit = spawnSync('git', ['commit', '-qm', 'a key'], { cwd: repo.dir, env: cleanEnv(), encoding: 'utf8' });
    expect(commit.status).toBe(1);
    expect(commit.stderr.split('\n')[0]).toBe('keyguard: commit stopped: OpenAI project API key in a.ts:1');
    expect(packed(repo.dir, ['hook', 'pre-commit']).code).toBe(1);
    expect(packed(repo.dir, ['scan', '--staged']).code).toBe(1);
  });

  it('knows the guidance and the rules', () => {
    const guide = packed(tempDir(), ['guide', 'openai', 'create']);
    expect(guide).toMatchObject({ code: 0, stderr: '' });
    expect(guide.stdout).toContain('platform.openai.com');
    expect(packed(tempDir(), ['rules', 'list']).stdout).toContain('openai-admin-key');
    expect(packed(tempDir(), ['rules', 'check']).code).toBe(0);
  });

  it('says in a line what is wrong when it is not whole', () => {
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    execFileSync('cp', ['-r', join(folder, 'package/bin'), broken]);
    for (const args of [['scan'], ['hook', 'pre-commit']]) {
      const done = spawnSync(process.execPath, [join(broken, 'bin/keyguard.js'), ...args], { encoding: 'utf8' });
      expect({ code: done.status, said: done.stderr }).toEqual({
        code: 2,
        said: expect.stringMatching(/^keyguard is not built or not installed whole: run "npm ci" .*\n$/u),
      });
    }
  });

  it('names --ignore-scripts where npm has installed it without building it', () => {
    const place = join(folder, 'node_modules/keyguard');
    mkdirSync(place, { recursive: true });
    execFileSync('cp', ['-r', join(folder, 'package/bin'), place]);
    const done = spawnSync(process.execPath, [join(place, 'bin/keyguard.js'), 'scan'], { encoding: 'utf8' });
    expect({ code: done.status, said: done.stderr }).toEqual({
      code: 2,
      said: expect.stringMatching(
        /^keyguard is not built or not installed whole: it has no dist, .* --ignore-scripts; .*\n$/u,
      ),
    });
  });
});
