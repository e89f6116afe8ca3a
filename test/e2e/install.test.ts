import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installText, uninstallText } from '../../src/cli/commands/install-text.ts';
import { type ErrorCode, KeyguardError } from '../../src/errors.ts';
import { installHooks, type InstallResult } from '../../src/hooks/install.ts';
import type { HookName } from '../../src/hooks/hook-names.ts';
import type { ManagerName } from '../../src/hooks/managers/manager.ts';
import { uninstallHooks } from '../../src/hooks/uninstall.ts';
import { withoutSharedPlaces } from '../helpers/hook-places.ts';
import { type HookedRepo, hookedRepo, snapshot } from '../helpers/hooked-repo.ts';
import { fakeKey } from '../helpers/keys.ts';
import { KEYGUARD_BIN } from '../helpers/run.ts';
import { testHost } from '../sources/host.ts';

const CALL = ['hook', 'pre-commit'];

/** The two that a commit meets. */
const COMMIT_HOOKS = ['pre-commit', 'pre-merge-commit'] as const;

describe('an installed hook', () => {
  it('is run by every way to commit and sees what will be committed', async () => {
    const repo = await installed();
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'one']).code).toBe(0);
    expect(repo.seen()).toEqual([{ argv: CALL, cwd: repo.dir, index: '.git/index', staged: ['b.txt'] }]);

    repo.write('a.txt', 'changed\n');
    expect(repo.run(['commit', '-qam', 'all']).code).toBe(0);
    expect(repo.seen()).toMatchObject([
      { argv: CALL, staged: ['a.txt'], index: expect.stringContaining('index.lock') },
    ]);

    repo.stage('staged.txt', 'not in this commit\n');
    repo.write('a.txt', 'changed again\n');
    expect(repo.run(['commit', '-qm', 'path', 'a.txt']).code).toBe(0);
    expect(repo.seen()).toMatchObject([
      { argv: CALL, staged: ['a.txt'], index: expect.stringContaining('next-index') },
    ]);

    repo.write('sub/c.txt', 'c\n');
    repo.git('add', '.');
    expect(repo.run(['commit', '-qm', 'sub'], {}, join(repo.dir, 'sub')).code).toBe(0);
    expect(repo.seen()).toMatchObject([{ argv: CALL, cwd: repo.dir, staged: ['staged.txt', 'sub/c.txt'] }]);

    repo.stage('d.txt', 'd\n');
    expect(repo.run(['commit', '-q', '--amend', '--no-edit']).code).toBe(0);
    expect(repo.seen()).toMatchObject([{ argv: CALL, staged: ['d.txt'] }]);
  });

  it('is run by the first commit of a repository', async () => {
    const repo = hookedRepo();
    repo.git('checkout', '-q', '--orphan', 'fresh');
    await install(repo);
    const emptyTree = repo.git('hash-object', '-t', 'tree', '-w', '/dev/null').trim();
    expect(repo.run(['commit', '-qm', 'first'], { AGAINST: emptyTree }).code).toBe(0);
    expect(repo.seen()).toMatchObject([{ staged: ['a.txt'] }]);
  });

  it('is run by a merge that commits by itself', async () => {
    const repo = await installed();
    divide(repo);
    expect(repo.run(['merge', '-q', '--no-edit', 'side'], { EXIT: '1' }).code).toBe(1);
    expect(repo.seen()).toMatchObject([{ argv: ['hook', 'pre-merge-commit'], staged: ['side.txt'] }]);
    expect(repo.git('log', '-1', '--format=%s')).toBe('main\n');
  });

  it.each([
    [0, 0, 'two\n'],
    [1, 1, 'one\n'],
    [2, 1, 'one\n'],
  ])('that ends with %i lets git commit end with %i', async (exit, code, subject) => {
    const repo = hookedRepo();
    repo.commit('b.txt', 'b\n', 'one');
    await install(repo);
    repo.stage('c.txt', 'c\n');
    expect(repo.run(['commit', '-qm', 'two'], { EXIT: String(exit) }).code).toBe(code);
    expect(repo.git('log', '-1', '--format=%s')).toBe(subject);
  });

  it.each(['with spaces', 'Ünïcödé – 鍵', 'it\'s $(touch x) `y` "z"'])('works in a folder named %s', async (name) => {
    const repo = await installed(name);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }).code).toBe(1);
    expect(repo.seen()).toMatchObject([{ argv: CALL, cwd: repo.dir, staged: ['b.txt'] }]);
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(repo.run(['commit', '-qm', 'passes'], { EXIT: '1' }).code).toBe(0);
  });

  it('serves every worktree, from whichever it was installed', async () => {
    const repo = hookedRepo();
    const other = join(repo.dir, '..', 'other');
    repo.git('worktree', 'add', '-q', other);
    const result = await install(repo, { cwd: other });
    expect(result.edits).toMatchObject([{ path: join(repo.dir, '.git/hooks/pre-commit') }, {}]);

    writeFileSync(join(other, 'o.txt'), 'o\n');
    expect(repo.run(['add', '.'], {}, other).code).toBe(0);
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }, other).code).toBe(1);
    expect(repo.seen()).toMatchObject([{ argv: CALL, staged: ['o.txt'] }]);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }).code).toBe(1);
    expect(repo.seen()).toMatchObject([{ argv: CALL, staged: ['b.txt'] }]);
  });

  it('goes where the git folder of a submodule is', async () => {
    const repo = hookedRepo();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', hookedRepo().dir, 'module');
    const module = join(repo.dir, 'module');
    await install(repo, { cwd: module });
    writeFileSync(join(module, 'm.txt'), 'm\n');
    expect(repo.run(['add', '.'], {}, module).code).toBe(0);
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }, module).code).toBe(1);
    expect(repo.seen()).toMatchObject([{ argv: CALL, cwd: module, staged: ['m.txt'] }]);
  });

  it('runs the keyguard that installed it, not one that is committed', async () => {
    const repo = await installed();
    repo.write('node_modules/keyguard/bin/keyguard.js', '');
    repo.git('add', '-f', '.');
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }).code).toBe(1);
    expect(repo.seen()).toHaveLength(1);
  });

  it('runs the keyguard that the package has now, if a keyguard of the package installed it', async () => {
    const repo = hookedRepo();
    const old = 'packages/app/node_modules/.store/keyguard@1.0.0/node_modules/keyguard/bin/keyguard.js';
    repo.write(old, '');
    await install(repo, { cwd: join(repo.dir, 'packages', 'app'), keyguardBin: join(repo.dir, old) });
    repo.write('packages/app/node_modules/keyguard/bin/keyguard.js', 'process.exitCode = 1;');
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped']).code).toBe(1);
  });

  it('steps aside for KEYGUARD=0 and says so', async () => {
    const repo = await installed();
    repo.stage('b.txt', 'b\n');
    const { code, stderr } = repo.run(['commit', '-qm', 'unchecked'], { EXIT: '1', KEYGUARD: '0' });
    expect(code).toBe(0);
    expect(stderr).toContain('keyguard: this commit is NOT checked, because KEYGUARD=0 is set.');
    expect(repo.seen()).toEqual([]);
  });

  it('is not run by cherry-pick, revert and --no-verify, as the text of install says', async () => {
    const repo = await installed();
    divide(repo);
    const stopping = { EXIT: '1' };
    expect(repo.run(['cherry-pick', 'side'], stopping).code).toBe(0);
    expect(repo.run(['revert', '--no-edit', 'HEAD'], stopping).code).toBe(0);
    expect(repo.run(['commit', '-q', '--no-verify', '--allow-empty', '-m', 'n'], stopping).code).toBe(0);
    expect(repo.seen()).toEqual([]);
    expect(repo.run(['commit', '-q', '--allow-empty', '-m', 'n'], stopping).code).toBe(1);
  });
});

