import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnv, repoAt, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { corruptObject, removeObject } from './damage.ts';
import { pathWithFakeGit } from './fake-git.ts';
import { readCommits, readRange } from './read-range.ts';

function head(repo: TestRepo, name = 'HEAD'): string {
  return repo.git('rev-parse', name).trim();
}

/** `git` with input, in bytes. */
function feed(repo: TestRepo, args: readonly string[], input: string | Buffer): string {
  return execFileSync('git', args, { cwd: repo.dir, env: cleanEnv(), input, encoding: 'utf8' }).trim();
}

describe('a range brings in', () => {
  it('what each commit records, also what a later one takes out again; nothing of before', async () => {
    const repo = tempRepo();
    repo.commit('old', 'old');
    repo.commit('a', 'one', 'first message');
    repo.commit('a', 'two');
    repo.git('rm', '-q', 'a');
    repo.git('commit', '-qm', 'gone');
    const read = await readRange(repo, ['HEAD'], ['HEAD~3']);
    expect(read.blobs).toEqual(['a: one', 'a: two']);
    expect(read.messages).toEqual(['first message\n', 'change\n', 'gone\n']);
    expect(read.people[0]).toMatch(/^author Ada Author <ada@example\.com> \d+ \+0000\ncommitter Ada /u);
    expect(read.names).toEqual(['a']);
    expect([read.source.expected, read.counted]).toEqual([5, 5]);
    expect(read.source.scope.detail).toBe('test: 3 commits, not shallow');
  });

  it('everything of a first commit', async () => {
    const repo = tempRepo();
    repo.commit('a', 'one');
    expect((await readRange(repo, ['HEAD'])).blobs).toEqual(['a: one']);
  });

  it('a blob once, however many places and commits have it', async () => {
    const repo = tempRepo();
    repo.commit('a', 'same');
    repo.commit('b', 'same');
    repo.commit('a', 'other');
    repo.commit('a', 'same');
    const read = await readRange(repo, ['HEAD']);
    expect(read.blobs).toEqual(['a,b: same', 'a: other']);
  });

  it('of a merge what no parent has, and nothing else twice', async () => {
    const repo = tempRepo();
    repo.commit('a', 'base');
    repo.git('checkout', '-qb', 'side');
    repo.commit('side', 'side');
    repo.git('checkout', '-q', 'main');
    repo.commit('main', 'main');
    repo.git('merge', '-q', '--no-commit', 'side');
    repo.stage('evil', 'evil');
    repo.stage('a', 'evil too');
    repo.git('commit', '-qm', 'merge');
    expect((await readRange(repo, ['HEAD'], ['HEAD^1', 'HEAD^2'])).blobs).toEqual(['a: evil too', 'evil: evil']);
    expect((await readRange(repo, ['HEAD'], ['HEAD^1'])).blobs.toSorted()).toEqual([
      'a: evil too',
      'evil: evil',
      'side: side',
    ]);
  });

  it('of an octopus merge, too', async () => {
    const repo = tempRepo();
    repo.commit('a', 'base');
    for (const name of ['x', 'y', 'z']) {
      repo.git('checkout', '-q', '-b', name, 'main');
      repo.commit(name, name);
    }
    repo.git('checkout', '-q', 'main');
    const tree = repo.git('rev-parse', 'x^{tree}').trim();
    const blob = feed(repo, ['hash-object', '-w', '--stdin'], 'octopus');
    const entries = `${repo.git('ls-tree', tree)}100644 blob ${blob}\tocto\n`;
    const made = feed(repo, ['mktree'], entries);
    const merge = repo.git('commit-tree', made, '-p', 'x', '-p', 'y', '-p', 'z', '-m', 'octopus').trim();
    expect((await readRange(repo, [merge], ['x', 'y', 'z'])).blobs).toEqual(['octo: octopus']);
  });

  it('links as their text, no submodules, and no change of the mode alone', async () => {
    const repo = tempRepo();
    repo.commit('tool', 'run');
    repo.git('tag', 'base');
    chmodSync(join(repo.dir, 'tool'), 0o755);
    repo.git('commit', '-qam', 'executable');
    symlinkSync('target', join(repo.dir, 'link'));
    repo.git('add', 'link');
    repo.git('update-index', '--add', '--cacheinfo', `160000,${head(repo)},module`);
    repo.git('commit', '-qm', 'link and submodule');
    const read = await readRange(repo, ['HEAD'], ['base']);
    expect(read.blobs).toEqual(['link: target']);
    expect(read.source.skipped).toEqual([{ reason: 'submodule', count: 1 }]);
    // A file in the place of the submodule is read.
    repo.git('update-index', '--cacheinfo', `100644,${feed(repo, ['hash-object', '-w', '--stdin'], 'file')},module`);
    repo.git('commit', '-qm', 'file');
    expect((await readRange(repo, ['HEAD'], ['HEAD~1'])).blobs).toEqual(['module: file']);
  });

  it('names of every kind, in their bytes', async () => {
    const repo = tempRepo();
    repo.commit('a', 'base');
    for (const name of ['line\nbreak', 'tab\t"quote"', ' lead', '-dash', ':(glob)*']) repo.write(name, name);
    const bad = Buffer.from('caf\xe9 \xff', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), bad]), 'bad');
    repo.git('add', '-A');
    repo.git('commit', '-qm', 'names');
    const read = await readRange(repo, ['HEAD'], ['HEAD~1']);
    expect(read.names.toSorted()).toEqual(
      [' lead', '-dash', ':(glob)*', 'caf\xe9 \xff', 'line\nbreak', 'tab\t"quote"'].toSorted(),
    );
    expect(read.blobs).toContain('line\nbreak: line\nbreak');
    expect(read.blobs).toContain('caf\xe9 \xff: bad');
  });

  it('messages in any encoding, empty ones, and what else the head of a commit says', async () => {
    const repo = tempRepo();
    repo.commit('a', 'base');
    const tree = head(repo, 'HEAD^{tree}');
    const person = 'Ada <a@b> 1700000000 +0000';
    const raw = `tree ${tree}\nparent ${head(repo)}\nauthor ${person}\ncommitter ${person}\nencoding ISO-8859-1\nextra one\n two\n\ncaf\xe9 \0 behind\n`;
    const odd = feed(repo, ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], Buffer.from(raw, 'latin1'));
    const empty = repo.git('commit-tree', tree, '-p', odd, '-m', '').trim();
    const read = await readRange(repo, [empty], ['HEAD']);
    expect(read.messages).toEqual(['caf\xe9 \0 behind\n', '']);
    expect(read.people[0]).toBe(`author ${person}\ncommitter ${person}`);
    expect(read.tags).toEqual(['encoding ISO-8859-1\nextra one\n two']);
  });

  it('the same in a repository of SHA-256', async () => {
    const repo = tempRepo(['--object-format=sha256']);
    repo.commit('a', 'base');
    repo.commit('a', 'new');
    expect((await readRange(repo, ['HEAD'], ['HEAD~1'])).blobs).toEqual(['a: new']);
  });

  it('annotated tags, those that they name, and files that a tag names by themselves', async () => {
    const repo = tempRepo();
    repo.commit('dir/a', 'one');
    repo.git('tag', '-am', 'inner message', 'inner');
    repo.git('tag', '-am', 'outer message', 'outer', 'inner');
    repo.git('tag', 'tree', feed(repo, ['mktree'], `040000 tree ${head(repo, 'HEAD:dir')}\tdeep\n`));
    repo.git('tag', '-am', 'blob message', 'blob', feed(repo, ['hash-object', '-w', '--stdin'], 'tagged'));
    const read = await readRange(repo, [], [], { others: ['outer', 'tree', 'blob'] });
    const messages = read.tags.filter((text) => text.endsWith('message\n'));
    expect(messages).toEqual(['outer message\n', 'blob message\n', 'inner message\n']);
    expect(read.blobs).toEqual(['deep/a: one', `${head(repo, 'blob^{blob}')}: tagged`]);
    expect([read.source.expected, read.counted]).toEqual([5, 5]);
  });
});

