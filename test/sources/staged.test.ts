import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempRepo } from '../helpers/repo.ts';
import { openStaged, readSource, stagedFiles } from './read.ts';

describe('staged source', () => {
  it('reads everything before the first commit', async () => {
    const repo = tempRepo();
    repo.stage('a.txt', 'one');
    const source = await openStaged(repo.dir);
    expect(source.scope).toEqual({ kind: 'staged', detail: 'index against the empty tree (no commit yet)' });
    expect((await readSource(source)).files).toEqual({ 'a.txt': 'one' });
  });

  it('reads what the index holds, not the worktree and not HEAD', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'v1');
    repo.commit('same.txt', 'same');
    repo.stage('a.txt', 'v2');
    repo.write('a.txt', 'v3');
    const source = await openStaged(repo.dir);
    const head = repo.git('rev-parse', '--short=7', 'HEAD').trim();
    expect(source.scope.detail).toBe(`index against HEAD ${head}`);
    expect((await readSource(source)).files).toEqual({ 'a.txt': 'v2' });
  });

  it('reads a file that takes the place of a submodule, though its id stays', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a');
    repo.write('b.txt', 'never read');
    const oid = repo.git('hash-object', '-w', 'b.txt').trim();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${oid},conf`);
    repo.git('commit', '-qm', 'a submodule that is none');
    repo.git('update-index', '--cacheinfo', `100644,${oid},conf`);
    const source = await openStaged(repo.dir);
    expect(source.expected).toBe(1);
    expect((await readSource(source)).files).toEqual({ conf: 'never read' });
  });

  it('has nothing to read when nothing is staged', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'v1');
    repo.write('a.txt', 'v2');
    const source = await openStaged(repo.dir);
    expect(source.expected).toBe(0);
    expect(await readSource(source)).toMatchObject({ fragments: 0 });
  });

  it('reads a blob that is staged at two paths once and counts both places', async () => {
    const repo = tempRepo();
    repo.stage('a.txt', 'twice');
    repo.stage('sub/b.txt', 'twice');
    const source = await openStaged(repo.dir);
    const read = await readSource(source);
    expect(source.expected).toBe(2);
    expect(read).toMatchObject({ counted: 2, fragments: 3, files: { 'a.txt': 'twice', 'sub/b.txt': 'twice' } });
  });

  it('gives the names of added files, not of changed ones', async () => {
    const repo = tempRepo();
    repo.commit('old.txt', 'v1');
    repo.stage('old.txt', 'v2');
    repo.stage('new.txt', 'n');
    expect((await readSource(await openStaged(repo.dir))).names).toEqual(['new.txt']);
  });

  it('skips deletions and changes of the mode alone', async () => {
    const repo = tempRepo();
    repo.commit('gone.txt', 'gone');
    repo.commit('run.sh', 'run');
    repo.git('rm', '-q', 'gone.txt');
    chmodSync(join(repo.dir, 'run.sh'), 0o755);
    repo.git('add', 'run.sh');
    expect(await stagedFiles(repo.dir)).toEqual({});
    repo.stage('run.sh', 'run more');
    expect(await stagedFiles(repo.dir)).toEqual({ 'run.sh': 'run more' });
  });

  it('reads a renamed file whole, with and without an edit', async () => {
    const repo = tempRepo();
    const text = 'line\n'.repeat(50);
    repo.commit('a.txt', text);
    repo.git('mv', 'a.txt', 'b.txt');
    expect(await stagedFiles(repo.dir)).toEqual({ 'b.txt': text });
    repo.stage('b.txt', `${text}edit`);
    expect(await stagedFiles(repo.dir)).toEqual({ 'b.txt': `${text}edit` });
  });

  it('reads a file that became a symlink, and a symlink that became a file', async () => {
    const repo = tempRepo();
    repo.commit('f', 'text');
    symlinkSync('target-one', join(repo.dir, 'l'));
    repo.git('add', 'l');
    repo.git('commit', '-qm', 'link');
    rmSync(join(repo.dir, 'f'));
    symlinkSync('target-two', join(repo.dir, 'f'));
    rmSync(join(repo.dir, 'l'));
    writeFileSync(join(repo.dir, 'l'), 'now a file');
    repo.git('add', '-A');
    expect(await stagedFiles(repo.dir)).toEqual({ f: 'target-two', l: 'now a file' });
  });

  it('does not see a file that is only intended to be added', async () => {
    const repo = tempRepo();
    repo.write('later.txt', 'later');
    repo.git('add', '-N', 'later.txt');
    expect(await stagedFiles(repo.dir)).toEqual({});
    repo.git('add', 'later.txt');
    expect(await stagedFiles(repo.dir)).toEqual({ 'later.txt': 'later' });
  });

  it('sees a staged change of a file that is marked skip-worktree or assume-unchanged', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a1');
    repo.commit('b.txt', 'b1');
    repo.stage('a.txt', 'a2');
    repo.stage('b.txt', 'b2');
    repo.git('update-index', '--skip-worktree', 'a.txt');
    repo.git('update-index', '--assume-unchanged', 'b.txt');
    expect(await stagedFiles(repo.dir)).toEqual({ 'a.txt': 'a2', 'b.txt': 'b2' });
  });

  it('says that the index has conflicts', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'base');
    repo.git('checkout', '-qb', 'side');
    repo.commit('a.txt', 'theirs');
    repo.git('checkout', '-q', 'main');
    repo.commit('a.txt', 'ours');
    expect(() => repo.git('merge', 'side')).toThrow('merge side');
    await expect(openStaged(repo.dir)).rejects.toThrow('The index has conflicts (a.txt)');
    repo.stage('a.txt', 'solved');
    expect(await stagedFiles(repo.dir)).toEqual({ 'a.txt': 'solved' });
  });

  it('offers the old sides of the change, deleted paths included', async () => {
    const repo = tempRepo();
    repo.commit('moved.txt', 'moved');
    repo.commit('edit.txt', 'before');
    repo.commit('same.txt', 'same');
    repo.git('mv', 'moved.txt', 'there.txt');
    repo.stage('edit.txt', 'after');
    repo.stage('new.txt', 'new');
    const source = await openStaged(repo.dir);
    const before = await source.before?.();
    if (before === undefined) throw new Error('no before');
    const read = await readSource(before);
    expect(read.files).toEqual({ 'moved.txt': 'moved', 'edit.txt': 'before' });
    expect(read.names).toEqual(['moved.txt']);
    expect(before.expected).toBe(read.counted);
  });
});
