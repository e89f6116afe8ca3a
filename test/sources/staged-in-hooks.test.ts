import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestRepo } from '../helpers/repo.ts';
import { repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import type { GitCall } from './in-hook.ts';
import { inHook } from './in-hook.ts';
import { openStaged, readSource, stagedFiles } from './read.ts';

interface Seen {
  readonly files: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  readonly detail: string;
  readonly skipped: number;
}

/** What the staged source sees inside of a real hook. */
function see(repo: TestRepo, args: readonly string[], more: Partial<GitCall & { hook: string; hooks: string }> = {}) {
  const call = { cwd: more.cwd ?? repo.dir, args, ...(more.stdin === undefined ? {} : { stdin: more.stdin }) };
  const hooks = more.hooks ?? join(repo.dir, '.git/hooks');
  return inHook<Seen>(hooks, more.hook ?? 'pre-commit', call, async ({ cwd, env }) => {
    const source = await openStaged(cwd, env);
    const read = await readSource(source);
    expect(read.counted).toBe(source.expected);
    return {
      files: read.files,
      names: read.names,
      detail: source.scope.detail,
      skipped: source.skipped.reduce((sum, { count }) => sum + count, 0),
    };
  });
}

function threeFiles(): TestRepo {
  const repo = tempRepo();
  for (const name of ['a', 'b', 'sub/c']) repo.stage(name, `${name} 1\n`);
  repo.git('commit', '-qm', 'three');
  return repo;
}

describe('staged source in pre-commit', () => {
  it('sees what commit -a, -i and a PATH bring in, though the index of the repository is unchanged', async () => {
    const repo = threeFiles();
    repo.write('a', 'a 2\n');
    expect((await see(repo, ['commit', '-qam', 'all'])).files).toEqual({ a: 'a 2\n' });
    repo.write('a', 'a 3\n');
    repo.stage('b', 'b 3\n');
    expect((await see(repo, ['commit', '-qm', 'only a', 'a'])).files).toEqual({ a: 'a 3\n' });
    repo.write('sub/c', 'c 4\n');
    expect((await see(repo, ['commit', '-qm', 'b and c', '-i', 'sub/c'])).files).toEqual({
      b: 'b 3\n',
      'sub/c': 'c 4\n',
    });
  });

  it('sees what commit -p has chosen', async () => {
    const repo = threeFiles();
    repo.write('a', 'a 2\n');
    repo.write('b', 'b 2\n');
    expect((await see(repo, ['commit', '-qpm', 'part'], { stdin: 'n\ny\n' })).files).toEqual({ b: 'b 2\n' });
  });

  it('sees the same from a subfolder', async () => {
    const repo = threeFiles();
    repo.write('a', 'a 2\n');
    repo.stage('sub/c', 'c 2\n');
    const cwd = join(repo.dir, 'sub');
    expect((await see(repo, ['commit', '-qm', 'staged'], { cwd })).files).toEqual({ 'sub/c': 'c 2\n' });
    expect((await see(repo, ['commit', '-qam', 'all'], { cwd })).files).toEqual({ a: 'a 2\n' });
  });

  it('sees what an amended commit adds to the one it replaces', async () => {
    const repo = threeFiles();
    repo.stage('a', 'a 2\n');
    expect((await see(repo, ['commit', '-q', '--amend', '--no-edit'])).files).toEqual({ a: 'a 2\n' });
  });

  it('sees the first commit of a repository and of an orphan branch', async () => {
    for (const format of ['sha1', 'sha256']) {
      const repo = tempRepo([`--object-format=${format}`]);
      repo.stage('a', 'first');
      const seen = await see(repo, ['commit', '-qm', 'first']);
      expect(seen).toMatchObject({ files: { a: 'first' }, detail: 'index against the empty tree (no commit yet)' });
      repo.stage('a', 'second');
      expect(await see(repo, ['commit', '-qm', 'second'])).toMatchObject({ files: { a: 'second' } });
      repo.git('checkout', '-q', '--orphan', 'other');
      repo.stage('b', 'b');
      expect((await see(repo, ['commit', '-qm', 'orphan'])).files).toEqual({ a: 'second', b: 'b' });
    }
  });

  it('sees a commit on a detached HEAD', async () => {
    const repo = threeFiles();
    repo.git('checkout', '-q', '--detach');
    repo.stage('a', 'a 2\n');
    expect((await see(repo, ['commit', '-qm', 'detached'])).files).toEqual({ a: 'a 2\n' });
  });

  it('sees commits in a linked worktree', async () => {
    const repo = threeFiles();
    const linked = repoAt(join(tempDir(), 'linked'));
    repo.git('worktree', 'add', '-q', linked.dir);
    linked.stage('a', 'a 2\n');
    linked.write('b', 'b 2\n');
    const hooks = join(repo.dir, '.git/hooks');
    expect((await see(linked, ['commit', '-qm', 'x'], { hooks })).files).toEqual({ a: 'a 2\n' });
    expect((await see(linked, ['commit', '-qam', 'x'], { hooks })).files).toEqual({ b: 'b 2\n' });
  });

  it('sees commits in a submodule, and counts it as skipped in the repository around it', async () => {
    const repo = threeFiles();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', threeFiles().dir, 'module');
    const added = await see(repo, ['commit', '-qm', 'add module']);
    expect(Object.keys(added.files)).toEqual(['.gitmodules']);
    expect(added.skipped).toBe(1);
    const module = repoAt(join(repo.dir, 'module'));
    module.stage('a', 'in module\n');
    const hooks = join(repo.dir, '.git/modules/module/hooks');
    expect((await see(module, ['commit', '-qm', 'in module'], { hooks })).files).toEqual({ a: 'in module\n' });
    repo.git('add', 'module');
    expect(await see(repo, ['commit', '-qm', 'move module'])).toMatchObject({ files: {}, skipped: 1 });
  });

  it('sees commits with --git-dir and --work-tree from elsewhere, and in a separate git dir', async () => {
    const repo = threeFiles();
    repo.write('a', 'a 2\n');
    const from = [`--git-dir=${repo.dir}/.git`, `--work-tree=${repo.dir}`];
    expect((await see(repo, [...from, 'commit', '-qam', 'x'], { cwd: '/' })).files).toEqual({ a: 'a 2\n' });
    const gitDir = join(tempDir(), 'elsewhere');
    const separate = tempRepo([`--separate-git-dir=${gitDir}`]);
    separate.stage('s', 's');
    const seen = await see(separate, ['commit', '-qm', 'x'], { hooks: join(gitDir, 'hooks') });
    expect(seen.files).toEqual({ s: 's' });
  });

  it('sees a conflicted cherry-pick that is committed by hand', async () => {
    const repo = threeFiles();
    repo.git('checkout', '-qb', 'side');
    repo.commit('a', 'theirs\n');
    repo.git('checkout', '-q', 'main');
    repo.commit('a', 'ours\n');
    expect(() => repo.git('cherry-pick', 'side')).toThrow('cherry-pick side');
    repo.stage('a', 'solved\n');
    expect((await see(repo, ['commit', '-qm', 'picked'])).files).toEqual({ a: 'solved\n' });
  });
});

/** `main` and `side` have both moved on: main changed m and both, side changed s and both at another place. */
function diverged(): TestRepo {
  const repo = tempRepo();
  const both = (top: string, end: string): string => `${top}\n${'same\n'.repeat(20)}${end}\n`;
  repo.stage('both', both('1', '1'));
  repo.commit('base', 'base');
  repo.git('checkout', '-qb', 'side');
  repo.stage('both', both('1', 'side'));
  repo.commit('s', 'from side');
  repo.git('checkout', '-q', 'main');
  repo.stage('both', both('main', '1'));
  repo.commit('m', 'from main');
  return repo;
}

describe('staged source in a merge', () => {
  it('sees in pre-merge-commit only what neither side holds', async () => {
    const repo = diverged();
    const [main, side] = ['main', 'side'].map((name) => repo.git('rev-parse', '--short=7', name).trim());
    const seen = await see(repo, ['merge', '-q', '--no-edit', 'side'], { hook: 'pre-merge-commit' });
    expect(Object.keys(seen.files)).toEqual(['both']);
    expect(seen.files['both']).toMatch(/^main\n(?:same\n)+side\n$/u);
    expect(seen).toMatchObject({ names: [], detail: `merge: index against ${main} and ${side}` });
  });

  it('sees what is slipped into a merge before it is committed', async () => {
    const repo = diverged();
    repo.git('merge', '-q', '--no-commit', 'side');
    repo.stage('evil', 'in neither side');
    repo.stage('s', 'from side, edited');
    repo.stage('m', 'from main');
    const seen = await see(repo, ['commit', '-qm', 'merge']);
    expect(Object.keys(seen.files)).toEqual(['both', 'evil', 's']);
    expect(seen.names).toEqual(['evil']);
  });

  it('sees an octopus merge against every parent', async () => {
    const repo = tempRepo();
    repo.commit('base', 'base');
    for (const name of ['one', 'two']) {
      repo.git('checkout', '-qb', name, 'main');
      repo.commit(name, `from ${name}`);
    }
    repo.git('checkout', '-q', 'main');
    repo.commit('m', 'from main');
    const merge = ['merge', '-q', '--no-edit', 'one', 'two'];
    const seen = await see(repo, merge, { hook: 'pre-merge-commit' });
    expect(seen.files).toEqual({});
    expect(seen.detail).toMatch(/^merge: index against \w{7} and \w{7} and \w{7}$/u);
  });

  it('sees everything when the merge is squashed', async () => {
    const repo = diverged();
    repo.git('merge', '-q', '--squash', 'side');
    expect(Object.keys((await see(repo, ['commit', '-qm', 'squashed'])).files)).toEqual(['both', 's']);
  });

  it('looks at the merge of its own worktree only', async () => {
    const repo = diverged();
    const linked = repoAt(join(tempDir(), 'linked'));
    repo.git('worktree', 'add', '-q', linked.dir, '-b', 'linked');
    linked.git('merge', '-q', '--no-commit', 'side');
    linked.stage('evil', 'evil');
    repo.stage('plain', 'plain');
    expect(Object.keys(await stagedFiles(linked.dir))).toEqual(['both', 'evil']);
    expect(Object.keys(await stagedFiles(repo.dir))).toEqual(['plain']);
  });

  it('offers the old sides of all parents', async () => {
    const repo = diverged();
    repo.git('merge', '-q', '--no-commit', 'side');
    const before = await (await openStaged(repo.dir)).before?.();
    if (before === undefined) throw new Error('no before');
    const read = await readSource(before);
    expect(Object.keys(read.files)).toEqual(['both']);
    expect(read.counted).toBe(2);
  });
});