describe('when keyguard is gone', () => {
  it('a commit is stopped, with the way to mend it and the way around', async () => {
    const repo = await installed();
    rmSync(repo.bin);
    repo.stage('b.txt', 'b\n');
    const { code, stderr } = repo.run(['commit', '-qm', 'stopped']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^keyguard: commit stopped: keyguard was not found\.\n/u);
    expect(stderr).toContain(repo.bin);
    expect(stderr).toContain('To mend: run "npm ci", or install keyguard again as it was installed.\n');
    expect(stderr).not.toContain('npm install');
    expect(stderr).toContain('KEYGUARD=0 git commit');
    expect(repo.run(['commit', '-qm', 'unchecked'], { KEYGUARD: '0' }).code).toBe(0);
  });

  it('whoever removed it on purpose is told which files to delete, and has the hook from before again', async () => {
    const repo = hookedRepo();
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 0\n');
    await install(repo);
    rmSync(repo.bin);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped']).stderr).toContain(
      'If it was removed on purpose: in .git/hooks delete the files whose second line names keyguard; rename any .keyguard-prev back.\n',
    );
    const [hook, before] = ['pre-commit', 'pre-commit.keyguard-prev'].map((name) => join(repo.dir, '.git/hooks', name));
    rmSync(join(repo.dir, '.git/hooks/pre-merge-commit'));
    renameSync(before ?? '', hook ?? '');
    expect(repo.run(['commit', '-qm', 'goes on']).code).toBe(0);
  });

  it('a team that asked for a warning gets one, and the commit', async () => {
    const repo = hookedRepo();
    await install(repo, { ifMissing: 'warn' });
    rmSync(repo.bin);
    repo.stage('b.txt', 'b\n');
    const { code, stderr } = repo.run(['commit', '-qm', 'passes']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^keyguard: this commit is NOT checked: keyguard was not found\.\n/u);
  });
});

