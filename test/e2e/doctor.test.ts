import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/examine.ts';
import { speak, type Spoken } from '../../src/doctor/speak.ts';
import { matchesSchema } from '../helpers/doctor-schema.ts';
import { hookedRepo, type HookedRepo, snapshot } from '../helpers/hooked-repo.ts';
import { tempDir } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { testHost } from '../sources/host.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the doctor says, without a process of its own; it changes nothing. */
async function look(repo: HookedRepo, env: Env = {}, cwd = repo.dir): Promise<readonly Spoken[]> {
  const before = snapshot(repo.dir);
  const { checks } = await examine(testHost(cwd, env), {
    running: { version: '0.1.0', needs: [20, 19] },
    node: '20.20.0',
    atEnd: () => () => undefined,
    readPolicy: async () => undefined,
  });
  expect(snapshot(repo.dir)).toEqual(before);
  return checks.map(speak);
}

function codes(spoken: readonly Spoken[], state?: Spoken['state']): readonly string[] {
  return spoken.filter((one) => state === undefined || one.state === state).map(({ code }) => code);
}

function hookPath(repo: HookedRepo, name = 'pre-commit', folder = join('.git', 'hooks')): string {
  return join(repo.dir, folder, name);
}

function write(path: string, text: string, mode = 0o755): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true, recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

/** One repository for each group, with keyguard in it; what a row does is undone by the next installation. */
function installed(name = 'repo'): HookedRepo {
  const repo = hookedRepo(name);
  expect(keyguard(repo.dir, ['install'])).toMatchObject({ code: 0 });
  return repo;
}

describe('doctor', () => {
  it('finds nothing to mend after an installation, and each line that is not fine has a command', async () => {
    const spoken = await look(installed(`it's "a" repo`));
    expect(codes(spoken, 'mend')).toEqual([]);
    expect(codes(spoken, 'unknown')).toEqual([]);
    expect(codes(spoken).filter((code) => code === 'hook-checked')).toHaveLength(3);
    for (const { state, remedy } of spoken) expect(remedy === null).toBe(state === 'fine');
  });

  it('says that nothing is installed', async () => {
    const spoken = await look(hookedRepo());
    expect(codes(spoken, 'mend')).toEqual(['hook-absent', 'hook-absent', 'hook-absent']);
    expect(spoken.find(({ state }) => state === 'mend')?.remedy).toEqual({
      command: 'keyguard install',
      fix: 'install',
    });
  });

  const wrapper = (path: string): string => readFileSync(path, 'utf8');

  it('names what is wrong with the file that git would run', async () => {
    const repo = installed();
    const path = hookPath(repo);
    const own = wrapper(path);
    const states: readonly (readonly [code: string, make: () => void])[] = [
      ['hook-lost', () => rmSync(path, { force: true })],
      ['own-hook-not-executable', () => write(path, own, 0o644)],
      ['hook-not-executable', () => write(path, '#!/bin/sh\nexit 0\n', 0o644)],
      ['hook-windows-lines', () => write(path, '#!/bin/sh\r\nkeyguard hook pre-commit\r\n')],
      ['hook-windows-lines', () => write(path, 'if true\r\nthen keyguard hook pre-commit\r\nfi\r\n')],
      ['hook-no-interpreter', () => write(path, '#!/nowhere/sh\nkeyguard hook pre-commit\n')],
      ['hook-empty', () => write(path, '')],
      ['hook-empty', () => write(path, '#!/bin/sh\n# keyguard hook pre-commit\n\n')],
      ['hook-without-keyguard', () => write(path, '#!/bin/sh\nexit 0\n')],
      ['hook-edited', () => write(path, own.replace('exec "$node"', ': exec "$node"'))],
      ['hook-checked', () => write(path, '#!/bin/sh\nnpx --no-install keyguard hook pre-commit || exit 1\n')],
      ['hook-checked', () => write(path, own)],
      ['hook-dangling', () => symlinkSync('nowhere', path)],
      ['hook-folder', () => mkdirSync(path)],
    ];
    for (const [code, make] of states) {
      make();
      const about = (await look(repo)).find(({ message }) => message.startsWith('pre-commit: '));
      expect(about?.code).toBe(code);
      expect(about?.message).toContain(path);
      rmSync(path, { recursive: true, force: true });
    }
  });

  it('mends what is its own with --fix, and leaves what is not', () => {
    const repo = installed();
    const [own, others] = [hookPath(repo), hookPath(repo, 'pre-push')];
    chmodSync(own, 0o644);
    rmSync(hookPath(repo, 'pre-merge-commit'));
    write(others, '#!/bin/sh\nkeyguard hook pre-push "$@"\n', 0o644);
    const fixed = keyguard(repo.dir, ['doctor', '--fix', '--quiet']);
    expect(matchesSchema(keyguard(repo.dir, ['doctor', '--format', 'json']).stdout)).toEqual([]);
    expect(statSync(own).mode & 0o777).toBe(0o755);
    expect(fixed.stdout).toContain(`Done: chmod +x ${own}`);
    expect(keyguard(repo.dir, ['doctor', '--fix'])).toMatchObject({ code: 0 });
  });

  it('installs with --fix where nothing is, and says what cannot be done', () => {
    const repo = hookedRepo();
    const first = keyguard(repo.dir, ['doctor']);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/^ {8}keyguard install$/mu);
    expect(keyguard(repo.dir, ['doctor', '--fix'])).toMatchObject({ code: 0 });
    repo.git('config', 'core.hooksPath', '');
    const stuck = keyguard(repo.dir, ['doctor', '--fix']);
    expect(stuck.code).toBe(1);
    expect(stuck.stdout).toMatch(/^ {8}git config --local --unset core\.hooksPath$/mu);
  });
});

