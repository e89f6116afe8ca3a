import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookedRepo, snapshot } from '../helpers/hooked-repo.ts';
import { fakeKey } from '../helpers/keys.ts';
import { installIn } from '../helpers/prove-hooks.ts';
import { tempDir, tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

describe('keyguard install', () => {
  it('says what it found, does it, and says how to undo it', () => {
    const { dir } = tempRepo();
    const { code, stdout } = keyguard(dir, ['install']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^keyguard checks the commits of this repository from now on\.\nFound: git looks for hooks in /u,
    );
    for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push'])
      expect(stdout).toContain(`  ${name}: ${dir}/.git/hooks/${name} (new)\n`);
    expect(keyguard(dir, ['uninstall']).stdout).toContain('/.git/hooks/pre-push (removed)');
  });

  it('takes the hooks that are named, and adds to those that are there', () => {
    const { dir } = tempRepo();
    expect(keyguard(dir, ['install', '--hooks', 'commit-msg,pre-commit']).code).toBe(0);
    const hooks = (): readonly boolean[] =>
      ['pre-commit', 'commit-msg', 'pre-push'].map((name) => existsSync(join(dir, '.git/hooks', name)));
    expect(hooks()).toEqual([true, true, false]);
    expect(keyguard(dir, ['install', '--hooks=pre-push', '--quiet'])).toMatchObject({ code: 0, stdout: '' });
    expect(hooks()).toEqual([true, true, true]);
    keyguard(dir, ['uninstall']);
    expect(hooks()).toEqual([false, false, false]);
  });

  it('shows in a dry run what it would write into shared files, and writes nothing', () => {
    const repo = hookedRepo();
    repo.write('lefthook.yml', '# ours\npre-commit:\n  parallel: true\n');
    const before = snapshot(repo.dir);
    const { code, stdout } = keyguard(repo.dir, ['install', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/lefthook\.yml \(lines added\)\n(?: {4}\+ .*\n)+/u);
    expect(stdout).toContain("    +       run: sh -c '");
    expect(stdout).not.toContain('ours');
    expect(snapshot(repo.dir)).toEqual(before);
  });

  it('writes nothing where CI is set, unless it is forced to', () => {
    const { dir } = tempRepo();
    const before = snapshot(dir);
    const env = { CI: 'true' };
    const { code, stdout, stderr } = keyguard(dir, ['install'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('CI is set, so no hook was installed: nobody commits there. --force installs.\n');
    expect(keyguard(dir, ['install', '--quiet'], { env })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(keyguard(tempDir(), ['install'], { env }).code).toBe(0);
    expect(snapshot(dir)).toEqual(before);
    for (const CI of ['', '0', 'false']) {
      expect(keyguard(dir, ['install', '--dry-run'], { env: { CI } }).stdout).toContain('Found: ');
    }
    expect(keyguard(dir, ['install', '--force'], { env }).stdout).toContain('(new)');
  });

  it('outside of a repository is a mistake, unless it is quiet', () => {
    const dir = tempDir();
    const { code, stderr } = keyguard(dir, ['install']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^keyguard: .* is not in a repository that git can open.*Run "git init" first[^\n]*\n$/u);
    expect(keyguard(dir, ['install', '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('that is quiet fails all the same where it cannot install', () => {
    const { dir } = tempRepo();
    mkdirSync(join(dir, '.git/hooks/pre-commit'), { recursive: true });
    expect(keyguard(dir, ['install', '--quiet'])).toMatchObject({ code: 2, stdout: '' });
  });

  it.each([
    [['--hooks', 'pre-comit'], '--hooks knows no "pre-comit"; did you mean "pre-commit"?'],
    [['--hooks', 'pre-commit,post-merge'], '--hooks knows no "post-merge"; there are pre-commit, '],
    [['--hooks', ','], '--hooks names no hook'],
    [['--manager', 'huskey'], '--manager knows no "huskey"; did you mean "husky"?'],
    [['--manager', 'lefthook'], 'there is no lefthook.yml'],
    [['--manager', 'prek'], 'there is no .pre-commit-config.yaml'],
    [['--manager', 'hooks-path'], 'core.hooksPath is not set here'],
    [['--manager', 'template'], 'keyguard install --global --manager template'],
    [['--global', '--manager', 'husky'], '--manager husky does not fit'],
    [['--hooks', 'pre-receive'], 'pre-receive is for the bare repository that others push to'],
  ])('%j is answered in one line with the way out', (args, words) => {
    const { dir } = tempRepo();
    const before = snapshot(dir);
    const { code, stdout, stderr } = keyguard(dir, ['install', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trim()).not.toContain('\n');
    expect(snapshot(dir)).toEqual(before);
  });

  it('does not take hooks in the configuration of a git that would ignore them for an installation', () => {
    const { dir, git } = tempRepo();
    const { major, minor } = /(?<major>\d+)\.(?<minor>\d+)/u.exec(git('version'))?.groups ?? {};
    const { code, stderr } = keyguard(dir, ['install', '--manager', 'git-config']);
    const isOld = Number(major) < 2 || (Number(major) === 2 && Number(minor) < 54);
    expect(code).toBe(isOld ? 2 : 0);
    expect(stderr).toMatch(isOld ? /does not run the hooks of its configuration; 2\.54 does/u : /^$/u);
  });

  it('in a bare repository takes the hook of a server only', () => {
    const { dir } = tempRepo(['--bare']);
    expect(keyguard(dir, ['install']).stderr).toContain('Only a server needs a hook there: --hooks pre-receive.');
    expect(keyguard(dir, ['install', '--hooks', 'pre-receive']).stdout).toContain(
      `pre-receive: ${dir}/hooks/pre-receive (new)`,
    );
    expect(readFileSync(join(dir, 'hooks/pre-receive'), 'utf8')).toContain('what=push\n');
    expect(keyguard(dir, ['uninstall']).stdout).toContain('(removed)');
  });
});

describe('what comes with a repository', () => {
  it.each(['.husky/pre-commit', '.pre-commit-config.yaml', 'lefthook.yml', '.simple-git-hooks.json'])(
    'leads nowhere by a link: %s',
    async (path) => {
      const repo = hookedRepo();
      const outside = join(repo.dir, '../outside');
      writeFileSync(outside, '{}\n');
      mkdirSync(dirname(join(repo.dir, path)), { recursive: true });
      symlinkSync(outside, join(repo.dir, path));
      const before = snapshot(join(repo.dir, '..'));
      await expect(installIn({ repo })).rejects.toThrow('is a link that leads out of the repository: remove it');
      expect(snapshot(join(repo.dir, '..'))).toEqual(before);
    },
  );
});

describe('the hooks that stand there then', () => {
  const key = fakeKey('openaiProject');

  it('stop a key in a message and in a push, and let go what has none', () => {
    const repo = hookedRepo();
    repo.git('init', '-q', '--bare', '../remote');
    keyguard(repo.dir, ['install', '--hooks', 'commit-msg,pre-push']);
    const message = repo.run(['commit', '-q', '--allow-empty', '-m', `use ${key}`]);
    expect(message).toMatchObject({ code: 1, stderr: expect.stringContaining('commit stopped: ') });
    expect(repo.run(['commit', '-q', '--allow-empty', '-m', 'use a key']).code).toBe(0);
    expect(repo.run(['push', '-q', '../remote', 'main']).code).toBe(0);
    repo.commit('key.ts', `const key = '${key}';\n`);
    repo.git('rm', '-q', 'key.ts');
    repo.git('commit', '-qm', 'gone');
    const push = repo.run(['push', '-q', '../remote', 'main']);
    expect(push).toMatchObject({ code: 1, stderr: expect.stringContaining('push stopped: ') });
  });

  it('stop a key at a server, whatever the one who pushes switches off', () => {
    const repo = hookedRepo();
    const server = join(repo.dir, '../server');
    repo.git('init', '-q', '--bare', server);
    keyguard(server, ['install', '--hooks', 'pre-receive']);
    expect(repo.run(['push', '-q', server, 'main']).code).toBe(0);
    repo.commit('key.ts', `const key = '${key}';\n`);
    const push = repo.run(['push', '-q', server, 'main'], { KEYGUARD: '0' });
    expect(push).toMatchObject({ code: 1, stderr: expect.stringContaining('push refused: ') });
  });
});

describe('keyguard uninstall', () => {
  it('leaves lines in a shared file that somebody edited, names it, and takes back the rest', () => {
    const repo = hookedRepo();
    repo.write('.husky/pre-commit', 'npm test\n');
    repo.write('.husky/pre-push', 'npm run build\n');
    keyguard(repo.dir, ['install']);
    const path = join(repo.dir, '.husky/pre-commit');
    const edited = readFileSync(path, 'utf8').replace('|| exit $?', '|| true');
    writeFileSync(path, edited);
    const { code, stderr } = keyguard(repo.dir, ['uninstall']);
    expect(code).toBe(2);
    expect(stderr).toContain(`What keyguard wrote into ${path} was edited and stays as it is`);
    expect(readFileSync(path, 'utf8')).toBe(edited);
    expect(readFileSync(join(repo.dir, '.husky/pre-push'), 'utf8')).toBe('npm run build\n');
    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(false);
    expect(keyguard(repo.dir, ['install']).stderr).toContain('were edited: take them out');
  });

  it('takes its lines out of a shared file that was edited around them, and in clones that got it by git', () => {
    const repo = hookedRepo();
    repo.write('.husky/pre-commit', 'npm test\n');
    keyguard(repo.dir, ['install']);
    const path = join(repo.dir, '.husky/pre-commit');
    writeFileSync(path, `# above\n${readFileSync(path, 'utf8')}# below\n`);
    repo.git('add', '.');
    repo.git('commit', '-qnm', 'husky');
    repo.git('clone', '-q', '.', '../clone');
    repo.git('clone', '-q', '.', '../third');
    keyguard(join(repo.dir, '../third'), ['install']);
    for (const dir of [repo.dir, join(repo.dir, '../clone'), join(repo.dir, '../third')]) {
      expect(keyguard(dir, ['uninstall']).code).toBe(0);
      expect(readFileSync(join(dir, '.husky/pre-commit'), 'utf8')).toBe('# above\nnpm test\n# below\n');
      expect(existsSync(join(dir, '.husky/pre-push'))).toBe(false);
    }
  });

  it('takes back what lefthook or pre-commit has put aside', () => {
    const { dir } = tempRepo();
    const hooks = join(dir, '.git/hooks');
    const before = snapshot(hooks);
    keyguard(dir, ['install', '--hooks', 'pre-commit']);
    writeFileSync(join(hooks, 'pre-commit.legacy'), readFileSync(join(hooks, 'pre-commit')));
    writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\n# File generated by pre-commit\n');
    expect(keyguard(dir, ['uninstall']).code).toBe(0);
    expect(snapshot(hooks).filter((line) => !line.startsWith('pre-commit '))).toEqual(before);
  });
});
