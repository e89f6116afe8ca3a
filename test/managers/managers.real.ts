import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HookedRepo, hookedRepo } from '../helpers/hooked-repo.ts';
import { commit, EARLIER, proveHooks, stopsKey } from '../helpers/prove-hooks.ts';
import { cleanEnv } from '../helpers/repo.ts';
import { KEYGUARD_BIN } from '../helpers/run.ts';

// The managers as they are published, each with what its own installer writes. Where they cannot be had (no network, no
// pip) a test says "not run".

const NPM = ['lefthook@2.2.2', 'simple-git-hooks@2.14.0', 'husky-8@npm:husky@8.0.3', 'husky-4@npm:husky@4.3.8'];
const PACKAGE_MANAGERS = ['@yarnpkg/cli-dist@4.18.1', 'pnpm@9.15.9'];
const PIP = ['pre-commit==4.7.0', 'prek==0.5.11'];

const folder = mkdtempSync(join(tmpdir(), 'keyguard-managers-'));
const modules = join(folder, 'node_modules');
const python = join(folder, 'python', 'bin');
const ENV = { PATH: `${python}:${cleanEnv()['PATH'] ?? ''}`, PRE_COMMIT_HOME: join(folder, 'home') };

let hasNpm = false;
let hasPip = false;

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  hasNpm = succeeds('npm', [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    ...NPM,
    ...PACKAGE_MANAGERS,
  ]);
  hasPip = succeeds('python3', ['-m', 'venv', 'python']) && succeeds(join(python, 'pip'), ['install', '-q', ...PIP]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lefthook', () => {
  const jobs = `pre-commit:\n  jobs:\n    # ours\n    - run: ${EARLIER}\n`;
  const forms: readonly (readonly [string, string])[] = [
    ['lefthook.yml', jobs],
    ['.lefthook.yaml', jobs.replaceAll('\n', '\r\n')],
    ['lefthook.json', JSON.stringify({ 'pre-commit': { jobs: [{ run: EARLIER }] } }, null, 4)],
    [
      '.config/lefthook.jsonc',
      `{\n  // ours\n  "pre-commit": { "commands": { "lint": { "run": ${JSON.stringify(EARLIER)} } } },\n}\n`,
    ],
    ['lefthook.toml', `colors = false\n\n[[pre-commit.jobs]]\nrun = ${JSON.stringify(EARLIER)}\n`],
  ];

  it.for(forms)('with %s', async ([file, text], { skip }) => {
    if (!hasNpm) skip('not run: npm has no network');
    const repo = withModules();
    record(repo, file, text);
    run(repo, join(modules, 'lefthook-linux-x64/bin/lefthook'), ['install']);
    // lefthook writes its own hook for what its configuration names by then.
    await proveHooks({ repo, env: ENV, manager: /call_lefthook/u });
  });
});

describe('the pre-commit framework', () => {
  const config = `# ours\nrepos:\n  # the first\n  - repo: local\n    hooks:\n      - id: lint\n        name: lint\n        language: system\n        entry: sh -c 'echo before >> "$RECORD"'\n        always_run: true\n        pass_filenames: false\n`;

  it.for([
    ['pre-commit', ['pre-commit', 'pre-merge-commit', 'pre-push']],
    ['pre-commit', ['pre-commit']],
    ['prek', ['pre-commit', 'pre-merge-commit']],
  ] as const)('%s, that wrote %j', async ([program, hooks], { skip }) => {
    if (!hasPip) skip('not run: no pip, or no network');
    const repo = hookedRepo();
    record(repo, '.pre-commit-config.yaml', config);
    run(repo, join(python, program), ['install', ...hooks.flatMap((name) => ['-t', name])]);
    await proveHooks({ repo, env: ENV });
  });

  it('prek with prek.toml', async ({ skip }) => {
    if (!hasPip) skip('not run: no pip, or no network');
    const repo = hookedRepo();
    const hook = `id = "lint"\nname = "lint"\nlanguage = "system"\nentry = ${JSON.stringify(`sh -c '${EARLIER}'`)}\nalways_run = true\npass_filenames = false\n`;
    record(repo, 'prek.toml', `[[repos]]\nrepo = "local"\n[[repos.hooks]]\n${hook}`);
    run(repo, join(python, 'prek'), ['install']);
    await proveHooks({ repo, env: ENV });
  });
});

