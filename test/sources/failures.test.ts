import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyguardError } from '../../src/errors.ts';
import { emptyTreeOf, openRepository } from '../../src/sources/git/repository.ts';
import { endAllChildren, openGit, runGit, streamGit } from '../../src/sources/git/run.ts';
import { repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import { corruptObject, removeObject, truncateObject } from './damage.ts';
import { pathWithFakeGit } from './fake-git.ts';
import { testHost } from './host.ts';
import { contentOf, openStaged, readSource, stagedFiles } from './read.ts';

/** The error with which the work fails. */
async function failure(work: Promise<unknown>): Promise<KeyguardError> {
  const error: unknown = await work.then(
    () => new Error('nothing failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof KeyguardError)) throw error instanceof Error ? error : new Error(String(error));
  if (error.message.includes('\n')) throw new Error(`more than one line: ${error.message}`);
  return error;
}

function stagedRepo(files = 3): ReturnType<typeof tempRepo> {
  const repo = tempRepo();
  for (let index = 0; index < files; index += 1) repo.stage(`f${index}`, `${index}`.repeat(1000));
  return repo;
}

describe('git that is not there', () => {
  it('is said with the folders that were looked in', async () => {
    const repo = stagedRepo();
    const empty = tempDir();
    const error = await failure(stagedFiles(repo.dir, { PATH: `${empty}:relative::` }));
    expect(error.code).toBe('git');
    expect(error.message).toBe(
      `git was not found on PATH (looked in ${empty}); install it from https://git-scm.com or add its folder to PATH.`,
    );
  });

  it('is not confused with a folder that is not there', async () => {
    const dir = tempDir();
    const gone = join(dir, 'gone');
    const error = await failure(openRepository(testHost(gone, { PATH: '/nowhere' })));
    expect(error.message).toBe(`The current folder ${gone} does not exist any more; change to another one.`);
    expect((await failure(openRepository(testHost(gone)))).message).toBe(error.message);
  });
});

describe('git that fails', () => {
  it.each(['rev-parse', 'diff-index', 'cat-file'])('in %s is told with its own words', async (command) => {
    const repo = stagedRepo();
    const PATH = pathWithFakeGit(
      command,
      "echo 'warning: first' >&2; echo 'fatal: out of luck' >&2; echo >&2; exit 128",
    );
    const error = await failure(stagedFiles(repo.dir, { PATH }));
    expect(error.code).toBe('git');
    expect(error.message).toBe(`git ${command} failed (exit 128): fatal: out of luck`);
  });

  it('without a word is told as well', async () => {
    const PATH = pathWithFakeGit('diff-index', 'exit 1');
    const error = await failure(stagedFiles(stagedRepo().dir, { PATH }));
    expect(error.message).toBe('git diff-index failed (exit 1): it gave no reason');
  });

  it('because the folder belongs to somebody else says how to trust it', async () => {
    const repo = stagedRepo();
    const error = await failure(openRepository(testHost(repo.dir, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })));
    expect(error.message).toContain('detected dubious ownership');
    expect(error.message).toContain(`; if you trust that folder: git config --global --add safe.directory ${repo.dir}`);
  });

  it('is no success because it wrote something before', async () => {
    const PATH = pathWithFakeGit('diff-index', '"$real" "$@"; exit 3');
    const error = await failure(stagedFiles(stagedRepo().dir, { PATH }));
    expect(error.message).toContain('git diff-index failed (exit 3)');
  });
});

describe('git that is killed', () => {
  it('in the middle of the list', async () => {
    const PATH = pathWithFakeGit('diff-index', '"$real" "$@" | head -c 130; kill -9 $$');
    const error = await failure(stagedFiles(stagedRepo().dir, { PATH }));
    expect(error.message).toBe('git diff-index was ended by SIGKILL before it was done; run keyguard again.');
  });

  it('between two objects', async () => {
    const repo = stagedRepo();
    const PATH = pathWithFakeGit('cat-file', `"$real" "$@" | head -c ${(40 + 6 + 5 + 1000 + 1) * 2}; kill -9 $$`);
    const source = await openStaged(repo.dir, { PATH });
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const fragment of source.fragments()) {
        for await (const window of fragment.windows()) seen.push(window.bytes.toString('latin1'));
      }
    };
    expect((await failure(read())).message).toContain('git cat-file was ended by SIGKILL');
    expect(seen.filter((text) => text.length === 1000)).toHaveLength(2);
  });

  it('in the middle of an object fails that object, and the source when the next is asked for', async () => {
    const repo = stagedRepo();
    const PATH = pathWithFakeGit('cat-file', '"$real" "$@" | head -c 1500; kill -9 $$');
    const source = await openStaged(repo.dir, { PATH });
    const messages: string[] = [];
    const readOn = async (): Promise<void> => {
      for await (const fragment of source.fragments()) {
        try {
          await contentOf(fragment);
        } catch (error) {
          messages.push(String(error));
        }
      }
    };
    expect((await failure(readOn())).message).toContain('git cat-file was ended by SIGKILL');
    expect(messages).toHaveLength(1);
  });
});