describe('when node is gone', () => {
  const BARE = { PATH: '/nowhere', HOME: '/nowhere' };

  it.each(['block', 'warn'] as const)('from everywhere, a commit meets what was chosen: %s', async (ifMissing) => {
    const repo = hookedRepo();
    await install(repo, { ifMissing, execPath: '/gone/node' });
    forgetSharedPlaces(repo);
    repo.stage('b.txt', 'b\n');
    const { code, stderr } = repo.run(['commit', '-qm', 'bare'], BARE);
    expect(code).toBe(ifMissing === 'block' ? 1 : 0);
    expect(stderr).toMatch(/^keyguard: .*: node was not found\.\n/u);
    expect(stderr).toContain('/gone/node');
    expect(stderr).not.toContain('on purpose');
    expect(repo.seen()).toEqual([]);
  });

  it('from PATH only, the recorded one is taken', async () => {
    const repo = await installed();
    forgetSharedPlaces(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'bare'], { ...BARE, EXIT: '1' }).code).toBe(1);
    expect(repo.seen()).toMatchObject([{ argv: CALL, staged: ['b.txt'] }]);
  });
});

function forgetSharedPlaces(repo: HookedRepo): void {
  const path = join(repo.dir, '.git', 'hooks', 'pre-commit');
  writeFileSync(path, withoutSharedPlaces(readFileSync(path, 'utf8')));
}

describe('with the real keyguard, an installed hook', () => {
  const KEYGUARD = { keyguardBin: KEYGUARD_BIN };
  const key = fakeKey('openaiProject');

  it('stops the commit that brings in a key, and passes the one that does not', async () => {
    const repo = hookedRepo();
    await install(repo, KEYGUARD);
    repo.stage('src/app.ts', `const key = '${key}';\n`);
    const { code, stderr } = repo.run(['commit', '-qm', 'stopped']);
    expect(code).toBe(1);
    expect(stderr).toContain('src/app.ts:1');
    expect(stderr).not.toContain(key);
    repo.stage('src/app.ts', 'const key = process.env.OPENAI_API_KEY;\n');
    expect(repo.run(['commit', '-qm', 'passes']).code).toBe(0);
  });

  it('sees what commit -a and commit PATH are about to record', async () => {
    const repo = hookedRepo();
    await install(repo, KEYGUARD);
    repo.write('a.txt', key);
    expect(repo.run(['commit', '-qam', 'stopped']).code).toBe(1);
    expect(repo.run(['commit', '-qm', 'stopped', 'a.txt']).code).toBe(1);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'without it']).code).toBe(0);
    expect(repo.git('show', '--name-only', '--format=')).toBe('b.txt\n');
  });
});