describe('managers of npm', () => {
  it.for([true, false])('simple-git-hooks, whose installer has run: %s', async (hasRun, { skip }) => {
    if (!hasNpm) skip('not run: npm has no network');
    const repo = withModules();
    const config = { devDependencies: { 'simple-git-hooks': '2' }, 'simple-git-hooks': { 'pre-commit': EARLIER } };
    record(repo, 'package.json', JSON.stringify(config, null, 2));
    if (hasRun) run(repo, process.execPath, [join(modules, 'simple-git-hooks/cli.js')]);
    await proveHooks({ repo });
  });

  it('husky 8', async ({ skip }) => {
    if (!hasNpm) skip('not run: npm has no network');
    const repo = withModules();
    run(repo, process.execPath, [join(modules, 'husky-8/lib/bin.js'), 'install']);
    run(repo, process.execPath, [join(modules, 'husky-8/lib/bin.js'), 'add', '.husky/pre-commit', EARLIER]);
    record(repo, 'package.json', '{}');
    await proveHooks({ repo });
  });

  it('husky 4', async ({ skip }) => {
    if (!hasNpm) skip('not run: npm has no network');
    const repo = hookedRepo();
    // It looks for the project in the folders above its own.
    cpSync(modules, join(repo.dir, 'node_modules'), { recursive: true });
    repo.write('.gitignore', 'node_modules\n');
    record(repo, 'package.json', JSON.stringify({ husky: { hooks: { 'pre-commit': EARLIER } } }));
    run(repo, process.execPath, [join(repo.dir, 'node_modules/husky-4/husky.js'), 'install']);
    await proveHooks({ repo });
  });
});

describe('a project whose packages are kept by', () => {
  it.for([
    ['Yarn, in archives', '@yarnpkg/cli-dist/bin/yarn.js', ['keyguard'], '.yarn'],
    ['pnpm', 'pnpm/bin/pnpm.cjs', ['exec', 'keyguard'], 'node_modules'],
  ] as const)('%s', ([, program, call, ignored], { skip }) => {
    if (!hasNpm) skip('not run: npm has no network');
    const repo = hookedRepo();
    const top = dirname(dirname(KEYGUARD_BIN));
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', repo.dir];
    const tarball = execFileSync('npm', pack, { cwd: top, encoding: 'utf8' }).trim();
    repo.write('.gitignore', `${ignored}\n${tarball}\n`);
    repo.write('.yarnrc.yml', 'enableGlobalCache: false\nenableImmutableInstalls: false\n');
    repo.write('yarn.lock', '');
    record(repo, 'package.json', JSON.stringify({ devDependencies: { keyguard: `file:./${tarball}` } }));
    run(repo, process.execPath, [join(modules, program), 'install']);
    run(repo, process.execPath, [join(modules, program), ...call, 'install']);
    stopsKey(repo, repo.dir, { PATH: '/usr/bin:/bin' });
    expect(commit(repo, repo.dir, {}, 'clean.txt', '').code).toBe(0);
    run(repo, process.execPath, [join(modules, program), ...call, 'uninstall']);
    expect(existsSync(join(repo.dir, '.git/keyguard'))).toBe(false);
  });
});

function withModules(): HookedRepo {
  const repo = hookedRepo();
  symlinkSync(modules, join(repo.dir, 'node_modules'));
  repo.write('.gitignore', 'node_modules\n');
  return repo;
}

function record(repo: HookedRepo, path: string, text: string): void {
  repo.write(path, text);
  repo.git('add', '.');
  repo.git('commit', '-qnm', path);
}

function run(repo: HookedRepo, program: string, args: readonly string[]): void {
  // husky 4 asks which program installs it, and where.
  const env = cleanEnv({ ...ENV, INIT_CWD: repo.dir, npm_config_user_agent: 'npm/10.8.0 node/v20.19.0' });
  execFileSync(program, args, { cwd: repo.dir, env, stdio: 'pipe' });
}

function succeeds(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { cwd: folder, stdio: 'ignore', timeout: 240_000 }).status === 0;
}
