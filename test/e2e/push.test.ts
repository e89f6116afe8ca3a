import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execFileSync, spawnSync } from 'node:child_process';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, repoAt, tempDir, type TestRepo } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN, type RunResult } from '../helpers/run.ts';

const KEY = fakeKey('openaiProject', 1);
const OTHER = fakeKey('openaiProject', 2);
const WITH_KEY = `const key = '${KEY}';\n`;

interface PushedRepo extends TestRepo {
  /** The bare repository that `origin` names. */
  readonly server: TestRepo;
  readonly push: (...args: readonly string[]) => RunResult;
  readonly head: (name?: string) => string;
}

/** A clone with one pushed commit, in which keyguard looks at each push. */
function pushedRepo(initArgs: readonly string[] = []): PushedRepo {
  const home = tempDir();
  const [dir, server] = [join(home, 'work'), join(home, 'server.git')];
  for (const [folder, more] of [
    [dir, []],
    [server, ['--bare']],
  ] as const) {
    mkdirSync(folder);
    execFileSync('git', ['init', '-q', '-b', 'main', ...initArgs, ...more, folder], { env: cleanEnv() });
  }
  const repo = repoAt(dir);
  repo.git('remote', 'add', 'origin', server);
  repo.commit('readme.md', 'A program.\n');
  repo.git('push', '-q', '-u', 'origin', 'main');
  hook(join(dir, '.git/hooks'), 'pre-push');
  return {
    ...repo,
    server: repoAt(server),
    push: (...args) => run(dir, ['push', '-q', ...args]),
    head: (name = 'HEAD') => repo.git('rev-parse', name).trim(),
  };
}