describe('a hook that was there before', () => {
  const KINDS: readonly (readonly [string, (hook: string) => void])[] = [
    ['in sh', (hook) => writeHook(hook, '#!/bin/sh\necho before >> "$RECORD"\n')],
    ['in another language', (hook) => writeHook(hook, `#!/usr/bin/env node\n${NODE_HOOK}`)],
    ['without a shebang', (hook) => writeHook(hook, 'echo before >> "$RECORD"\n')],
    [
      'that is a symbolic link',
      (hook) => {
        mkdirSync(join(hook, '../../../scripts'));
        writeHook(join(hook, '../../../scripts/check hook'), '#!/bin/sh\necho before >> "$RECORD"\n', 0o700);
        symlinkSync('../../scripts/check hook', hook);
      },
    ],
  ];

  it.each(KINDS)('%s runs first, and is back to the byte after uninstall', async (_kind, write) => {
    const repo = hookedRepo();
    const hooks = join(repo.dir, '.git', 'hooks');
    write(join(hooks, 'pre-commit'));
    const before = [snapshot(hooks), snapshot(join(repo.dir, '.git', 'keyguard'))];

    const result = await install(repo);
    expect(result.edits.map(({ done }) => done)).toEqual(['chained', 'created']);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'both']).code).toBe(0);
    expect(repo.record()).toEqual(['before', expect.stringContaining('"hook","pre-commit"')]);

    const undone = await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(undone.removals.map(({ done }) => done)).toEqual(['restored', 'removed']);
    expect([snapshot(hooks), snapshot(join(repo.dir, '.git', 'keyguard'))]).toEqual(before);
    repo.stage('c.txt', 'c\n');
    expect(repo.run(['commit', '-qm', 'before only']).code).toBe(0);
    expect(repo.record()).toEqual(['before']);
  });

  it.each([
    ['is not executable', (hook: string) => writeHook(hook, '#!/bin/sh\nexit 1\n', 0o644)],
    ['is a link to nowhere', (hook: string) => symlinkSync('nowhere', hook)],
  ])('stays unused when it %s, as git left it unused', async (_kind, write) => {
    const repo = hookedRepo();
    const hooks = join(repo.dir, '.git', 'hooks');
    write(join(hooks, 'pre-commit'));
    const before = snapshot(hooks);
    await install(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'one']).code).toBe(0);
    expect(repo.seen()).toHaveLength(1);
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(snapshot(hooks)).toEqual(before);
  });

  it('stops the commit by itself, and keyguard is not asked', async () => {
    const repo = hookedRepo();
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 3\n');
    await install(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped']).code).toBe(1);
    expect(repo.seen()).toEqual([]);
  });

  it('does not make its own failure good by KEYGUARD=0', async () => {
    const repo = hookedRepo();
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 3\n');
    await install(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped'], { KEYGUARD: '0' }).code).toBe(1);
  });

  it('that asks for its own name is told the one that it had', async () => {
    const repo = hookedRepo();
    writeHook(
      join(repo.dir, '.git/hooks/pre-commit'),
      '#!/bin/sh\necho "$(basename "$0") $(dirname "$0") $*" >> "$RECORD"\n',
    );
    const before = snapshot(join(repo.dir, '.git/hooks'));
    await install(repo);
    await install(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'both']).code).toBe(0);
    expect(repo.record()).toEqual(['pre-commit .git/hooks ', expect.stringContaining('"hook","pre-commit"')]);
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(snapshot(join(repo.dir, '.git/hooks'))).toEqual(before);
  });

  it('of a push is told what git says, as keyguard is, and stops it by itself', async () => {
    const repo = hookedRepo();
    const hook = join(repo.dir, '.git/hooks/pre-push');
    writeHook(hook, '#!/bin/sh\nread -r first\necho "$1 $first" >> "$RECORD"\nexit "${BEFORE:-0}"\n');
    await install(repo, { hooks: ['pre-push'] });
    repo.git('init', '-q', '--bare', '../remote');
    const push = ['push', '-q', '../remote', 'HEAD:refs/heads/one', 'HEAD:refs/heads/two'];
    expect(repo.run(push, { BEFORE: '1' }).code).toBe(1);
    expect(repo.record()).toEqual([expect.stringMatching(/^\.\.\/remote HEAD \S+ refs\/heads\/one 0+$/u)]);
    expect(repo.run(push, { EXIT: '1' }).code).toBe(1);
    const [first, seen] = repo.record();
    expect(first).toContain('refs/heads/one');
    expect(seen).toMatch(/refs\/heads\/one .*refs\/heads\/two /u);
    expect(repo.run(push).code).toBe(0);
    expect(repo.run(push).code).toBe(0);
    expect(repo.record()).toHaveLength(4);
  });

  it('gets the index of git commit -a', async () => {
    const repo = hookedRepo();
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\ngit diff --cached --name-only >> "$RECORD"\n');
    await install(repo);
    repo.write('a.txt', 'changed\n');
    expect(repo.run(['commit', '-qam', 'all']).code).toBe(0);
    expect(repo.record()).toEqual(['a.txt', expect.stringContaining('"staged":["a.txt"]')]);
  });

  it('that calls the hook again does not go round for ever, and keyguard still looks', async () => {
    const repo = hookedRepo();
    const hook = join(repo.dir, '.git/hooks/pre-commit');
    writeHook(hook, '#!/bin/sh\necho before >> "$RECORD"\nexec .git/hooks/pre-commit "$@"\n');
    await install(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }).code).toBe(1);
    expect(repo.run(['commit', '-qm', 'passes']).code).toBe(0);
    expect(repo.record().filter((line) => line === 'before')).toHaveLength(2);
  });

  it('that commits in another repository with keyguard leaves that one checked', async () => {
    const other = await installed('other');
    other.stage('o.txt', 'o\n');
    const repo = hookedRepo();
    const hook = `#!/bin/sh\nunset GIT_INDEX_FILE GIT_PREFIX GIT_DIR\ncd '${other.dir}' && git commit -qm nested\n`;
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), hook);
    await install(repo);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'outer']).code).toBe(0);
    expect(repo.seen().map(({ cwd }) => cwd)).toEqual([other.dir, repo.dir]);
  });
});

