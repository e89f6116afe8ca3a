import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rawPathFrom, rawPathFromText } from '../../src/model/fragment.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { openTreeSource } from '../../src/sources/git/tree.ts';
import { openFilesSource } from '../../src/sources/listed.ts';
import type { Source } from '../../src/sources/source.ts';
import { openStdinSource } from '../../src/sources/stdin.ts';
import { walk } from '../../src/sources/walk.ts';
import { repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import { testHost } from './host.ts';
import { readSource } from './read.ts';

const OPTIONS = { overlap: 1024 };

async function openTree(dir: string, paths: readonly string[] = []): Promise<Source> {
  const host = testHost(dir);
  return openTreeSource(await openRepository(host), host, paths, OPTIONS);
}

function put(dir: string, path: string, content: string): void {
  repoAt(dir).write(path, content);
}

describe('tree source in a repository', () => {
  it('reads tracked and untracked files as they stand, and not what git ignores', async () => {
    const repo = tempRepo();
    repo.commit('.gitignore', 'ignored\n');
    repo.commit('src/a.txt', 'committed');
    repo.write('src/a.txt', 'worktree');
    repo.write('new.txt', 'untracked');
    repo.write('ignored', 'ignored');
    const source = await openTree(repo.dir);
    const read = await readSource(source);
    expect(read.files).toEqual({ '.gitignore': 'ignored\n', 'src/a.txt': 'worktree', 'new.txt': 'untracked' });
    expect(read.names).toEqual(['.gitignore', 'src/a.txt', 'new.txt']);
    expect(read.counted).toBe(source.expected);
    expect(source.skipped).toEqual([{ reason: 'ignored-by-git', count: 1 }]);
  });

  it('reads the whole repository from a subfolder', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a');
    repo.write('sub/b.txt', 'b');
    expect((await readSource(await openTree(join(repo.dir, 'sub')))).files).toEqual({ 'a.txt': 'a', 'sub/b.txt': 'b' });
  });

  it('reads the text of links and follows none, not even in the middle of a tracked path', async () => {
    const repo = tempRepo();
    const outside = tempDir();
    put(outside, 'f', 'outside');
    repo.commit('d/f', 'inside');
    rmSync(join(repo.dir, 'd'), { recursive: true });
    symlinkSync(outside, join(repo.dir, 'd'));
    symlinkSync('loop', join(repo.dir, 'loop'));
    const source = await openTree(repo.dir);
    const read = await readSource(source);
    expect(read.files).toEqual({ d: outside, loop: 'loop' });
    expect(source.skipped).toEqual([{ reason: 'vanished', count: 1 }]);
  });

  it('walks an untracked repository inside of the worktree, with and without commits', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a');
    for (const name of ['nested', 'deep/nested']) {
      mkdirSync(join(repo.dir, name), { recursive: true });
      execFileSync('git', ['init', '-q', join(repo.dir, name)]);
      put(repo.dir, `${name}/sub/key.txt`, name);
    }
    repoAt(join(repo.dir, 'nested')).git('add', '-A');
    repoAt(join(repo.dir, 'nested')).git('commit', '-qm', 'x');
    const source = await openTree(repo.dir);
    const read = await readSource(source);
    expect(read.files).toEqual({
      'a.txt': 'a',
      'deep/nested/sub/key.txt': 'deep/nested',
      'nested/sub/key.txt': 'nested',
    });
    expect(source.skipped).toEqual([{ reason: 'git-folder', count: 2 }]);
  });

  it('counts submodules, deleted and special files', async () => {
    const repo = tempRepo();
    repo.commit('gone.txt', 'gone');
    repo.commit('pipe', 'was a file');
    repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    mkdirSync(join(repo.dir, 'module'));
    put(repo.dir, 'module/x', 'inside of the module');
    repo.git('init', '-q', 'module');
    rmSync(join(repo.dir, 'gone.txt'));
    rmSync(join(repo.dir, 'pipe'));
    execFileSync('mkfifo', [join(repo.dir, 'pipe')]);
    const source = await openTree(repo.dir);
    expect((await readSource(source)).files).toEqual({});
    expect(source.expected).toBe(0);
    expect(source.skipped).toEqual([
      { reason: 'vanished', count: 1 },
      { reason: 'submodule', count: 1 },
      { reason: 'special-file', count: 1 },
    ]);
  });

  it('reads what lies in the place of a submodule and is no repository', async () => {
    const repo = tempRepo();
    for (const name of ['file', 'folder', 'module', 'absent'])
      repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${name}`);
    repo.write('file', 'a file');
    repo.write('folder/in/a.txt', 'a');
    repo.write('module/b.txt', 'b');
    repo.git('init', '-q', 'module');
    const source = await openTree(repo.dir);
    const { files } = await readSource(source);
    expect(files).toEqual({ file: 'a file', 'folder/in/a.txt': 'a' });
    expect(source.skipped).toEqual([{ reason: 'submodule', count: 3 }]);
  });

  it('counts what a sparse checkout leaves out, and reads what is there all the same', async () => {
    const repo = tempRepo();
    for (const name of ['in/a', 'out/b', 'out/c']) repo.stage(name, name);
    repo.git('commit', '-qm', 'x');
    repo.git('sparse-checkout', 'set', '--sparse-index', 'in');
    repo.write('out/c', 'here again');
    const source = await openTree(repo.dir);
    expect((await readSource(source)).files).toEqual({ 'in/a': 'in/a', 'out/c': 'here again' });
    expect(source.skipped).toEqual([{ reason: 'not-checked-out', count: 1 }]);
  });

  it('takes a file that goes while it is scanned out of scope', async () => {
    const repo = tempRepo();
    repo.write('a.txt', 'a');
    repo.write('b.txt', 'b');
    const source = await openTree(repo.dir);
    expect(source.expected).toBe(2);
    rmSync(join(repo.dir, 'b.txt'));
    expect((await readSource(source)).counted).toBe(1);
    expect(source.expected).toBe(1);
    expect(source.skipped).toEqual([{ reason: 'vanished', count: 1 }]);
  });

  it('does not follow a link or wait for a pipe that took the place of a listed file', async () => {
    const repo = tempRepo();
    repo.write('link', 'a file');
    repo.write('pipe', 'a file');
    const source = await openTree(repo.dir);
    for (const name of ['link', 'pipe']) rmSync(join(repo.dir, name));
    symlinkSync('/etc/passwd', join(repo.dir, 'link'));
    execFileSync('mkfifo', [join(repo.dir, 'pipe')]);
    const read = await readSource(source);
    expect(read.files).toEqual({});
    expect(read.unread).toEqual(['link could not be read (ELOOP); scan again.']);
    expect(source.skipped).toEqual([{ reason: 'special-file', count: 1 }]);
    expect(source.expected).toBe(1);
  });

  it('reads names that are no UTF-8 or hold a line break', async () => {
    const repo = tempRepo();
    const bad = Buffer.from('bad\xff\xfe', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), bad]), 'bad');
    repo.write('new\nline "x" \\ \t', 'odd');
    repo.write(':(glob)*', 'magic');
    repo.git('add', '-A');
    repo.write(' lead', 'space');
    expect((await readSource(await openTree(repo.dir))).files).toEqual({
      'bad\xff\xfe': 'bad',
      'new\nline "x" \\ \t': 'odd',
      ':(glob)*': 'magic',
      ' lead': 'space',
    });
  });

  it('is not complete when git cannot look into a folder', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a');
    const source = await openTree(repo.dir);
    expect((await readSource(source)).unread).toEqual([]);
    makeDeep(repo.dir);
    const deep = await openTree(repo.dir);
    const read = await readSource(deep);
    expect(read.files).toMatchObject({ 'a.txt': 'a' });
    expect(read.unread).toHaveLength(1);
    expect(read.unread[0]).toContain('could not be listed (its name is too long)');
    expect(read.counted).toBe(deep.expected - 1);
  });
});

describe('tree source of given paths', () => {
  it('reads that path only, though git ignores it', async () => {
    const repo = tempRepo();
    repo.commit('.gitignore', 'out/\n');
    repo.write('out/a.js', 'built');
    repo.write('other.txt', 'other');
    const source = await openTree(repo.dir, ['out', './out/a.js']);
    expect(source.scope.detail).toBe('the files in out, ./out/a.js');
    expect((await readSource(source)).files).toEqual({ 'out/a.js': 'built' });
  });

  it('leaves out the insides of .git and submodules, unless they are named', async () => {
    const repo = tempRepo();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    repo.write('module/x', 'in module');
    repo.git('init', '-q', 'module');
    repo.write('a', 'a');
    const source = await openTree(repo.dir, ['.']);
    expect((await readSource(source)).files).toEqual({ a: 'a' });
    expect(source.skipped).toEqual([
      { reason: 'git-folder', count: 1 },
      { reason: 'submodule', count: 1 },
    ]);
    expect((await readSource(await openTree(repo.dir, ['module']))).files).toEqual({ 'module/x': 'in module' });
    expect((await readSource(await openTree(repo.dir, ['.git/HEAD']))).files).toEqual({
      '.git/HEAD': 'ref: refs/heads/main\n',
    });
  });

  it('names places from the top, whatever the current folder is', async () => {
    const repo = tempRepo();
    repo.write('sub/a.txt', 'a');
    repo.write('b.txt', 'b');
    const source = await openTree(join(repo.dir, 'sub'), ['a.txt', '../b.txt']);
    expect((await readSource(source)).files).toEqual({ 'sub/a.txt': 'a', 'b.txt': 'b' });
  });

  it('follows a link that is named', async () => {
    const repo = tempRepo();
    const outside = tempDir();
    put(outside, 'f', 'outside');
    symlinkSync(outside, join(repo.dir, 'link'));
    expect((await readSource(await openTree(repo.dir, ['link']))).files).toEqual({ 'link/f': 'outside' });
    expect((await readSource(await openTree(repo.dir, [outside]))).files).toEqual({ [`${outside}/f`]: 'outside' });
  });

  it('says that a path does not exist', async () => {
    const repo = tempRepo();
    await expect(openTree(repo.dir, ['nope.txt'])).rejects.toMatchObject({
      code: 'usage',
      message: 'nope.txt does not exist; check the path.',
    });
  });

  it('does not pass over a special file or one that breaks while it is read', async () => {
    const repo = tempRepo();
    execFileSync('mkfifo', [join(repo.dir, 'pipe')]);
    const source = await openTree(repo.dir, ['pipe', '/proc/self/mem']);
    const read = await readSource(source);
    expect(read.unread).toEqual([
      'pipe is neither a file nor a folder; hand its content over with --stdin.',
      '/proc/self/mem could not be read (EIO); scan again.',
    ]);
    expect([source.expected, read.counted]).toEqual([2, 0]);
  });
});

describe('tree source without a repository', () => {
  it('walks the folder', async () => {
    const dir = tempDir();
    put(dir, 'b/c.txt', 'c');
    put(dir, 'a.txt', 'a');
    const source = await openTree(dir);
    expect((await readSource(source)).files).toEqual({ 'a.txt': 'a', 'b/c.txt': 'c' });
    expect(source.scope.detail).toBe('the current folder, which is in no repository');
  });

  it('is not complete when a file or a folder may not be read', async () => {
    const dir = tempDir();
    chmodSync(dir, 0o755);
    for (const path of ['open', 'closed', 'folder/inside']) put(dir, path, path);
    chmodSync(join(dir, 'closed'), 0);
    chmodSync(join(dir, 'folder'), 0);
    const read = await asNobody(async () => {
      const source = await openTreeSource(null, testHost(dir), [], OPTIONS);
      return { ...(await readSource(source)), expected: source.expected };
    });
    const remedy = 'give yourself the right to read it, and scan again.';
    expect(read.files).toEqual({ open: 'open' });
    expect(read.unread.toSorted()).toEqual([
      `closed could not be read (EACCES); ${remedy}`,
      `folder could not be read (EACCES); ${remedy}`,
    ]);
    expect([read.expected, read.counted]).toEqual([3, 1]);
    chmodSync(join(dir, 'folder'), 0o755);
  });

  it('is not complete when a path is too long for the system', async () => {
    const dir = tempDir();
    makeDeep(dir);
    put(dir, 'a.txt', 'a');
    const read = await readSource(await openTree(dir));
    expect(Object.values(read.files)).toEqual(['a', 'shallow']);
    expect(read.unread).toHaveLength(1);
    expect(read.unread[0]).toContain('has a path that is too long for this system; nothing below it was read.');
  });

  it('is not complete when a bound of the walk is hit', () => {
    const dir = tempDir();
    put(dir, 'one/two/three.txt', '3');
    const all = [...walk(Buffer.from(dir), rawPathFromText(''))];
    expect(all).toMatchObject([{ kind: 'file', place: 'one/two/three.txt' }]);
    const shallow = [...walk(Buffer.from(dir), rawPathFromText(''), { depth: 1 })];
    expect(shallow).toMatchObject([
      { kind: 'unread', place: 'one/two', why: expect.stringContaining('deeper than 1') },
    ]);
    const few = [...walk(Buffer.from(dir), rawPathFromText(''), { entries: 2 })];
    expect(few).toMatchObject([{ kind: 'unread', why: expect.stringContaining('more than 2 entries') }]);
  });
});

describe('files source', () => {
  it('reads the files of a list, once each', async () => {
    const dir = tempDir();
    put(dir, 'a.txt', 'a');
    put(dir, 'b.txt', 'b');
    const files = ['a.txt', './a.txt', 'b.txt'].map(rawPathFromText);
    const source = openFilesSource(testHost(dir), dir, files, OPTIONS);
    expect((await readSource(source)).files).toEqual({ 'a.txt': 'a', 'b.txt': 'b' });
    expect(source.expected).toBe(2);
  });

  it('finds names that are no UTF-8', async () => {
    const dir = tempDir();
    const name = Buffer.from('\xe9\xff', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${dir}/`), name]), 'x');
    const source = openFilesSource(testHost(dir), dir, [rawPathFrom(name)], OPTIONS);
    expect((await readSource(source)).files).toEqual({ '\xe9\xff': 'x' });
  });

  it('refuses a folder and a file that is not there', () => {
    const dir = tempDir();
    put(dir, 'folder/a.txt', 'a');
    const open = (file: string): Source => openFilesSource(testHost(dir), dir, [rawPathFromText(file)], OPTIONS);
    expect(() => open('folder')).toThrow('folder is a folder; list the files in it.');
    expect(() => open('nope')).toThrow('nope does not exist');
  });
});