function hook(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\nexec '${process.execPath}' '${KEYGUARD_BIN}' hook ${name} "$@"\n`);
  chmodSync(join(folder, name), 0o755);
}

function run(cwd: string, args: readonly string[]): RunResult {
  const done = spawnSync('git', args, { cwd, env: cleanEnv(), encoding: 'utf8' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** What the server has at a name; '' if nothing. */
function atServer({ server }: PushedRepo, ref: string): string {
  return spawnSync('git', ['rev-parse', '-q', '--verify', ref], { cwd: server.dir, encoding: 'utf8' }).stdout.trim();
}

describe('a push', () => {
  it('of a key is stopped with the steps to take it out; without one it passes', () => {
    const repo = pushedRepo();
    const before = repo.head();
    repo.commit('src/a.ts', WITH_KEY);
    const stopped = repo.push();
    expect(stopped.code).not.toBe(0);
    expect(stopped.stderr).toContain(
      `keyguard: push stopped: OpenAI project API key in src/a.ts:1 in commit ${repo.head().slice(0, 10)}, 2026-11-20\n`,
    );
    expect(stopped.stderr).toContain('Exposure: committed here, not pushed');
    expect(stopped.stderr).toContain('\n     git commit --amend --no-edit --allow-empty');
    expect(stopped.stderr).not.toContain(KEY);
    expect(atServer(repo, 'main')).toBe(before);
    repo.stage('src/a.ts', 'clean\n');
    repo.git('commit', '-q', '--amend', '--no-edit');
    const passed = repo.push();
    expect(passed.code).toBe(0);
    expect(passed.stderr).toMatch(/^keyguard: scanned 2 of 2 objects of 1 commit \(.*: no findings\n$/u);
    expect(atServer(repo, 'main')).toBe(repo.head());
  });

  it('of a key that a later commit took out again is stopped', () => {
    const repo = pushedRepo();
    repo.commit('a.ts', WITH_KEY);
    repo.commit('a.ts', 'clean\n');
    const { code, stderr } = repo.push();
    expect(code).not.toBe(0);
    expect(stderr).toContain(`     git rebase -i ${repo.head('HEAD~2').slice(0, 12)}\n`);
  });

  it('of a new branch, a detached HEAD and several names at once is looked at whole', () => {
    const repo = pushedRepo();
    repo.git('checkout', '-qb', 'feature');
    repo.commit('a.ts', WITH_KEY);
    expect(repo.push('origin', 'feature').code).not.toBe(0);
    expect(repo.push('origin', 'main', 'feature').code).not.toBe(0);
    expect(repo.push('origin', 'main', 'HEAD~1:refs/heads/other').code).toBe(0);
    repo.git('checkout', '-q', '--detach');
    expect(repo.push('origin', 'HEAD:refs/heads/third').code).not.toBe(0);
    expect(atServer(repo, 'other')).toBe(repo.head('main'));
    expect(atServer(repo, 'third')).toBe('');
  });

  it('of another branch than the one that is checked out tells where the commit is', () => {
    const repo = pushedRepo();
    repo.git('checkout', '-qb', 'feature');
    repo.commit('a.ts', WITH_KEY);
    repo.git('checkout', '-q', 'main');
    const { stderr } = repo.push('origin', 'feature');
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain('which is not on the branch that is checked out');
    expect(stderr).not.toContain('git rebase -i');
  });

  it('that deletes a branch, or has nothing new, passes and says that nothing was scanned', () => {
    const repo = pushedRepo();
    expect(repo.push('origin', 'main:other').code).toBe(0);
    repo.commit('a.ts', WITH_KEY);
    const deleted = repo.push('origin', ':other');
    expect(deleted).toMatchObject({ code: 0, stderr: 'keyguard: 0 commits in the range: nothing was scanned\n' });
    expect(repo.push('origin', ':other', 'main').code).not.toBe(0);
    expect(repo.push('origin', 'HEAD~1:main').stderr).toContain('nothing was scanned');
  });

  it('of a tag is looked at with its message, its name and what only it reaches', () => {
    const repo = pushedRepo();
    repo.git('tag', '-am', `made with ${KEY}`, 'v1');
    const message = repo.push('origin', 'v1');
    expect(message.code).not.toBe(0);
    expect(message.stderr).toContain('push stopped: OpenAI project API key in the tag message, line 1');
    expect(message.stderr).toContain('Delete the tag (git tag -d)');
    repo.git('tag', '-am', 'fine', 'v2');
    expect(repo.push('origin', 'v2').code).toBe(0);
    repo.git('tag', `v-${OTHER}`);
    const name = repo.push('origin', `v-${OTHER}`);
    expect(name.code).not.toBe(0);
    expect(name.stderr).toContain('in the name of a branch or tag');
    expect(name.stderr).not.toContain(OTHER);
    repo.commit('a.ts', WITH_KEY);
    repo.git('tag', 'v3');
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    expect(repo.push('origin', 'v3').code).not.toBe(0);
  });

  it('of a tag that names a file or a folder is looked at, too', () => {
    const repo = pushedRepo();
    repo.write('a', WITH_KEY);
    repo.git('tag', 'blob', repo.git('hash-object', '-w', 'a').trim());
    expect(repo.push('origin', 'blob').code).not.toBe(0);
    repo.stage('a', WITH_KEY);
    repo.git('tag', 'tree', repo.git('write-tree').trim());
    expect(repo.push('origin', 'tree').code).not.toBe(0);
    repo.stage('a', 'clean\n');
    repo.git('tag', 'clean', repo.git('write-tree').trim());
    expect(repo.push('origin', 'clean').code).toBe(0);
  });

  it('by force is looked at, also where the server has what is not known here', () => {
    const repo = pushedRepo();
    const other = repoAt(join(tempDir(), 'other'));
    repo.git('clone', '-q', repo.server.dir, other.dir);
    other.commit('theirs', 'theirs');
    other.git('push', '-q');
    repo.commit('a.ts', WITH_KEY);
    const stopped = repo.push('--force', 'origin', 'main');
    expect(stopped.code).not.toBe(0);
    expect(stopped.stderr).toContain('push stopped');
    repo.stage('a.ts', 'clean\n');
    repo.git('commit', '-q', '--amend', '--no-edit');
    const passed = repo.push('--force', 'origin', 'main');
    expect(passed.code).toBe(0);
    expect(passed.stderr).toContain('of 1 commit (');
  });

  it('of an old key that is edited around passes, and counts it', () => {
    const repo = pushedRepo();
    repo.commit('a.ts', WITH_KEY);
    repo.git('push', '-q', '--no-verify');
    repo.commit('a.ts', `// edited\n${WITH_KEY}`);
    expect(repo.push()).toMatchObject({ code: 0 });
    repo.commit('b.ts', WITH_KEY);
    expect(repo.push().code).not.toBe(0);
  });

  it('in a repository of SHA-256', () => {
    const repo = pushedRepo(['--object-format=sha256']);
    repo.commit('a.ts', WITH_KEY);
    expect(repo.push().code).not.toBe(0);
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    repo.commit('a.ts', 'clean\n');
    expect(repo.push().code).toBe(0);
  });
});