describe('git that ends too early but says that all is well', () => {
  it('in the list', async () => {
    const PATH = pathWithFakeGit('diff-index', '"$real" "$@" | head -c 130; exit 0');
    const error = await failure(stagedFiles(stagedRepo().dir, { PATH }));
    expect(error.message).toBe('git gave a list of files that ends too early or cannot be read; run keyguard again.');
  });

  it('in the objects', async () => {
    for (const bytes of [0, 30, 100, 1052, 3155]) {
      const PATH = pathWithFakeGit('cat-file', `"$real" "$@" | head -c ${bytes}; exit 0`);
      const error = await failure(stagedFiles(stagedRepo().dir, { PATH }));
      expect(error.code).toBe('git');
    }
  });

  it('or says more than it was asked', async () => {
    const PATH = pathWithFakeGit('cat-file', '"$real" "$@"; echo more; exit 0');
    const error = await failure(stagedFiles(stagedRepo().dir, { PATH }));
    expect(error.message).toBe('git cat-file gave an answer that cannot be understood; run keyguard again.');
  });

  it('or does not read what it is asked', async () => {
    const repo = stagedRepo();
    const PATH = pathWithFakeGit('cat-file', 'exec 0<&-; exit 0');
    const git = openGit(testHost(repo.dir, { PATH }));
    const input = Array.from({ length: 1000 }, () => 'x'.repeat(1000));
    expect((await failure(runGit(git, ['cat-file', '--batch'], { input }))).message).toContain('EPIPE');
  });
});

describe('git that is silent', () => {
  it('is ended with everything that it has started', async () => {
    const dir = tempDir();
    const pid = join(dir, 'pid');
    const PATH = pathWithFakeGit('diff-index', `sleep 600 & echo $! > '${pid}'; wait`);
    const git = openGit(testHost(stagedRepo().dir, { PATH }), 3000);
    const error = await failure(runGit(git, ['diff-index']));
    expect(error.message).toBe(
      'git diff-index gave no output for 3 s and was ended; run it by hand to see what it waits for.',
    );
    await expect.poll(() => isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false);
  });

  it('is ended when the caller stops reading, and by endAllChildren', async () => {
    const dir = tempDir();
    const pid = join(dir, 'pid');
    const PATH = pathWithFakeGit('ls-files', `sleep 600 & echo $! > '${pid}'; echo line; wait`);
    const git = openGit(testHost(stagedRepo().dir, { PATH }));
    for await (const chunk of streamGit(git, ['ls-files'])) {
      expect(String(chunk)).toBe('line\n');
      break;
    }
    await expect.poll(() => isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false);
    rmSync(pid);
    const running = failure(runGit(git, ['ls-files']));
    await expect.poll(() => existsSync(pid) && readFileSync(pid, 'utf8').endsWith('\n')).toBe(true);
    endAllChildren();
    expect((await running).message).toContain('git ls-files was ended by SIGKILL');
    await expect.poll(() => isRunning(Number(readFileSync(pid, 'utf8')))).toBe(false);
  });
});