describe('install', () => {
  it('twice is once', async () => {
    const repo = await installed();
    repo.write('sub/b.txt', 'b\n');
    const before = snapshot(join(repo.dir, '.git'));
    const again = await install(repo);
    expect(again.edits.map(({ done }) => done)).toEqual(['unchanged', 'unchanged']);
    expect(snapshot(join(repo.dir, '.git'))).toEqual(before);
  });

  it('writes nothing in a dry run, and says what it would do', async () => {
    const repo = hookedRepo();
    const before = snapshot(repo.dir);
    const result = await install(repo, { dryRun: true });
    expect(result.edits.map((edit) => [edit.kind === 'hook' && edit.name, edit.done])).toEqual([
      ['pre-commit', 'created'],
      ['pre-merge-commit', 'created'],
    ]);
    expect(snapshot(repo.dir)).toEqual(before);
  });

  it('brings its own hook up to date, and keeps the one from before', async () => {
    const repo = hookedRepo();
    const hooks = join(repo.dir, '.git/hooks');
    writeHook(join(hooks, 'pre-commit'), '#!/bin/sh\n');
    const before = snapshot(hooks);
    await install(repo);
    const result = await install(repo, { ifMissing: 'warn' });
    expect(result.edits.map(({ done }) => done)).toEqual(['updated', 'updated']);
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(snapshot(hooks)).toEqual(before);
  });

  it('mends a hook that git cannot run any more', async () => {
    const repo = await installed();
    chmodSync(join(repo.dir, '.git/hooks/pre-commit'), 0o644);
    repo.stage('b.txt', 'b\n');
    expect(repo.run(['commit', '-qm', 'unseen'], { EXIT: '1' }).code).toBe(0);
    expect((await install(repo)).edits.map(({ done }) => done)).toEqual(['updated', 'unchanged']);
    repo.stage('c.txt', 'c\n');
    expect(repo.run(['commit', '-qm', 'stopped'], { EXIT: '1' }).code).toBe(1);
  });

  it('takes the hook from before into the chain again when somebody deleted keyguard between them', async () => {
    const repo = hookedRepo();
    const hooks = join(repo.dir, '.git/hooks');
    writeHook(join(hooks, 'pre-commit'), '#!/bin/sh\necho before >> "$RECORD"\n');
    const before = snapshot(hooks);
    await install(repo);
    rmSync(join(hooks, 'pre-commit'));
    expect((await install(repo)).edits.map(({ done }) => done)).toEqual(['chained', 'unchanged']);
    repo.stage('b.txt', 'b\n');
    repo.run(['commit', '-qm', 'both']);
    expect(repo.record()).toHaveLength(2);
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(snapshot(hooks)).toEqual(before);
  });

  it('makes the hooks folder where there is none, and takes it away again', async () => {
    const repo = hookedRepo('repo', ['--template=']);
    const before = snapshot(join(repo.dir, '.git'));
    expect(before.join()).not.toContain('hooks/');
    await install(repo);
    await install(repo, { ifMissing: 'warn' });
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(snapshot(join(repo.dir, '.git'))).toEqual(before);
  });

  it('leaves nothing half done when it cannot write', async () => {
    const repo = hookedRepo();
    mkdirSync(join(repo.dir, '.git/hooks/pre-merge-commit.keyguard-new'));
    const before = snapshot(join(repo.dir, '.git'));
    await refused(install(repo), /^The hooks could not be written to .*hooks: /u);
    expect(snapshot(join(repo.dir, '.git'))).toEqual(before);
  });
});