describe('what another remote has', () => {
  /** A key that `origin` got long ago; `mirror` is an empty repository. */
  function withOldKey(): PushedRepo & { readonly mirror: string } {
    const repo = pushedRepo();
    repo.commit('old.ts', WITH_KEY);
    repo.commit('old.ts', 'clean\n');
    repo.git('push', '-q', '--no-verify');
    const mirror = join(tempDir(), 'mirror.git');
    execFileSync('git', ['init', '-q', '--bare', mirror], { env: cleanEnv() });
    return { ...repo, mirror };
  }

  it('is new to an address, and to a remote from which nothing was fetched', () => {
    const repo = withOldKey();
    const address = repo.push(repo.mirror, 'main');
    expect(address.code).not.toBe(0);
    expect(address.stderr).toContain('Exposure: pushed');
    repo.git('remote', 'add', 'mirror', repo.mirror);
    expect(repo.push('mirror', 'main').code).not.toBe(0);
    expect(repo.push('origin', 'main:new').code).toBe(0);
  });

  it('is new where one remote only pushes to another address', () => {
    const repo = withOldKey();
    repo.git('remote', 'set-url', '--push', 'origin', repo.mirror);
    expect(repo.push('origin', 'main').code).not.toBe(0);
    repo.git('remote', 'set-url', '--push', 'origin', repo.server.dir);
    expect(repo.push('origin', 'main:new').code).toBe(0);
  });

  it('is new though its name begins with that of the remote', () => {
    const repo = withOldKey();
    repo.git('remote', 'rename', 'origin', 'up/stream');
    repo.git('remote', 'add', 'up', repo.mirror);
    expect(repo.push('up', 'main').code).not.toBe(0);
    expect(repo.push('up/stream', 'main:new').code).toBe(0);
  });

  it('is new where "fetched" branches are our own', () => {
    const repo = withOldKey();
    repo.git('remote', 'add', '--mirror=fetch', 'mirror', repo.mirror);
    expect(repo.push('mirror', 'main').code).not.toBe(0);
  });

  it('is old where the address itself says that it has it', () => {
    const repo = withOldKey();
    repo.git('push', '-q', '--no-verify', repo.mirror, 'main');
    repo.commit('new.ts', 'clean\n');
    const { code, stderr } = repo.push(repo.mirror, 'main');
    expect(code).toBe(0);
    expect(stderr).toContain('of 1 commit (');
  });
});

describe('keyguard hook pre-push', () => {
  const ZERO = '0'.repeat(40);

  it('reads a local name with spaces in it, and every line', () => {
    const repo = pushedRepo();
    const known = repo.head();
    repo.commit('a.ts', WITH_KEY);
    const lines = `main@{1 second ago} ${known} refs/heads/x ${ZERO}\nmain@{0 seconds ago} ${repo.head()} refs/heads/y ${ZERO}\n`;
    const args = ['hook', 'pre-push', 'origin', repo.server.dir];
    expect(keyguard(repo.dir, args, { input: lines }).code).toBe(1);
    expect(keyguard(repo.dir, args, { input: lines.slice(0, lines.indexOf('\n') + 1) }).code).toBe(0);
  });

  it.each([
    ['a half line', `main ${'1'.repeat(40)} refs/heads/x ${ZERO}`],
    ['too few words', `${'1'.repeat(40)} refs/heads/x\n`],
    ['something else', 'hello\n'],
  ])('does not pass what git would not say: %s', (_what, input) => {
    const repo = pushedRepo();
    const stopped = keyguard(repo.dir, ['hook', 'pre-push', 'origin', repo.server.dir], { input });
    expect(stopped.code).toBe(2);
    expect(stopped.stderr).toBe(
      'keyguard: push stopped: standard input is not what git gives to pre-push; a hook that calls others must pass it on unchanged.\n',
    );
  });

  it('does not pass an object that is not here', () => {
    const repo = pushedRepo();
    const input = `main ${'1'.repeat(40)} refs/heads/x ${ZERO}\n`;
    const stopped = keyguard(repo.dir, ['hook', 'pre-push', 'origin', repo.server.dir], { input });
    expect(stopped.code).toBe(2);
    expect(stopped.stderr).toContain('push stopped: scan NOT complete');
    expect(stopped.stderr).toContain(`Object ${'1'.repeat(40)} is missing or corrupt`);
  });

  it('without a remote says how it is called', () => {
    expect(keyguard(pushedRepo().dir, ['hook', 'pre-push'])).toMatchObject({
      code: 2,
      stderr:
        'keyguard: push stopped: pre-push is given the remote and its address: keyguard hook pre-push REMOTE URL.\n',
    });
  });

  it('honours what the index accepts, and says that CI will ask', () => {
    const repo = pushedRepo();
    repo.commit('a.ts', `${WITH_KEY.trim()} // keyguard:allow openai-project-key -- a test key\n`);
    const { code, stderr } = repo.push();
    expect(code).toBe(0);
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain('CI will ask for approval');
  });
});