describe('a damaged repository', () => {
  it.each(['missing', 'corrupt', 'empty'])('with a %s staged object reads the others', async (damage) => {
    const repo = stagedRepo();
    const oid = repo.git('rev-parse', ':f1').trim();
    if (damage === 'missing') removeObject(repo, oid);
    else corruptObject(repo, oid, damage === 'empty' ? '' : undefined);
    const source = await openStaged(repo.dir);
    const read = await readSource(source);
    expect(Object.keys(read.files)).toEqual(['f0', 'f2']);
    expect(read.unread).toEqual([`Object ${oid} (f1) is missing or corrupt; run git fsck.`]);
    expect([source.expected, read.counted]).toEqual([3, 2]);
  });

  it('with a staged object that ends too early names it', async () => {
    const repo = stagedRepo(0);
    repo.stage('noise', createHash('shake256', { outputLength: 9000 }).update('noise').digest());
    const oid = repo.git('rev-parse', ':noise').trim();
    expect((await stagedFiles(repo.dir))['noise']).toHaveLength(9000);
    truncateObject(repo, oid, 4000);
    const error = await failure(stagedFiles(repo.dir));
    expect(error.code).toBe('git');
    expect(error.message).toContain('git cat-file failed (exit 128)');
    expect(error.message).toContain(`(while it read object ${oid} (noise); run git fsck).`);
  });

  it('with an unborn branch where a folder of that name is left is a new one', async () => {
    const repo = stagedRepo();
    mkdirSync(join(repo.dir, '.git/refs/heads/feature'));
    repo.git('symbolic-ref', 'HEAD', 'refs/heads/feature');
    expect((await openStaged(repo.dir)).scope.detail).toBe('index against the empty tree (no commit yet)');
  });

  it('with a HEAD that names a missing commit is no new repository', async () => {
    const repo = stagedRepo();
    expect((await openStaged(repo.dir)).expected).toBe(3);
    writeFileSync(join(repo.dir, '.git/refs/heads/main'), `${'1'.repeat(40)}\n`);
    const error = await failure(openStaged(repo.dir));
    expect(error.message).toBe('HEAD (refs/heads/main) names a commit that cannot be read; run git fsck.');
    writeFileSync(join(repo.dir, '.git/refs/heads/main'), 'garbage\n');
    expect((await failure(openStaged(repo.dir))).message).toBe(
      'HEAD names a commit that cannot be read; run git fsck.',
    );
    repo.git('symbolic-ref', 'HEAD', 'refs/heads/other');
    expect((await openStaged(repo.dir)).expected).toBe(3);
  });

  it('with an index that is cut short says so', async () => {
    const repo = stagedRepo();
    const index = join(repo.dir, '.git/index');
    truncateSync(index, 100);
    expect((await failure(openStaged(repo.dir))).message).toContain('index is damaged');
    truncateSync(index, 0);
    expect((await failure(openStaged(repo.dir))).message).toContain('git diff-index failed (exit 128)');
  });

  it.each(['sha1', 'sha256'])('with an index of %s that git takes for whole though its end is lost', async (format) => {
    const repo = tempRepo([`--object-format=${format}`]);
    repo.stage('a', 'a');
    const index = join(repo.dir, '.git/index');
    const whole = readFileSync(index);
    expect(Object.keys(await stagedFiles(repo.dir))).toEqual(['a']);
    truncateSync(index, whole.length - 10);
    expect(repo.git('diff-index', '--cached', '--name-only', emptyTreeOf(format === 'sha1' ? 'sha1' : 'sha256'))).toBe(
      'a\n',
    );
    const message = `${index} is damaged; rebuild it with git reset, which leaves your files alone.`;
    expect((await failure(openStaged(repo.dir))).message).toBe(message);
    repo.git('-c', 'index.skipHash=true', 'update-index', '--force-write-index');
    expect(Object.keys(await stagedFiles(repo.dir))).toEqual(['a']);
  });

  it('with a GIT_INDEX_FILE that is not there has not "nothing staged"', async () => {
    const repo = stagedRepo();
    const error = await failure(openStaged(repo.dir, { GIT_INDEX_FILE: '.git/nope' }));
    expect(error.message).toBe(
      `GIT_INDEX_FILE names ${repo.dir}/.git/nope, which does not exist; unset it or correct it.`,
    );
    const elsewhere = { GIT_DIR: join(repo.dir, '.git'), GIT_INDEX_FILE: '.git/index' };
    expect((await failure(openStaged(tempDir(), elsewhere))).message).toContain('which does not exist');
    expect(Object.keys(await stagedFiles(repo.dir, { GIT_INDEX_FILE: '.git/index' }))).toHaveLength(3);
    mkdirSync(join(repo.dir, 'sub'));
    expect(Object.keys(await stagedFiles(join(repo.dir, 'sub'), { GIT_INDEX_FILE: '.git/index' }))).toHaveLength(3);
  });

  it('is read though another git holds the lock of the index', async () => {
    const repo = stagedRepo();
    repo.write('.git/index.lock', '');
    expect(Object.keys(await stagedFiles(repo.dir))).toHaveLength(3);
  });
});

