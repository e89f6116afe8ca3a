import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyguardError } from '../../src/errors.ts';
import { lastSetting, openPorcelain } from '../../src/sources/git/porcelain.ts';
import { tempDir, tempRepo } from '../helpers/repo.ts';
import { testHost } from '../sources/host.ts';

describe('a question to git', () => {
  it('is answered for the repository that the environment of a hook names', async () => {
    const dir = realpathSync(tempRepo().dir);
    const inHook = {
      GIT_DIR: join(dir, '.git'),
      GIT_INDEX_FILE: join(dir, '.git/index.lock'),
      GIT_EDITOR: ':',
      EDITOR: 'vi',
    };
    const git = openPorcelain(testHost(tempDir(), inHook));
    expect(await git.revParse('--absolute-git-dir')).toBe(join(dir, '.git'));
    expect(await git.revParse('--git-path', 'index')).toBe(join(dir, '.git/index.lock'));
  });

  it('keeps the spaces at the ends of a name', async () => {
    const dir = join(realpathSync(tempDir()), ' a repository ');
    mkdirSync(dir);
    const git = openPorcelain(testHost(dir));
    await expect(git.revParse('--show-toplevel')).rejects.toThrow(/not a git repository/u);
    tempRepo().git('init', '-q', dir);
    expect(await git.revParse('--show-toplevel')).toBe(dir);
  });

  it('tells the version as numbers', async () => {
    const [major = 0] = await openPorcelain(testHost(tempDir())).version();
    expect(major).toBeGreaterThanOrEqual(2);
  });

  it('tells the setting that wins and where it stands', async () => {
    const repo = tempRepo();
    const git = openPorcelain(testHost(repo.dir));
    expect(await git.setting('core.hookspath')).toBeNull();
    repo.git('config', 'core.hooksPath', 'a\nb');
    expect(await git.setting('core.hookspath')).toEqual({ value: 'a\nb', scope: 'local', origin: 'file:.git/config' });
    repo.git('config', 'extensions.worktreeConfig', 'true');
    repo.git('config', '--worktree', 'core.hooksPath', '');
    expect(await git.setting('core.hookspath')).toMatchObject({ value: '', scope: 'worktree' });
    const command = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: 'c' };
    expect(await openPorcelain(testHost(repo.dir, command)).setting('core.hookspath')).toMatchObject({
      value: 'c',
      scope: 'command',
    });
  });

  it.each([
    ['is killed in the middle of its answer', 'echo partial; kill -9 $$', 'it was killed'],
    ['fails without a word', 'exit 1', 'it ended with 1'],
    ['fails after an answer', 'echo /an/answer; exit 141', 'it ended with 141'],
    ['says why', 'echo "fatal: no" >&2; exit 128', 'no'],
  ])('is not answered when git %s', async (_name, script, reason) => {
    const { dir } = tempRepo();
    const folder = tempDir();
    writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const git = openPorcelain(testHost(dir, { PATH: `${folder}:/usr/bin:/bin` }));
    await expect(git.revParse('--show-toplevel')).rejects.toThrow(
      new KeyguardError('git', `git rev-parse failed: ${reason}`),
    );
  });
});

describe('lastSetting', () => {
  it('takes the last of several, values with line ends and names without a value', () => {
    const listing = 'local\0file:a\0core.x\n1\0local\0file:a\0core.flag\0local\0file:b\0core.x\n2\n3\0';
    expect(lastSetting(listing, 'core.x')).toEqual({ value: '2\n3', scope: 'local', origin: 'file:b' });
    expect(lastSetting(listing, 'core.flag')).toEqual({ value: '', scope: 'local', origin: 'file:a' });
    expect(lastSetting(listing, 'core')).toBeNull();
    expect(lastSetting('', 'core.x')).toBeNull();
  });
});
