import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  hookScript,
  type HookParts,
  passOnScript,
  runnerScript,
  sharedHookScript,
} from '../../src/hooks/hook-script.ts';
import { sharedCommand, withShLines } from '../../src/hooks/shared-line.ts';
import { fakeKey } from '../helpers/keys.ts';
import { withoutSharedPlaces } from '../helpers/hook-places.ts';
import { cleanEnv, tempDir } from '../helpers/repo.ts';

const PARTS: HookParts = {
  name: 'pre-commit',
  ifMissing: 'block',
  node: '/gone/node',
  bin: '/gone/keyguard.js',
  folder: 'packages/app',
};

const SHELLS: readonly (readonly [string, readonly string[]])[] = [
  ['sh', []],
  ['dash', []],
  ['bash', ['--posix']],
  ['busybox', ['sh']],
];

const here = SHELLS.filter(([shell]) => spawnSync(shell, ['-c', ':']).error === undefined);

describe.each(here)('in %s %j, a hook', (shell, args) => {
  it.each([
    ['of a commit', hookScript(PARTS)],
    ['of a push', hookScript({ ...PARTS, name: 'pre-push', passesOn: true, readBy: 'sh' })],
    ['of a server', hookScript({ ...PARTS, name: 'pre-receive' })],
    ['among files that are shared', sharedHookScript('pre-push', sharedCommand('pre-push', 'bin/keyguard.js'))],
    ['that passes on', passOnScript('push-to-checkout')],
    ['for a line in a shared file', runnerScript(PARTS)],
    ['of husky', withShLines('npm test\n', 'pre-push', 'bin/keyguard.js')],
  ])('%s is understood', (_name, text) => {
    const path = join(tempDir(), 'hook');
    writeFileSync(path, text);
    expect(spawnSync(shell, [...args, '-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('for a line in a shared file finds node and keyguard in the same way, and passes on all words', () => {
    const { dir, run } = placeWithNode(shell, args);
    writeFileSync(join(dir, 'hook'), withoutSharedPlaces(runnerScript({ ...PARTS, bin: join(dir, 'keyguard.js') })));
    expect(run().stdout).toBe(`node ${dir}/keyguard.js hook one two\n`);
    rmSync(join(dir, '.volta'), { recursive: true });
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^keyguard: commit stopped: node was/u) });
    expect(run({ KEYGUARD: '0' })).toMatchObject({ status: 0, stderr: expect.stringContaining('NOT checked') });
  });

  it('a line in a shared file, where nobody installed, runs the keyguard of the project or says what is missing', () => {
    const { dir, run } = placeWithNode(shell, args);
    symlinkSync(programOf('git'), join(dir, 'sh/git'));
    if (shell !== 'sh') symlinkSync(programOf('sh'), join(dir, 'sh/sh'));
    writeFileSync(join(dir, 'hook'), `${sharedCommand('pre-commit', 'keyguard.js')} "$@" || exit $?\necho after\n`);
    const PATH = join(dir, 'sh');
    const without = run({ PATH });
    expect(without).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('Looked for .git/keyguard/run'),
    });
    expect(run({ PATH: `${PATH}:${dir}/.volta/bin` }).stdout).toBe('node keyguard.js hook pre-commit one two\nafter\n');
  });

  it('takes the newest node of a version manager when PATH and the recorded place have none', () => {
    const { dir, run } = place(shell, args);
    for (const version of ['v8.17.0', 'v20.19.0', 'v22.12.0'])
      fakeNode(join(dir, `.nvm/versions/node/${version}/bin`), version);
    expect(run()).toMatchObject({
      status: 0,
      stdout: `v22.12.0 ${dir}/keyguard.js hook pre-commit one two\n`,
      stderr: '',
    });
  });

  it('is told by KEYGUARD_NODE first', () => {
    const { dir, run } = place(shell, args);
    fakeNode(join(dir, '.volta/bin'), 'volta');
    fakeNode(join(dir, 'my node'), 'mine');
    expect(run({ KEYGUARD_NODE: join(dir, 'my node/node') }).stdout).toMatch(/^mine /u);
    expect(run({ KEYGUARD_NODE: join(dir, 'gone/node') }).stdout).toMatch(/^volta /u);
  });

  it('is told by KEYGUARD_BIN which keyguard to run', () => {
    const { dir, run } = place(shell, args);
    fakeNode(join(dir, '.volta/bin'), 'node');
    writeFileSync(join(dir, 'other.js'), '');
    expect(run({ KEYGUARD_BIN: `${dir}/other.js` }).stdout).toBe(`node ${dir}/other.js hook pre-commit one two\n`);
    expect(run({ KEYGUARD_BIN: `${dir}/gone.js` }).stdout).toBe(`node ${dir}/keyguard.js hook pre-commit one two\n`);
  });

  it('says what is missing, where it looked, how to mend it and how to go on', () => {
    const { run } = place(shell, args);
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.split('\n')[0]).toBe('keyguard: commit stopped: node was not found.');
    for (const part of [
      '/gone/node',
      'install Node.js',
      'KEYGUARD=0 git commit',
      '$env:KEYGUARD=0',
      'PATH is: /nowhere',
    ])
      expect(stderr).toContain(part);
  });
});

