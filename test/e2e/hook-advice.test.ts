import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN } from '../helpers/run.ts';
import { type GuardedRepo, guardedRepo } from './guarded-repo.ts';

const KEY = fakeKey('openaiProject');
const WITH_KEY = `const key = '${KEY}';\n`;

/** The command that the hook printed, which begins with these words. */
function printed(stderr: string, begin: string): string {
  return (
    stderr
      .split('\n')
      .find((line) => line.trim().startsWith(begin))
      ?.trim() ?? ''
  );
}

function unwrapped(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

/** Types a command where the user stands. */
function type(repo: GuardedRepo, command: string, folder = '.'): void {
  const [program = '', ...args] = command.split(' ');
  execFileSync(program, args, { cwd: join(repo.dir, folder), env: cleanEnv(), stdio: 'pipe' });
}

describe('a command that the hook prints works where the commit was typed', () => {
  it.each([
    ['.', 'git add -- pkg/lib/q.js'],
    ['pkg', 'git add -- :/pkg/lib/q.js'],
    ['pkg/lib', 'git add -- :/pkg/lib/q.js'],
  ])('in %s', (folder, command) => {
    const repo = guardedRepo();
    repo.stage('pkg/lib/q.js', WITH_KEY);
    const { stderr } = repo.run({ args: ['commit', '-qm', 'add'], in: folder });
    expect(printed(stderr, 'git add')).toBe(command);
    repo.write('pkg/lib/q.js', 'clean\n');
    type(repo, command, folder);
    expect(repo.run({ args: ['commit', '-qm', 'add'], in: folder }).code).toBe(0);
  });

  it('for a file of values, too, which was changed since it was staged', () => {
    const repo = guardedRepo();
    repo.stage('pkg/.env.local', `OPENAI_API_KEY=${KEY}\n`);
    const { stderr } = repo.run({ args: ['commit', '-qm', 'add'], in: 'pkg' });
    repo.write('pkg/.env.local', 'OPENAI_API_KEY=\n');
    type(repo, printed(stderr, 'git rm'), 'pkg');
    expect(repo.git('ls-files')).toBe('readme.md\n');
  });
});

describe('a file of which only a part is staged', () => {
  it('is added part by part, so that the rest stays out', () => {
    const repo = guardedRepo();
    repo.stage('q.js', WITH_KEY);
    repo.write('q.js', `${WITH_KEY}not for this commit\n`);
    expect(printed(repo.run({ args: ['commit', '-qm', 'add'] }).stderr, 'git add')).toBe('git add -p -- q.js');
  });

  it('and is added whole where nothing else has changed', () => {
    const repo = guardedRepo();
    repo.stage('q.js', WITH_KEY);
    expect(printed(repo.run({ args: ['commit', '-qm', 'add'] }).stderr, 'git add')).toBe('git add -- q.js');
  });
});

describe('what is left out is shown by the command that the hook names', () => {
  const SEVEN = Array.from({ length: 7 }, (_, i) => `const key = '${fakeKey('openaiProject', i + 1)}';\n`).join('');

  it.each([
    ['git commit', [], 'keyguard scan --staged'],
    ['git commit -a', ['-a'], 'keyguard scan'],
    ['git commit PATH', ['readme.md'], 'keyguard scan'],
  ])('after %s', (_how, more, command) => {
    const repo = guardedRepo();
    if (more.length === 0) repo.stage('readme.md', SEVEN);
    else repo.write('readme.md', SEVEN);
    const { stderr } = repo.run({ args: ['commit', '-qm', 'all', ...more] });
    expect(stderr).toContain(`\nand 2 more: ${command}\n`);
    const again = keyguard(repo.dir, command.split(' ').slice(1));
    expect(again.stdout.match(/^ {2}readme\.md:\d+:\d+$/gmu)).toHaveLength(7);
  });
});

describe('what taking a file of values out of git does to others', () => {
  const SAID = 'HEAD has it, so this commit deletes it for everybody who pulls';

  it('is said where HEAD has the file, and only there', () => {
    const repo = guardedRepo();
    repo.commit('app/.env', 'A=1\n');
    repo.stage('app/.env', `OPENAI_API_KEY=${KEY}\n`);
    expect(unwrapped(repo.run({ args: ['commit', '-qm', 'all'] }).stderr)).toContain(SAID);
    repo.git('reset', '-q', '--hard');
    repo.stage('.env', `OPENAI_API_KEY=${KEY}\n`);
    expect(unwrapped(repo.run({ args: ['commit', '-qm', 'all'] }).stderr)).not.toContain(SAID);
  });
});

describe('a key in a commit that is not pushed', () => {
  it('is amended away where the last commit brought it in', () => {
    const repo = guardedRepo();
    repo.commitUnchecked('app.js', WITH_KEY);
    const { stdout } = keyguard(repo.dir, ['scan']);
    repo.write('app.js', 'clean\n');
    type(repo, printed(stdout, 'git commit --amend'));
    expect(repo.git('log', '-p')).not.toContain(KEY);
  });

  it('is not amended away where an older one did: the commit before that is named', () => {
    const repo = guardedRepo();
    const before = repo.head();
    repo.commitUnchecked('app.js', WITH_KEY);
    repo.commitUnchecked('b.js', 'later\n');
    const { stdout } = keyguard(repo.dir, ['scan']);
    expect(stdout).not.toContain('git commit --amend --no-edit');
    expect(printed(stdout, 'git rebase')).toBe(`git rebase -i ${before.slice(0, 12)}`);
  });

  it('is looked for where it was committed, when it was found in a file that git does not know', () => {
    const repo = guardedRepo();
    repo.commitUnchecked('app.js', WITH_KEY);
    repo.write('app.js', 'clean\n');
    repo.write('copy.js', WITH_KEY);
    type(repo, printed(keyguard(repo.dir, ['scan']).stdout, 'git commit --amend'));
    expect(repo.git('log', '-p')).not.toContain(KEY);
  });
});

it('names the commands as they work where keyguard is installed in the project only', () => {
  const repo = guardedRepo();
  const modules = join(repo.dir, 'node_modules');
  mkdirSync(modules);
  symlinkSync(dirname(dirname(KEYGUARD_BIN)), join(modules, 'keyguard'), 'junction');
  repo.stage('a.js', `const key = '${fakeKey('openaiAdmin')}';\n`);
  const program = join(modules, 'keyguard/bin/keyguard.js');
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: repo.dir, env: cleanEnv(), encoding: 'utf8' });
  const { stderr } = run('hook', 'pre-commit');
  expect(stderr).toContain('\n     npx keyguard guide openai create\n');
  expect(stderr).toContain('\n  Not a secret? npx keyguard allow ');
  const scan = run('scan', '--staged', '--format=json');
  expect(scan.stdout).toContain('"keyguard guide ');
  expect(scan.stdout).not.toContain('npx');
});