describe('the history of a range tells', () => {
  it('where a blob was recorded, what it replaced, and what the tips have', async () => {
    const repo = tempRepo();
    repo.commit('a', 'zero');
    repo.commit('a', 'one');
    repo.commit('b', 'one');
    repo.git('rm', '-q', 'a');
    repo.git('commit', '-qm', 'gone');
    const { source } = await readRange(repo, ['HEAD'], ['HEAD~3']);
    const { history, commits } = source;
    const one = head(repo, 'HEAD:b');
    expect(history?.recordsOf({ kind: 'object', oid: one, places: [] })).toEqual([
      { commit: 0, path: 'a' },
      { commit: 1, path: 'b' },
    ]);
    const sides = await history?.oldSides(new Set([0, 2]));
    expect(sides?.get(0)).toEqual([feed(repo, ['hash-object', '--stdin'], 'zero')]);
    expect(sides?.get(2)).toEqual([one]);
    const facts = await history?.describe(new Set([1]));
    expect(facts?.get(1)).toEqual({
      id: commits[1],
      parents: [commits[0]],
      author: 'Ada Author <ada@example.com>',
      date: '2026-11-20T10:00:00Z',
    });
  });

  it('of a merge also what one parent alone had at another path', async () => {
    const repo = tempRepo();
    for (const name of ['lib/1', 'lib/2', 'lib/3']) repo.commit(name, name.repeat(50));
    repo.git('checkout', '-qb', 'side');
    repo.git('mv', 'lib', 'src');
    repo.git('commit', '-qm', 'move the folder');
    repo.git('checkout', '-q', 'main');
    repo.commit('lib/new', 'new');
    const added = head(repo, 'HEAD:lib/new');
    repo.git('-c', 'merge.directoryRenames=true', 'merge', '-q', '-m', 'merge', 'side');
    const { source, blobs } = await readRange(repo, ['HEAD'], ['HEAD^1', 'HEAD^2']);
    expect(blobs).toEqual(['src/new: new']);
    expect((await source.history?.oldSides(new Set([0])))?.get(0)).toContain(added);
  });
});