describe.each(here)('in %s %j, which keyguard a hook runs', (shell, args) => {
  const COPY = 'node_modules/keyguard/bin/keyguard.js';

  it('is the recorded one, not a copy that could have come with a commit', () => {
    const { dir, run } = placeWithNode(shell, args);
    file(dir, COPY);
    file(dir, `packages/app/${COPY}`);
    expect(run().stdout).toBe(`node ${dir}/keyguard.js hook pre-commit one two\n`);
  });

  it('is the nearest copy of a project that it was installed from', () => {
    const recorded = 'node_modules/.store/keyguard@1.0.0/node_modules/keyguard/bin/keyguard.js';
    const { dir, run } = placeWithNode(shell, args, recorded);
    expect(run().stdout).toContain(` ${dir}/${recorded} hook`);
    file(dir, COPY);
    expect(run().stdout).toContain(` ${dir}/${COPY} hook`);
    file(dir, `packages/app/${COPY}`);
    expect(run().stdout).toContain(` ${dir}/packages/app/${COPY} hook`);
  });

  it('is a copy when the recorded one is gone, unless the copy is committed', () => {
    const { dir, run } = placeWithNode(shell, args);
    const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: dir, env: cleanEnv() });
    symlinkSync(programOf('git'), join(dir, 'sh/git'));
    const PATH = join(dir, 'sh');
    rmSync(join(dir, 'keyguard.js'));
    file(dir, COPY);
    expect(run({ PATH })).toMatchObject({ status: 1, stdout: '' });
    git('init', '-q');
    expect(run({ PATH }).stdout).toContain(` ${dir}/${COPY} hook`);
    git('add', '-f', COPY);
    const { status, stdout, stderr } = run({ PATH });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('(the one there is committed, so it is not run)');
    git('rm', '-q', '--cached', COPY);
    renameSync(join(dir, 'node_modules'), join(dir, 'vendor'));
    symlinkSync('vendor', join(dir, 'node_modules'));
    git('add', '-f', 'node_modules');
    expect(run({ PATH })).toMatchObject({ status: 1, stdout: '' });
  });
});

describe.each(here)('in %s %j, the node of PATH', (shell, args) => {
  it('is run from a folder elsewhere', () => {
    const { run } = placeWithNode(shell, args);
    const elsewhere = realpathSync(tempDir());
    fakeNode(elsewhere, 'elsewhere');
    expect(run({ PATH: `/nowhere:${elsewhere}` }).stdout).toMatch(/^elsewhere /u);
    expect(run({ PATH: `./nowhere:${elsewhere}` }).stdout).toMatch(/^elsewhere /u);
  });

  it.each(['.', '', 'tools', './tools', '/nowhere:', ':/nowhere', 'DIR', 'DIR/tools', '/nowhere:DIR/tools'])(
    'is not run when the repository brings it: %j',
    (path) => {
      const { dir, run } = placeWithNode(shell, args);
      fakeNode(dir, 'brought');
      fakeNode(join(dir, 'tools'), 'brought');
      const PATH = path.replace('DIR', dir);
      expect(run({ PATH }).stdout).toMatch(/^node /u);
      expect(run({ PATH, KEYGUARD_NODE: './tools/node' }).stdout).toMatch(/^brought /u);
    },
  );

  it('is run from the repository when it is the recorded one', () => {
    const { dir, run } = placeWithNode(shell, args, 'keyguard.js', 'tools/node');
    fakeNode(join(dir, 'tools'), 'recorded');
    expect(run({ PATH: join(dir, 'tools') }).stdout).toMatch(/^recorded /u);
  });
});

describe.each(here)('in %s %j, a hook without node', (shell, args) => {
  it.each([
    ['a key', `/opt/${fakeKey('openaiLegacy')}`],
    ['the shortest key', `/opt/${fakeKey('hex32').slice(0, 35)}/bin`],
    ['a terminal sequence', '/opt/\u001b[2Kgone'],
    ['a line of its own', '/opt/\n::error::forged'],
    ['a bidi override', '/opt/user\u202e'],
  ])('does not show a PATH with %s', (_name, path) => {
    const { stderr } = place(shell, args).run({ PATH: path });
    expect(stderr).toContain('PATH is: (not shown: ');
    expect(stderr).not.toMatch(/\u001b|forged|\u202e|sk-/u);
  });
});

/**
 * A folder that is home and repository at once, with a hook whose recorded node is gone unless it is named, run without
 * a usable PATH. `bin` and `node` are the recorded ones, below the folder.
 */
function place(shell: string, args: readonly string[], bin = 'keyguard.js', node?: string) {
  const dir = realpathSync(tempDir());
  file(dir, bin);
  const recorded = { bin: join(dir, bin), node: node === undefined ? PARTS.node : join(dir, node) };
  writeFileSync(join(dir, 'hook'), withoutSharedPlaces(hookScript({ ...PARTS, ...recorded })));
  mkdirSync(join(dir, 'sh'));
  symlinkSync(programOf(shell), join(dir, 'sh', shell));
  const run = (env: Readonly<Record<string, string>> = {}) =>
    spawnSync(join(dir, 'sh', shell), [...args, './hook', 'one', 'two'], {
      cwd: dir,
      env: { HOME: dir, PATH: '/nowhere', PROGRAMFILES: '/nowhere', ...env },
      encoding: 'utf8',
    });
  return { dir, run };
}

/** The same with a node where only version managers look. */
function placeWithNode(...parts: Parameters<typeof place>) {
  const made = place(...parts);
  fakeNode(join(made.dir, '.volta/bin'), 'node');
  return made;
}

function programOf(name: string): string {
  return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
}

function file(dir: string, path: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), '');
}

function fakeNode(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'node'), `#!/bin/sh\necho "${name} $*"\n`, { mode: 0o755 });
}