describe('doctor on where git looks', () => {
  it.each<readonly [string, readonly string[], Env, string]>([
    ['a folder that is not there', ['core.hooksPath', '.githooks'], {}, 'hooks-path-missing'],
    ['a file', ['core.hooksPath', 'a.txt'], {}, 'hooks-path-no-folder'],
    ['nothing', ['core.hooksPath', ''], {}, 'hooks-path-empty'],
    [
      'a folder by the environment',
      ['a.b', 'c'],
      { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/dev/null' },
      'hooks-path-in-command',
    ],
    ['a folder by -c', ['a.b', 'c'], { GIT_CONFIG_PARAMETERS: "'core.hookspath=/dev/null'" }, 'hooks-path-in-command'],
  ])('core.hooksPath names %s', async (_what, setting, env, code) => {
    const repo = installed();
    repo.git('config', ...setting);
    expect(codes(await look(repo, env), 'mend')).toContain(code);
  });

  it('core.hooksPath hides what stands in .git/hooks', async () => {
    const repo = installed();
    write(hookPath(repo, 'post-commit'), '#!/bin/sh\necho\n');
    repo.git('config', 'core.hooksPath', '.githooks');
    mkdirSync(join(repo.dir, '.githooks'));
    expect(codes(await look(repo), 'mend')).toContain('shadowed-keyguard');
    expect(keyguard(repo.dir, ['install'])).toMatchObject({ code: 0 });
    const after = await look(repo);
    expect(codes(after, 'mend')).toEqual([]);
    const hidden = after.find(({ code }) => code === 'shadowed-hooks');
    expect(hidden?.message).toContain('post-commit');
    expect(after.find(({ code }) => code === 'hooks-path')?.message).toContain('.git/config');
  });

  it('husky hides the pre-commit framework, and a worktree has no folder of husky', async () => {
    const repo = hookedRepo();
    repo.git('config', 'core.hooksPath', '.husky/_');
    for (const name of ['pre-commit', 'pre-push'])
      write(hookPath(repo, name, '.husky/_'), '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n');
    write(hookPath(repo, 'pre-commit', '.husky'), 'keyguard hook pre-commit\n', 0o644);
    repo.write('.pre-commit-config.yaml', 'repos: []\n');
    repo.git('add', '.husky/pre-commit');
    repo.run(['commit', '-qnm', 'husky']);
    repo.git('worktree', 'add', '-q', '-b', 'side', `../it's side`);
    const spoken = await look(repo);
    expect(codes(spoken, 'mend')).toEqual(['worktree-without-hooks']);
    expect(codes(spoken)).toContain('shadowed-framework');
    expect(spoken.find(({ code }) => code === 'hook-checked')?.message).toContain('.husky/pre-commit');
    const command = spoken.find(({ code }) => code === 'worktree-without-hooks')?.remedy?.command ?? '';
    expect(command).toMatch(/^cd '.*it'\\''s side' && npx husky$/u);
    expect(codes(await look(repo, {}, join(repo.dir, '..', `it's side`)), 'mend')).toContain('hooks-path-missing');
    const side = join(repo.dir, '..', `it's side`);
    write(join(side, '.husky/_/pre-commit'), readFileSync(hookPath(installed('other')), 'utf8'));
    expect((await look(repo, {}, side)).find(({ code }) => code === 'hook-checked')?.message).toContain(
      '.husky/_/pre-commit',
    );
    repo.write('.pre-commit-config.yaml', 'repos:\n- repo: https://example.com/keyguard\n');
    rmSync(hookPath(repo, 'pre-commit', '.husky'));
    expect(codes(await look(repo), 'mend')).toContain('shadowed-framework-keyguard');
  });

  it('lefthook puts a hook aside that it finds, and nobody runs it', async () => {
    const repo = installed();
    const path = hookPath(repo);
    write(`${path}.old`, readFileSync(path, 'utf8'));
    write(path, '#!/bin/sh\ncall_lefthook run pre-commit "$@"\n');
    repo.write('lefthook.yml', 'pre-commit:\n  commands:\n    lint: { run: echo }\n');
    expect(codes(await look(repo), 'mend')).toEqual(['hook-without-keyguard', 'put-aside']);
    repo.write('lefthook.yml', 'pre-commit:\n  commands:\n    keyguard: { run: npx keyguard hook pre-commit }\n');
    expect(codes(await look(repo), 'mend')).toEqual([]);
  });
});

describe('doctor on what surrounds a hook', () => {
  it('names what the environment switches off, where that manager is in use', async () => {
    const plain = installed();
    const env = { KEYGUARD: '0', HUSKY: '0', LEFTHOOK: '0', SKIP: 'keyguard', SKIP_SIMPLE_GIT_HOOKS: '1' };
    const switched = async (repo: HookedRepo): Promise<readonly string[]> =>
      (await look(repo, env)).flatMap(({ code, remedy }) =>
        code === 'switched-off' && remedy !== null ? [remedy.command] : [],
      );
    expect(await switched(plain)).toEqual(['unset KEYGUARD']);
    plain.write('lefthook.yml', '');
    plain.write('.pre-commit-config.yaml', '');
    plain.write('.husky/pre-commit', '');
    plain.write('package.json', '{"simple-git-hooks":{}}');
    const all = ['KEYGUARD', 'HUSKY', 'LEFTHOOK', 'SKIP', 'SKIP_SIMPLE_GIT_HOOKS'];
    expect(await switched(plain)).toEqual(all.map((name) => `unset ${name}`));
  });

  it('tells which node a hook finds, with and without the PATH of the shell', async () => {
    const repo = installed();
    const bin = tempDir();
    write(join(bin, 'node'), '#!/bin/sh\necho v18.0.0\n');
    const old = await look(repo, { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
    expect(codes(old, 'mend')).toEqual(['node-too-old']);
    const git = tempDir();
    for (const name of ['git', 'sh']) symlinkSync(`/usr/bin/${name}`, join(git, name));
    expect(codes(await look(repo, { PATH: git }))).toContain('node-recorded');
    write(hookPath(repo), readFileSync(hookPath(repo), 'utf8').replaceAll(process.execPath, '/nowhere/node'));
    expect(codes(await look(repo, { PATH: git }), 'mend')).toContain('node-missing');
  });

  it('tells that the keyguard is gone that a hook would run', async () => {
    const repo = hookedRepo();
    const gone = join(tempDir(), 'keyguard.js');
    for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
      write(
        hookPath(repo, name),
        `#!/bin/sh\nrecorded_node='${process.execPath}'\nrecorded_bin='${gone}'\nfolder=''\nexec "$node" "$bin" hook ${name} "$@"\n`,
      );
    }
    expect(codes(await look(repo), 'mend')).toEqual(['keyguard-missing']);
    write(gone, '');
    expect(codes(await look(repo), 'mend')).toEqual([]);
  });

  it.each([
    ['package-lock.json', (version: string) => `{"packages":{"node_modules/keyguard":{"version":"${version}"}}}`],
    ['pnpm-lock.yaml', (version: string) => `packages:\n\n  keyguard@${version}:\n    resolution: {}\n`],
    ['yarn.lock', (version: string) => `"keyguard@npm:^0.1.0":\n  version: ${version}\n`],
    ['yarn.lock', (version: string) => `keyguard@^0.1.0:\n  version "${version}"\n`],
    ['bun.lock', (version: string) => `{ "packages": { "keyguard": ["keyguard@${version}", ""] } }`],
  ])('compares itself with %s', async (file, text) => {
    const repo = installed();
    repo.write(file, text('0.1.0'));
    expect(codes(await look(repo))).toContain('lock-same');
    repo.write(file, text('0.0.9'));
    expect(codes(await look(repo), 'mend')).toEqual(['lock-differs']);
  });

  it('tells which files decide, and that hooks read the index', async () => {
    const repo = installed();
    expect(codes(await look(repo))).toContain('policy-none');
    repo.write('keyguard.config.json', '{}');
    expect(codes(await look(repo))).toContain('policy-not-staged');
    repo.git('add', 'keyguard.config.json');
    expect(codes(await look(repo))).toContain('policy-in-force');
    repo.write('keyguard.config.json', '{"rulez":1}');
    const run = keyguard(repo.dir, ['doctor']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('The policy cannot be read: keyguard.config.json:1:2');
  });

  it.each([
    ['.github/workflows/ci.yml', 'jobs:\n  a:\n    steps:\n      - run: npx keyguard scan\n'],
    ['.gitlab-ci.yml', 'a:\n  script: [npx keyguard scan]\n'],
    ['.github/workflows/ci.yml', 'jobs:\n  a:\n    steps:\n      - run: npm run secrets\n'],
  ])('finds the workflow that runs keyguard: %s', async (file, text) => {
    const repo = installed();
    repo.write('package.json', '{"scripts":{"secrets":"keyguard scan"}}');
    repo.write(file, text.replace('keyguard scan', 'other').replace('run secrets', 'run others'));
    const missing = (await look(repo)).find(({ code }) => code === 'ci-missing');
    expect(missing?.remedy?.command).toContain('npx keyguard scan');
    repo.write(file, `# ${text.replaceAll('\n', '\n# ')}`);
    expect(codes(await look(repo))).toContain('ci-missing');
    repo.write(file, text);
    expect((await look(repo)).find(({ code }) => code === 'ci-found')?.message).toContain(file);
  });

  it('cannot look outside of a repository: one line, and 2', () => {
    const run = keyguard(tempDir(), ['doctor']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
    expect(keyguard(tempDir(), ['doctor', '--format', 'sarif'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('goes on where what install wrote down is damaged', async () => {
    const repo = installed();
    repo.write('.git/keyguard/install.json', '{');
    expect(codes(await look(repo), 'mend')).toEqual(['state-broken']);
  });
});
