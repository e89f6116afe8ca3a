import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hookedRepo, type HookedRepo, snapshot } from '../helpers/hooked-repo.ts';
import { matchesSchema } from '../helpers/doctor-schema.ts';
import { cleanEnv, tempDir } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN, type RunResult } from '../helpers/run.ts';

interface Row {
  readonly hook: string;
  readonly isHere: boolean;
  readonly environment: string | null;
  readonly verdict: string;
  readonly changes: readonly { readonly what: string; readonly path: string; readonly how: string }[];
  readonly putBack: readonly string[];
}

interface Proved extends RunResult {
  readonly rows: readonly Row[];
  /** `pre-commit shell proven`, a row a line. */
  readonly table: readonly string[];
}

const AWKWARD = `it's "a" repo`;

/** Proves, and shows that neither the repository nor the temporary folder holds anything that was not there before. */
function proveIn(cwd: string, around = cwd, env: Readonly<Record<string, string>> = {}, mayChange = /^$/u): Proved {
  const tmp = tempDir();
  const before = snapshot(around);
  const run = keyguard(cwd, ['doctor', '--prove', '--format', 'json'], { env: { TMPDIR: tmp, ...env } });
  expect(snapshot(around).filter((line) => !mayChange.test(line))).toEqual(
    before.filter((line) => !mayChange.test(line)),
  );
  expect(readdirSync(tmp)).toEqual([]);
  expect(run.stdout + run.stderr).not.toContain(['T3', 'BlbkFJ'].join(''));
  expect(matchesSchema(run.stdout)).toEqual([]);
  const { proof }: { readonly proof: { readonly rows: readonly Row[] } } = JSON.parse(run.stdout);
  const table = proof.rows.map(({ hook, environment, verdict }) => `${hook} ${environment ?? '-'} ${verdict}`);
  return { ...run, rows: proof.rows, table };
}

function installed(name = 'repo', hooks = 'pre-commit'): HookedRepo {
  const repo = hookedRepo(name);
  expect(keyguard(repo.dir, ['install', '--hooks', hooks])).toMatchObject({ code: 0 });
  return repo;
}