describe('uninstall', () => {
  it('where nothing is installed does nothing', async () => {
    const repo = hookedRepo();
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\n');
    const before = snapshot(join(repo.dir, '.git'));
    expect((await uninstallHooks(testHost(repo.dir), { dryRun: false })).removals).toEqual([]);
    expect(snapshot(join(repo.dir, '.git'))).toEqual(before);
  });

  it('in a dry run says what it would do', async () => {
    const repo = await installed();
    const before = snapshot(join(repo.dir, '.git'));
    const result = await uninstallHooks(testHost(repo.dir), { dryRun: true });
    expect(result.removals.map(({ done }) => done)).toEqual(['removed', 'removed']);
    expect(snapshot(join(repo.dir, '.git'))).toEqual(before);
  });

  it('works where another manager has taken over meanwhile', async () => {
    const repo = hookedRepo();
    const before = snapshot(join(repo.dir, '.git/hooks'));
    await install(repo);
    repo.git('config', 'core.hooksPath', '.husky/_');
    await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(snapshot(join(repo.dir, '.git/hooks'))).toEqual(before);
  });

  it('leaves a hook that was edited, names it, and takes back the other', async () => {
    const repo = hookedRepo();
    const hook = join(repo.dir, '.git/hooks/pre-commit');
    writeHook(hook, '#!/bin/sh\n');
    await install(repo);
    appendFileSync(hook, 'echo mine\n');
    const edited = readFileSync(hook, 'utf8');

    await refused(install(repo), /pre-commit was edited since keyguard wrote it/u);
    const error = await refused(uninstallHooks(testHost(repo.dir), { dryRun: false }), /was edited .* stays as it is/u);
    expect(error.message).toContain(hook);
    expect(error.message).toContain(`${hook}.keyguard-prev`);
    expect(readFileSync(hook, 'utf8')).toBe(edited);
    expect(existsSync(join(repo.dir, '.git/hooks/pre-merge-commit'))).toBe(false);
    await refused(uninstallHooks(testHost(repo.dir), { dryRun: false }), /was edited/u);
  });

  it('leaves a hook that somebody put in the place of keyguard, and the one that waits', async () => {
    const repo = hookedRepo();
    const hook = join(repo.dir, '.git/hooks/pre-commit');
    writeHook(hook, '#!/bin/sh\n# before\n');
    await install(repo);
    writeHook(hook, '#!/bin/sh\n# instead\n');
    await refused(install(repo), /still keeps the hook from before/u);
    await refused(uninstallHooks(testHost(repo.dir), { dryRun: false }), /stays as it is/u);
    expect(readFileSync(hook, 'utf8')).toContain('# instead');
    expect(readFileSync(`${hook}.keyguard-prev`, 'utf8')).toContain('# before');
  });

  it('says which file is spoilt', async () => {
    const repo = await installed();
    writeFileSync(join(repo.dir, '.git/keyguard/install.json'), '{');
    const error = await refused(uninstallHooks(testHost(repo.dir), { dryRun: false }), /install\.json cannot be read/u);
    expect(error.message).toContain('delete it');
  });
});

