import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { authorOf, hookScript, type HookParts } from '../../../src/hooks/hook-script.ts';
import { withoutSharedPlaces } from '../../helpers/hook-places.ts';
import { tempDir } from '../../helpers/repo.ts';

const PARTS: HookParts = {
  name: 'pre-commit',
  ifMissing: 'block',
  node: '/opt/node/bin/node',
  bin: "/home/o'hara/a b/$(touch x)/`y`/keyguard.js",
  folder: 'packages/app',
};

const SHELLS: readonly (readonly [string, readonly string[]])[] = [
  ['sh', []],
  ['dash', []],
  ['bash', ['--posix']],
  ['busybox', ['sh']],
];

const here = SHELLS.filter(([shell]) => spawnSync(shell, ['-c', ':']).error === undefined);

describe('the text of a hook', () => {
  it.each(here)('is understood by %s %j', (shell, args) => {
    const path = join(tempDir(), 'hook');
    writeFileSync(path, hookScript(PARTS));
    expect(spawnSync(shell, [...args, '-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('starts with what git and keyguard look for, and holds no carriage return', () => {
    const [first, second] = hookScript(PARTS).split('\n');
    expect(first).toBe('#!/bin/sh');
    expect(second).toMatch(/^# keyguard:hook v1 sha256=[0-9a-f]{64}$/u);
    expect(hookScript(PARTS)).not.toContain('\r');
  });

  it('never downloads and never changes the folder', () => {
    const commands = hookScript(PARTS).replaceAll(/^ *#.*$/gmu, '');
    expect(commands).not.toMatch(/\bnpx\b|\bcurl\b|\bcd\b|\bgit rev-parse\b/u);
    expect(commands).toContain('hook pre-commit "$@"');
  });

  it('is the same for the same parts', () => {
    expect(hookScript(PARTS)).toBe(hookScript({ ...PARTS }));
    expect(hookScript(PARTS)).not.toBe(hookScript({ ...PARTS, ifMissing: 'warn' }));
  });
});

describe('authorOf', () => {
  const text = hookScript(PARTS);

  it('knows its own hook', () => {
    expect(authorOf(text)).toBe('keyguard');
  });

  it.each([
    ['a line added', `${text}echo hello\n`],
    ['a line removed', text.replace(/\nfind_node .*\n/u, '\n')],
    ['another seal', text.replace(/sha256=[0-9a-f]{64}/u, `sha256=${'0'.repeat(64)}`)],
    ['no seal', text.replace(/ sha256=[0-9a-f]{64}/u, '')],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['lines above it', text.replace('#!/bin/sh\n', '#!/bin/sh\necho first\n')],
  ])('sees an edit: %s', (_name, edited) => {
    expect(edited).not.toBe(text);
    expect(authorOf(edited)).toBe('keyguard-edited');
  });

  it('takes every other hook for somebody else', () => {
    expect(authorOf('#!/bin/sh\nnpx keyguard hook pre-commit\n')).toBe('somebody-else');
    expect(authorOf('')).toBe('somebody-else');
  });
});

describe.each(here)('run by %s %j, a hook', (shell, args) => {
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

/** A folder that is home and repository at once, with a hook whose recorded node is gone, run without a usable PATH. */
function place(shell: string, args: readonly string[]) {
  const dir = execFileSync('pwd', ['-P'], { cwd: tempDir(), encoding: 'utf8' }).trim();
  writeFileSync(join(dir, 'keyguard.js'), '');
  const hook = hookScript({ ...PARTS, node: '/gone/node', bin: join(dir, 'keyguard.js') });
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