describe('a server', () => {
  /** The same with the hook on the other side. */
  function served(): PushedRepo {
    const repo = pushedRepo();
    writeFileSync(join(repo.dir, '.git/hooks/pre-push'), '#!/bin/sh\n');
    hook(join(repo.server.dir, 'hooks'), 'pre-receive');
    return repo;
  }

  it('refuses a push of a key, also of one that a later commit took out, and takes others', () => {
    const repo = served();
    const before = repo.head();
    repo.commit('a.ts', WITH_KEY);
    repo.commit('a.ts', 'clean\n');
    const refused = repo.push();
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('remote: keyguard: push refused: OpenAI project API key in a.ts:1 in commit ');
    expect(refused.stderr).toContain('Exposure: pushed');
    expect(refused.stderr).not.toContain(KEY);
    expect(atServer(repo, 'main')).toBe(before);
    repo.git('reset', '-q', '--hard', before);
    repo.commit('b.ts', 'clean\n');
    expect(repo.push().code).toBe(0);
    expect(repo.push('origin', ':main', 'main:other').code).not.toBe(0);
    repo.server.git('config', 'receive.denyDeleteCurrent', 'ignore');
    expect(repo.push('origin', ':main', 'main:other').code).toBe(0);
  });

  it('takes tags with harmless messages only', () => {
    const repo = served();
    repo.git('tag', '-am', 'fine', 'v1');
    repo.git('tag', '-am', KEY, 'v2');
    expect(repo.push('origin', 'v1').code).toBe(0);
    expect(repo.push('origin', 'v2').stderr).toContain('push refused: OpenAI project API key in the tag message');
    expect(atServer(repo, 'v2')).toBe('');
  });

  it('looks at all names of a push, and at a thousand of them at once', () => {
    const repo = served();
    repo.git('branch', 'fine');
    repo.git('checkout', '-qb', 'last');
    repo.commit('a.ts', WITH_KEY);
    const refused = repo.push('origin', 'fine', 'last');
    expect(refused.code).not.toBe(0);
    expect(atServer(repo, 'fine')).toBe('');
    expect(repo.push('origin', 'fine', 'main:other').code).toBe(0);

    // What no name reaches yet, as in quarantine.
    const loose = (content: string): string => {
      repo.stage('loose', content);
      return repo.git('commit-tree', repo.git('write-tree').trim(), '-p', 'main', '-m', 'loose').trim();
    };
    repo.git('checkout', '-q', 'main');
    const [clean, bad] = [loose('clean'), loose(WITH_KEY)];
    const line = (oid: string, i: number): string => `${'0'.repeat(40)} ${oid} refs/heads/n${i}\n`;
    const clear = Array.from({ length: 999 }, (_, i) => line(clean, i)).join('');
    repo.git('update-ref', '-d', 'refs/heads/last');
    expect(keyguard(repo.dir, ['hook', 'pre-receive'], { input: clear }).code).toBe(0);
    expect(keyguard(repo.dir, ['hook', 'pre-receive'], { input: clear + line(bad, 999) }).code).toBe(1);
  });

  it('does not let a push silence itself', () => {
    const repo = served();
    repo.stage('.keyguardignore', '*\n');
    repo.commit('a.ts', `${WITH_KEY.trim()} // keyguard:allow openai-project-key -- a test key\n`);
    expect(repo.push().code).not.toBe(0);
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    repo.commit('.keyguardignore', 'a.ts\n');
    expect(repo.push().code).toBe(0);
    repo.commit('a.ts', WITH_KEY);
    expect(repo.push().code).toBe(0);
  });
});
