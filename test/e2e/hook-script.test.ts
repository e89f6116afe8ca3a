import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookScript, type HookParts } from '../../src/hooks/hook-script.ts';
import { fakeKey } from '../helpers/keys.ts';
import { withoutSharedPlaces } from '../helpers/hook-places.ts';
import { tempDir } from '../helpers/repo.ts';

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
  it('is understood', () => {
    const path = join(tempDir(), 'hook');
    writeFileSync(path, hookScript(PARTS));
    expect(spawnSync(shell, [...args, '-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
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

  it('prefers the keyguard of the package to the recorded one', () => {
    const { dir, run } = place(shell, args);
    fakeNode(join(dir, '.volta/bin'), 'node');
    mkdirSync(join(dir, 'node_modules/keyguard/bin'), { recursive: true });
    writeFileSync(join(dir, 'node_modules/keyguard/bin/keyguard.js'), '');
    expect(run().stdout).toContain(` ${dir}/node_modules/keyguard/bin/keyguard.js hook`);
    mkdirSync(join(dir, 'packages/app/node_modules/keyguard/bin'), { recursive: true });
    writeFileSync(join(dir, 'packages/app/node_modules/keyguard/bin/keyguard.js'), '');
    expect(run().stdout).toContain(` ${dir}/packages/app/node_modules/keyguard/bin/keyguard.js hook`);
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

/** A folder that is home and repository at once, with a hook whose recorded node is gone, run without a usable PATH. */
function place(shell: string, args: readonly string[]) {
  const dir = realpathSync(tempDir());
  writeFileSync(join(dir, 'keyguard.js'), '');
  const hook = hookScript({ ...PARTS, bin: join(dir, 'keyguard.js') });
  writeFileSync(join(dir, 'hook'), withoutSharedPlaces(hook));
  mkdirSync(join(dir, 'sh'));
  const program = execFileSync('sh', ['-c', 'command -v "$0"', shell], { encoding: 'utf8' }).trim();
  symlinkSync(program, join(dir, 'sh', shell));
  const run = (env: Readonly<Record<string, string>> = {}) =>
    spawnSync(join(dir, 'sh', shell), [...args, './hook', 'one', 'two'], {
      cwd: dir,
      env: { HOME: dir, PATH: '/nowhere', PROGRAMFILES: '/nowhere', ...env },
      encoding: 'utf8',
    });
  return { dir, run };
}

function fakeNode(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'node'), `#!/bin/sh\necho "${name} $*"\n`, { mode: 0o755 });
}