describe('install refuses, and writes nothing,', () => {
  const CASES: readonly (readonly [string, (repo: HookedRepo) => void, RegExp, string])[] = [
    ['an empty hooks path', (repo) => repo.git('config', 'core.hooksPath', ''), /is empty/u, '--unset core.hooksPath'],
    [
      'a folder in the place of the hook',
      (repo) => mkdirSync(join(repo.dir, '.git/hooks/pre-commit')),
      /is no file/u,
      'move it away',
    ],
    [
      'a hooks folder that is a link',
      (repo) => {
        rmSync(join(repo.dir, '.git/hooks'), { recursive: true });
        symlinkSync('..', join(repo.dir, '.git/hooks'));
      },
      /is a symbolic link/u,
      'move it away',
    ],
    [
      'a hooks folder that is a file',
      (repo) => {
        rmSync(join(repo.dir, '.git/hooks'), { recursive: true });
        writeFileSync(join(repo.dir, '.git/hooks'), '');
      },
      /is no folder/u,
      'move it away',
    ],
  ];

  it.each(CASES)('for %s', async (_name, arrange, reason, remedy) => {
    const repo = hookedRepo();
    arrange(repo);
    const before = snapshot(repo.dir);
    const error = await refused(install(repo), reason);
    expect(error.message).toContain(remedy);
    expect(error.message).not.toContain('\n');
    expect(snapshot(repo.dir)).toEqual(before);
  });

  it('for a hooks path of the whole machine', async () => {
    const repo = hookedRepo();
    const config = join(repo.dir, '..', 'gitconfig');
    writeFileSync(config, '[core]\n\thooksPath = /opt/company\n');
    const host = testHost(repo.dir, { GIT_CONFIG_GLOBAL: config });
    const options = { hooks: COMMIT_HOOKS, manager: null, ifMissing: 'block', dryRun: false } as const;
    const error = await refused(installHooks(host, { ...options, keyguardBin: repo.bin }), /\/opt\/company \(global/u);
    expect(error.message).toContain('keyguard install --global');
  });

  it('outside of a repository, and in a bare one', async () => {
    const repo = hookedRepo();
    const error = await refused(install(repo, { cwd: join(repo.dir, '..') }), /is not in a repo/u, 'not-a-repository');
    expect(error.message).toContain('git init');
    repo.git('clone', '-q', '--bare', '.', '../bare.git');
    await refused(install(repo, { cwd: join(repo.dir, '../bare.git') }), /has no working tree/u);
  });

  it('but not for a manager that is a mere dependency', async () => {
    const repo = hookedRepo();
    repo.write(
      'package.json',
      '{ "devDependencies": { "husky": "9.1.7", "simple-git-hooks": "2.13.1", "lefthook": "2.0.0" } }',
    );
    expect((await install(repo)).edits.map(({ done }) => done)).toEqual(['created', 'created']);
  });
});

describe('what install and uninstall say', () => {
  const reader = {
    sink: (text: string): string => text.replaceAll('\n', String.raw`\n`),
    program: 'keyguard',
  } as const;

  it('names the hooks, the one from before, and what no hook can do', async () => {
    const repo = hookedRepo();
    writeHook(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\n');
    const text = installText(await install(repo), reader);
    expect(text).toMatch(/^keyguard checks the commits of this repository from now on\.\n/u);
    expect(text).toContain(
      `  pre-commit: ${repo.dir}/.git/hooks/pre-commit (new)\n    runs the hook from before first, kept as`,
    );
    expect(text).toContain(`  pre-merge-commit: ${repo.dir}/.git/hooks/pre-merge-commit (new)\n`);
    for (const part of ['rebase', 'cherry-pick', 'revert', 'am', '--no-verify', 'npx keyguard scan'])
      expect(text).toContain(part);
    expect(installText(await install(repo), reader)).toMatch(/^keyguard is already installed here/u);
    expect(uninstallText(await uninstallHooks(testHost(repo.dir), { dryRun: false }), false, reader)).toContain(
      '(the hook from before is back)',
    );
    expect(uninstallText(await uninstallHooks(testHost(repo.dir), { dryRun: false }), false, reader)).toMatch(
      /^keyguard is not installed/u,
    );
  });

  it('warns of a copy that will not stay', async () => {
    const repo = hookedRepo();
    const result = await install(repo);
    expect(installText(result, reader)).not.toContain('npm clears');
    const passing = { ...result, keyguardBin: '/home/ada/.npm/_npx/1f/node_modules/keyguard/bin/keyguard.js' };
    expect(installText(passing, reader)).toContain('install keyguard in the project.\n');
  });

  it('fits in 80 columns, but for the lines with a path', async () => {
    const repo = hookedRepo();
    const passing = { keyguardBin: '/home/ada/.npm/_npx/1f/node_modules/keyguard/bin/keyguard.js' };
    const texts = (['block', 'warn'] as const).flatMap(async (ifMissing) => {
      const result = { ...(await install(repo, { ifMissing, dryRun: true })), ...passing };
      return [installText(result, reader), installText({ ...result, dryRun: false }, reader)];
    });
    const told = (await Promise.all(texts)).flat().flatMap((text) => text.split('\n'));
    expect(told.filter((line) => line.length > 80 && !line.includes('/'))).toEqual([]);
  });

  it('names the commands that work where keyguard is installed in the project only', async () => {
    const repo = hookedRepo();
    const inProject = { ...reader, program: 'npx keyguard' } as const;
    expect(installText(await install(repo), inProject)).toMatch(/^To undo: npx keyguard uninstall\.$/mu);
    const undone = await uninstallHooks(testHost(repo.dir), { dryRun: false });
    expect(uninstallText(undone, false, inProject)).toMatch(/^To have it back: npx keyguard install\.$/mu);
  });
});

const NODE_HOOK = "require('node:fs').appendFileSync(process.env.RECORD, 'before\\n');\n";

function writeHook(path: string, text: string, mode = 0o755): void {
  writeFileSync(path, text, { mode });
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

async function refused(work: Promise<unknown>, reason: RegExp, code: ErrorCode = 'install'): Promise<KeyguardError> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof KeyguardError)) throw new Error('It was not refused.', { cause: error });
  expect(error.message).toMatch(reason);
  expect(error.code).toBe(code);
  return error;
}