function hook(repo: HookedRepo, name: string, text: string): string {
  const path = join(repo.dir, '.git', 'hooks', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

function verdicts({ table }: Proved, name: string): readonly string[] {
  return table.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
}

const NOTHING = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'].map((name) => `${name} - not-installed`);

describe('doctor --prove', () => {
  it('says 1 where nothing is installed', () => {
    const proved = proveIn(hookedRepo().dir);
    expect(proved.code).toBe(1);
    expect(proved.table).toEqual(NOTHING);
  });

  it('says 0 where each hook stops a key, from a shell and from a client with windows', () => {
    const proved = proveIn(installed(AWKWARD, 'pre-commit,pre-merge-commit,commit-msg,pre-push').dir);
    expect(proved.table).toEqual(
      ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'].flatMap((name) => [
        `${name} shell proven`,
        `${name} gui proven`,
      ]),
    );
    expect(proved.code).toBe(0);
  });

  it('works before the first commit', () => {
    const repo = hookedRepo();
    rmSync(join(repo.dir, '.git', 'refs', 'heads', 'main'));
    keyguard(repo.dir, ['install', '--hooks', 'pre-commit,pre-push']);
    expect(proveIn(repo.dir)).toMatchObject({ code: 0 });
  });

  it('stages nothing of what is staged already', () => {
    const repo = installed();
    repo.stage('b.txt', 'b\n');
    repo.write('a.txt', 'changed\n');
    repo.write('sub/c.txt', 'c\n');
    const env = { GIT_DIR: '../.git', GIT_WORK_TREE: '..' };
    expect(proveIn(join(repo.dir, 'sub'), repo.dir, env)).toMatchObject({ code: 0 });
    expect(repo.git('status', '--porcelain')).toBe(' M a.txt\nA  b.txt\n?? sub/\n');
  });

  it.each([
    ['is replaced by "exit 0"', 'exit 0\n', 1, 'lets-through'],
    ['stops everything', 'exit 1\n', 2, 'stops-everything'],
  ])('a hook that %s', (_what, body, code, verdict) => {
    const repo = installed();
    hook(repo, 'pre-commit', `#!/bin/sh\n${body}`);
    const proved = proveIn(repo.dir);
    expect(verdicts(proved, 'pre-commit')).toEqual([`shell ${verdict}`, `gui ${verdict}`]);
    expect(proved.code).toBe(code);
  });

  it.each([
    ['is gone', (path: string) => rmSync(path)],
    ['is not executable', (path: string) => chmodSync(path, 0o644)],
    [
      'is a link that leads nowhere',
      (path: string) => {
        rmSync(path);
        symlinkSync('nowhere', path);
      },
    ],
  ])('says 1 where a hook that was installed %s', (_what, breakIt) => {
    const repo = installed();
    breakIt(join(repo.dir, '.git', 'hooks', 'pre-commit'));
    expect(proveIn(repo.dir)).toMatchObject({ code: 1 });
  });

  it('says 2 where git cannot run the hook', () => {
    const repo = installed();
    hook(repo, 'pre-commit', '#!/bin/sh\r\nexit 0\r\n');
    expect(proveIn(repo.dir)).toMatchObject({ code: 2 });
  });

  it('sees what the environment switches off, and that a client with windows does not know of it', () => {
    const proved = proveIn(installed().dir, undefined, { KEYGUARD: '0' });
    expect(verdicts(proved, 'pre-commit')).toEqual(['shell lets-through', 'gui proven']);
    expect(proved.code).toBe(1);
  });

  it('sees a hook that finds no program without the PATH of the shell', () => {
    const repo = hookedRepo();
    const bin = join(tempDir(), 'my-keyguard');
    writeFileSync(bin, `#!/bin/sh\nexec '${process.execPath}' '${KEYGUARD_BIN}' "$@"\n`);
    chmodSync(bin, 0o755);
    hook(repo, 'pre-commit', '#!/bin/sh\ncommand -v my-keyguard >/dev/null || exit 0\nmy-keyguard hook pre-commit\n');
    const proved = proveIn(repo.dir, undefined, { PATH: `${dirname(bin)}:${process.env['PATH'] ?? ''}` });
    expect(verdicts(proved, 'pre-commit')).toEqual(['shell proven', 'gui lets-through']);
    expect(proved.code).toBe(1);
  });

  it('names what a hook of somebody else writes', () => {
    const repo = hookedRepo();
    hook(repo, 'pre-commit', '#!/bin/sh\necho more >> a.txt\necho new > "new file"\ngit config keyguard.test 1\n');
    keyguard(repo.dir, ['install', '--hooks', 'pre-commit']);
    const proved = proveIn(repo.dir, undefined, {}, /^a\.txt |^new file |^\.git\/config /u);
    expect(proved.code).toBe(0);
    const written = proved.rows[0]?.changes.map(({ what, path, how }) => `${what} ${path} ${how}`) ?? [];
    expect(written.toSorted()).toEqual(['config config changed', 'worktree a.txt changed', 'worktree new file new']);
    expect(proveIn(installed().dir).rows.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('puts a ref back that a hook moved to what is thrown away', () => {
    const repo = hookedRepo();
    const moves = 'git update-ref refs/heads/saved $(git commit-tree "$(git write-tree)" -m saved </dev/null)';
    hook(repo, 'pre-commit', `#!/bin/sh\n${moves}\n`);
    keyguard(repo.dir, ['install', '--hooks', 'pre-commit']);
    const proved = proveIn(repo.dir, undefined, {}, /^\.git\/(?:logs\/)?refs/u);
    expect(proved.rows[0]?.putBack).toEqual(['refs/heads/saved']);
    expect(repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\n');
    repo.git('fsck', '--strict');
  });

  it('tries pre-commit in the other worktrees', () => {
    const repo = installed();
    repo.git('worktree', 'add', '-q', '-b', 'side', join('..', AWKWARD));
    const here = proveIn(repo.dir, dirname(repo.dir));
    expect(here.rows.map(({ hook, isHere, verdict }) => `${hook} ${isHere} ${verdict}`)).toContain(
      'pre-commit false proven',
    );
    expect(here.code).toBe(0);
    expect(proveIn(join(dirname(repo.dir), AWKWARD), dirname(repo.dir))).toMatchObject({ code: 0 });
  });

  it('goes the way of husky 9, which git reaches in the worktrees only where husky has run', () => {
    const repo = hookedRepo(AWKWARD);
    const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
    symlinkSync(modules, join(repo.dir, 'node_modules'));
    repo.write('.gitignore', 'node_modules\n');
    repo.run(['config', 'core.hooksPath', '.husky/_']);
    setUpHusky(repo.dir);
    repo.write('.husky/pre-commit', 'echo before\n');
    expect(keyguard(repo.dir, ['install', '--hooks', 'pre-commit'])).toMatchObject({ code: 0 });
    repo.git('add', '-A');
    repo.run(['commit', '-qnm', 'husky']);
    expect(verdicts(proveIn(repo.dir, undefined, { HUSKY: '0' }), 'pre-commit')).toEqual([
      'shell lets-through',
      'gui proven',
    ]);
    repo.git('worktree', 'add', '-q', '-b', 'side', '../side');
    expect(proveIn(repo.dir, dirname(repo.dir))).toMatchObject({ code: 1 });
    setUpHusky(join(repo.dir, '..', 'side'));
    expect(proveIn(repo.dir, dirname(repo.dir))).toMatchObject({ code: 0 });
  });

  it('refuses a temporary folder in the repository', () => {
    const repo = installed();
    mkdirSync(join(repo.dir, 'tmp'));
    const run = keyguard(repo.dir, ['doctor', '--prove'], { env: { TMPDIR: join(repo.dir, 'tmp') } });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('set TMPDIR to a folder outside of it');
    expect(readdirSync(join(repo.dir, 'tmp'))).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing behind when %s ends it', async (signal) => {
    const repo = hookedRepo();
    const [started, over] = [join(tempDir(), 'started'), join(tempDir(), 'over')];
    hook(repo, 'pre-commit', `#!/bin/sh\necho > '${started}'\nsleep 5\necho > '${over}'\n`);
    const tmp = tempDir();
    const before = snapshot(repo.dir);
    const child = spawn(process.execPath, [KEYGUARD_BIN, 'doctor', '--prove'], {
      cwd: repo.dir,
      env: cleanEnv({ TMPDIR: tmp }),
    });
    const ended = new Promise<string | null>((resolve) => child.on('close', (_code, by) => resolve(by)));
    await until(() => readdirSync(dirname(started)).length > 0);
    expect(readdirSync(tmp)).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(readdirSync(tmp)).toEqual([]);
    expect(snapshot(repo.dir)).toEqual(before);
  });
});

/** As its own command does it: https://typicode.github.io/husky/ */
function setUpHusky(top: string): void {
  const husky = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));
  const done = keyguardless(top, husky);
  expect(done).toBe(0);
}

function keyguardless(cwd: string, script: string): number | null {
  return spawnSync(process.execPath, [script], { cwd, env: cleanEnv() }).status;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