describe('no repository', () => {
  it('is null, in a folder without one', async () => {
    expect(await openRepository(testHost(tempDir()))).toBeNull();
  });

  it('is an error where one is named or half there', async () => {
    const dir = tempDir();
    expect((await failure(openRepository(testHost(dir, { GIT_DIR: join(dir, 'nope') })))).message).toContain(
      'fatal: not a git repository',
    );
    writeFileSync(join(dir, '.git'), `gitdir: ${dir}/gone\n`);
    expect((await failure(openRepository(testHost(dir)))).message).toContain('fatal: not a git repository');
  });

  it('is said of a bare one', async () => {
    const repo = tempRepo(['--bare']);
    const expected = 'This is a bare repository: it has no index and no working tree to scan.';
    expect((await failure(openRepository(testHost(repo.dir)))).message).toBe(expected);
    expect((await failure(openRepository(testHost(repo.dir, { GIT_DIR: repo.dir })))).message).toBe(expected);
  });
});

describe('openRepository', () => {
  it('answers in every shape of repository', async () => {
    const repo = tempRepo(['--object-format=sha256']);
    const unborn = await openRepository(testHost(repo.dir));
    expect(unborn).toMatchObject({ top: repo.dir, head: null, objectFormat: 'sha256', isShallow: false });
    repo.commit('sub/a', 'a');
    const linked = repoAt(join(tempDir(), 'linked'));
    repo.git('worktree', 'add', '-q', linked.dir);
    expect(await openRepository(testHost(linked.dir))).toMatchObject({
      top: linked.dir,
      gitDir: join(repo.dir, '.git/worktrees/linked'),
      commonDir: join(repo.dir, '.git'),
      head: repo.git('rev-parse', 'HEAD').trim(),
      indexFile: join(repo.dir, '.git/worktrees/linked/index'),
    });
    const shallow = join(tempDir(), 'shallow');
    repo.commit('b', 'b');
    repo.git('clone', '-q', '--depth=1', `file://${repo.dir}`, shallow);
    expect(await openRepository(testHost(shallow))).toMatchObject({ isShallow: true });
    expect(await openRepository(testHost(join(repo.dir, 'sub')))).toMatchObject({ top: repo.dir });
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed process stays as a zombie where nobody collects it.
    return !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