describe('stdin source', () => {
  it('reads to the end', async () => {
    const source = openStdinSource(testHost(tempDir(), {}, 'some\xff text'), 'a.ts', OPTIONS);
    expect(await readSource(source)).toMatchObject({ files: { 'a.ts': 'some\xff text' }, counted: 1 });
    expect(source.scope.detail).toBe('standard input, as a.ts');
  });

  it('is not read when it breaks off', async () => {
    const host = { ...testHost(tempDir()), stdin: brokenStdin() };
    const read = await readSource(openStdinSource(host, null, OPTIONS));
    expect(read).toMatchObject({
      counted: 0,
      unread: ['Standard input broke off before its end; run the command again.'],
    });
  });
});

function brokenStdin(): NodeJS.ReadableStream {
  return Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('EIO');
    })(),
  );
}

/** Root may read everything; as root, this runs the work as somebody else. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Paths longer than the system takes, made by moving one long chain of folders to the end of another. */
function makeDeep(dir: string): void {
  const chain = (head: string): string => [head, ...Array.from({ length: 9 }, () => 'x'.repeat(240))].join('/');
  put(dir, `${chain('one')}/shallow.txt`, 'shallow');
  put(dir, `${chain('two')}/deep.txt`, 'deep');
  const moved = join(dir, chain('one'), 'two');
  renameSync(join(dir, 'two'), moved);
  // Too deep to be removed as it is.
  onTestFinished(() => renameSync(moved, join(dir, 'two')));
}