interface Choice {
  readonly cwd?: string;
  readonly ifMissing?: 'block' | 'warn';
  readonly dryRun?: boolean;
  readonly execPath?: string;
  readonly keyguardBin?: string;
  readonly hooks?: readonly HookName[];
  readonly manager?: ManagerName;
}

async function install(repo: HookedRepo, choice: Choice = {}): Promise<InstallResult> {
  const host = testHost(choice.cwd ?? repo.dir);
  return installHooks(
    { ...host, execPath: choice.execPath ?? host.execPath },
    {
      hooks: choice.hooks ?? COMMIT_HOOKS,
      manager: choice.manager ?? null,
      ifMissing: choice.ifMissing ?? 'block',
      dryRun: choice.dryRun ?? false,
      keyguardBin: choice.keyguardBin ?? repo.bin,
    },
  );
}

async function installed(name?: string): Promise<HookedRepo> {
  const repo = hookedRepo(name);
  await install(repo);
  return repo;
}

/** Two branches with a commit each: `main` and `side`. */
function divide(repo: HookedRepo): void {
  repo.git('checkout', '-q', '-b', 'side');
  repo.stage('side.txt', 'side\n');
  repo.git('commit', '-q', '--no-verify', '-m', 'side');
  repo.git('checkout', '-q', 'main');
  repo.stage('main.txt', 'main\n');
  repo.git('commit', '-q', '--no-verify', '-m', 'main');
}