describe('a range that cannot be read whole', () => {
  it('names the blob that is missing or corrupt, and reads the others', async () => {
    const repo = tempRepo();
    repo.commit('a', 'one');
    repo.commit('b', 'two');
    repo.commit('c', 'three');
    const [a, b] = [head(repo, 'HEAD:a'), head(repo, 'HEAD:b')];
    removeObject(repo, a);
    corruptObject(repo, b);
    const read = await readRange(repo, ['HEAD']);
    expect(read.blobs).toEqual(['c: three']);
    expect(read.unread).toEqual([
      `Object ${a} (a) is missing or corrupt; run git fsck.`,
      `Object ${b} (b) is missing or corrupt; run git fsck.`,
    ]);
    expect(read.source.expected - read.counted).toBe(2);
  });

  it('names the commit whose folder is missing, and reads the others', async () => {
    const repo = tempRepo();
    repo.commit('a', 'one');
    repo.commit('dir/b', 'two');
    repo.git('rm', '-qr', 'dir');
    repo.commit('c', 'three');
    repo.commit('d', 'four');
    const broken = head(repo, 'HEAD~2');
    removeObject(repo, head(repo, 'HEAD~2:dir'));
    const read = await readRange(repo, ['HEAD']);
    // The commit behind it is compared with it, so both are told.
    expect(read.unread.map((message) => message.replace(/\(.*\)/u, '()'))).toEqual([
      `What commit ${broken.slice(0, 12)} changed could not be read (); run git fsck, and in a partial clone fetch what it lacks.`,
      `What commit ${head(repo, 'HEAD~1').slice(0, 12)} changed could not be read (); run git fsck, and in a partial clone fetch what it lacks.`,
    ]);
    expect(read.blobs).toEqual(['a: one', 'd: four']);
    expect(read.source.expected - read.counted).toBe(2);
  });

  it('names it also where git stops while it is still told of commits', async () => {
    const repo = tempRepo();
    repo.commit('dir/a', 'one');
    const broken = head(repo);
    const from = (i: number): string => (i === 1 ? broken : `:${i - 1}`);
    const commits = Array.from({ length: 4000 }, (_, i) => i + 1).map(
      (i) => `commit refs/heads/many\nmark :${i}\ncommitter A <a@b> ${i} +0000\ndata 0\nfrom ${from(i)}\n`,
    );
    const last = `D dir\nM 100644 inline last\ndata 4\nlast\n`;
    feed(repo, ['fast-import', '--quiet'], commits.join('') + last);
    expect((await readRange(repo, ['many'])).blobs).toEqual(['dir/a: one', 'last: last']);
    removeObject(repo, head(repo, `${broken}:dir`));
    const read = await readRange(repo, ['many']);
    expect(read.unread.map((message) => message.slice(0, 31))).toEqual([
      `What commit ${broken.slice(0, 12)} changed`.slice(0, 31),
      `What commit ${head(repo, 'many').slice(0, 12)} changed`.slice(0, 31),
    ]);
    expect(read.messages).toHaveLength(4001);
  });

  it('says where a shallow clone ends', async () => {
    const repo = tempRepo();
    for (const text of ['one', 'two', 'three']) repo.commit('a', text);
    const shallow = repoAt(join(tempDir(), 'shallow'));
    repo.git('clone', '-q', '--depth=2', `file://${repo.dir}`, shallow.dir);
    const cut = await readRange(shallow, ['HEAD']);
    expect(cut.source.scope.detail).toBe('test: 2 commits, in a shallow clone');
    expect(cut.unread).toEqual([
      `The clone is shallow and ends inside of this range, at commit ${head(repo, 'HEAD~1').slice(0, 12)}; run git fetch --unshallow, or let the CI clone everything (fetch-depth: 0).`,
    ]);
    expect(cut.source.expected - cut.counted).toBe(1);
    // What lies between two commits that are here is whole.
    const whole = await readRange(shallow, ['HEAD'], ['HEAD~1']);
    expect([whole.unread, whole.blobs]).toEqual([[], ['a: three']]);
  });

  it('because a commit is missing fails with what git says', async () => {
    const repo = tempRepo();
    for (const text of ['one', 'two', 'three']) repo.commit('a', text);
    const set = { include: [head(repo)], exclude: [] };
    removeObject(repo, head(repo, 'HEAD~1'));
    await expect(readCommits(repo, set)).rejects.toThrow('git rev-list failed');
  });
});

describe('a git that dies or lies', () => {
  const repoOf = (): TestRepo => {
    const repo = tempRepo();
    for (const text of ['one', 'two', 'three']) repo.commit('a', text);
    return repo;
  };

  it.each([
    ['rev-list', '"$real" "$@" | head -c 82; exit 0', 'ends too early'],
    ['rev-list', '"$real" "$@" | head -c 60; exit 0', 'ends too early'],
    ['rev-list', 'echo "fatal: out of luck" >&2; exit 128', 'git rev-list failed (exit 128): fatal: out of luck'],
    ['rev-list', 'kill -9 $$', 'git rev-list was ended by SIGKILL'],
    ['diff-tree', '"$real" "$@" | head -c 200; exit 0', 'ends too early'],
    ['diff-tree', '"$real" "$@" | head -c 41; exit 0', 'ends too early'],
    ['diff-tree', 'cat > /dev/null; exit 0', 'ends too early'],
    ['diff-tree', '"$real" "$@"; echo more', 'ends too early or cannot be read'],
    ['diff-tree', '"$real" "$@" | head -c 200; kill -9 $$', 'git diff-tree was ended by SIGKILL'],
    ['cat-file', '"$real" "$@" | head -c 300; exit 0', 'before it had answered everything'],
    ['cat-file', '"$real" "$@" | head -c 300; kill -9 $$', 'git cat-file was ended by SIGKILL'],
  ])('in %s is found out: %s', async (command, body, message) => {
    const repo = repoOf();
    const PATH = pathWithFakeGit(command, body);
    await expect(readRange(repo, ['HEAD'], [], { env: { PATH } })).rejects.toThrow(message);
    expect((await readRange(repo, ['HEAD'])).blobs).toHaveLength(3);
  });

  it('by passing over a commit makes the scan incomplete', async () => {
    const repo = repoOf();
    const skipped = head(repo, 'HEAD~1');
    const PATH = pathWithFakeGit('diff-tree', `grep -v '^${skipped}' | "$real" "$@"; exit 0`);
    const read = await readRange(repo, ['HEAD'], [], { env: { PATH } });
    expect(read.unread).toEqual([
      `What commit ${skipped.slice(0, 12)} changed could not be read (it is missing or corrupt); run git fsck, and in a partial clone fetch what it lacks.`,
    ]);
  });
});
