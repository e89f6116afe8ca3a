import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN, type RunResult } from '../helpers/run.ts';
import { corruptObject, removeObject, truncateObject } from '../sources/damage.ts';
import { pathWithFakeGit } from '../sources/fake-git.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject');
const WITH_KEY = `const key = '${KEY}';\n`;
const STAGED = ['scan', '--staged'];
const HOOK = ['hook', 'pre-commit'];
const EVERY_SCAN = [STAGED, ['scan'], HOOK] as const;

/** A repository with a staged key in `b.ts` between two harmless files. */
function repoWithKey(): TestRepo {
  const repo = tempRepo();
  repo.commit('readme.md', 'A program.\n');
  repo.stage('a.ts', 'first();\n'.repeat(100));
  repo.stage('b.ts', WITH_KEY);
  repo.stage('c.ts', 'last();\n'.repeat(100));
  return repo;
}

/** Nothing was scanned, so nothing is reported: one line for a person, which says `what`. */
function expectOneLine({ code, stdout, stderr }: RunResult, what: RegExp | string): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^keyguard: .+\n$/u);
  expect(stderr).toMatch(what);
}

describe('git that cannot be used', () => {
  it.each(EVERY_SCAN)('because it is missing: keyguard %s %s', (...args) => {
    const run = keyguard(repoWithKey().dir, args, { env: { PATH: '/nowhere' } });
    expectOneLine(run, /git was not found on PATH \(looked in \/nowhere\); install it from https:\/\/git-scm\.com/u);
  });

  it.each(EVERY_SCAN)('because it fails: keyguard %s %s', (...args) => {
    const PATH = pathWithFakeGit('rev-parse', "echo 'warning: something' >&2; echo 'fatal: out of luck' >&2; exit 128");
    expectOneLine(keyguard(repoWithKey().dir, args, { env: { PATH } }), /git rev-parse failed .*fatal: out of luck/u);
  });

  it.each(EVERY_SCAN)('because the repository belongs to somebody else: keyguard %s %s', (...args) => {
    // What git sets in its own tests; without it only root could make such a repository.
    const run = keyguard(repoWithKey().dir, args, { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });
    expectOneLine(run, /dubious ownership.*; if you trust that folder: git config --global --add safe\.directory \S/u);
  });

  it('because its index is cut short', () => {
    const repo = repoWithKey();
    truncateSync(join(repo.dir, '.git/index'), 30);
    expectOneLine(keyguard(repo.dir, HOOK), 'index');
  });

  it('because its index is damaged where git does not look', () => {
    const repo = repoWithKey();
    const index = readFileSync(join(repo.dir, '.git/index'));
    truncateSync(join(repo.dir, '.git/index'), index.length - 10);
    expectOneLine(keyguard(repo.dir, STAGED), /index is damaged; rebuild it with git reset/u);
  });

  it('because GIT_INDEX_FILE names no file', () => {
    const run = keyguard(repoWithKey().dir, HOOK, { env: { GIT_INDEX_FILE: '.git/gone' } });
    expectOneLine(run, /GIT_INDEX_FILE names \S+gone, which does not exist/u);
  });

  it('because HEAD names a commit that is not there', () => {
    const repo = repoWithKey();
    repo.write('.git/refs/heads/main', `${'1'.repeat(40)}\n`);
    expectOneLine(
      keyguard(repo.dir, STAGED),
      /HEAD \(refs\/heads\/main\) names a commit that cannot be read; run git fsck/u,
    );
  });

  it('because the index has conflicts', () => {
    const repo = tempRepo();
    repo.commit('a', 'base\n');
    repo.git('checkout', '-qb', 'side');
    repo.commit('a', 'side\n');
    repo.git('checkout', '-q', 'main');
    repo.commit('a', 'main\n');
    expect(() => repo.git('merge', 'side')).toThrow('git merge');
    expectOneLine(keyguard(repo.dir, STAGED), /The index has conflicts \(a\): resolve them/u);
  });
});

const DAMAGE: readonly (readonly [string, (repo: TestRepo, oid: string) => void])[] = [
  ['missing', removeObject],
  ['no object at all', (repo, oid) => corruptObject(repo, oid)],
  ['empty', (repo, oid) => corruptObject(repo, oid, '')],
  ['cut short', (repo, oid) => truncateObject(repo, oid, 10)],
];

describe('a hook that cannot look at all', () => {
  it('says first that the commit is stopped, and why', () => {
    const run = keyguard(repoWithKey().dir, HOOK, { env: { PATH: '/nowhere' } });
    expectOneLine(run, /^keyguard: commit stopped: git was not found on PATH/u);
  });
});

describe('a staged object that breaks off in its middle', () => {
  it('is named, and does not take the findings before it with it; exit 2', () => {
    const repo = repoWithKey();
    repo.stage('noise', createHash('shake256', { outputLength: 9000 }).update('noise').digest());
    const oid = repo.git('rev-parse', ':noise').trim();
    truncateObject(repo, oid, 4000);
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, complete: report.complete, expected: report.coverage.expected }).toEqual({
      code: 2,
      complete: false,
      expected: 4,
    });
    expect(report.coverage.errors).toEqual([
      { message: expect.stringContaining(`object ${oid} (noise); run git fsck`) },
    ]);
    expect(report.findings).toMatchObject([{ location: { path: 'b.ts' } }]);
  });
});

describe.each(DAMAGE)('a staged object that is %s', (_how, damage) => {
  function damaged(): TestRepo {
    const repo = repoWithKey();
    damage(repo, repo.git('rev-parse', ':a.ts').trim());
    return repo;
  }

  it('makes the scan incomplete: named, with the findings of the rest, exit 2', () => {
    const { code, stdout, stderr } = keyguard(damaged().dir, STAGED);
    expect(code).toBe(2);
    expect(stdout.split('\n')[0]).toBe('keyguard: OpenAI project API key in b.ts:1; scan NOT complete');
    expect(stdout).toMatch(/\(a\.ts\) is\s+missing\s+or\s+corrupt; run git fsck/u);
    expect(stderr).toMatch(/^keyguard: scanned 2 of 3 staged files .*: NOT complete: 1 finding so far\n$/u);
  });

  it('says so in JSON', () => {
    const { code, report } = scanJson(damaged().dir, ['--staged']);
    expect({ code, ...report }).toMatchObject({
      code: 2,
      complete: false,
      coverage: { expected: 3, scanned: 2, errors: [{ message: expect.stringContaining('(a.ts)') }] },
      findings: [{ location: { path: 'b.ts', line: 1, column: 14 } }],
    });
  });

  it('is forgiven by --allow-incomplete, which still says NOT complete', () => {
    const repo = damaged();
    const { code, stderr } = keyguard(repo.dir, [...STAGED, '--allow-incomplete']);
    expect(code).toBe(1);
    expect(stderr).toContain('NOT complete');
    repo.stage('b.ts', 'harmless();\n');
    expect(keyguard(repo.dir, [...STAGED, '--allow-incomplete'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('NOT complete: no findings so far'),
    });
    expect(keyguard(repo.dir, STAGED).code).toBe(2);
  });
});

describe('git that is killed while it gives objects', () => {
  const objectLength = 40 + ' blob 169\n'.length + WITH_KEY.length + 1;
  const upToC = `head -c ${950 + objectLength + 300}`;

  it('does not take the findings with it; exit 2', () => {
    const PATH = pathWithGitOfObjects(upToC, 'kill -9 $$');
    const { code, stdout, stderr } = keyguard(repoWithKey().dir, STAGED, { env: { PATH } });
    expect(code).toBe(2);
    expect(stdout.split('\n')[0]).toBe('keyguard: OpenAI project API key in b.ts:1; scan NOT complete');
    expect(stdout).toMatch(/git cat-file was\s+ended by SIGKILL/u);
    expect(stderr).toMatch(/^keyguard: scanned 2 of 3 staged files .*: NOT complete: 1 finding so far\n$/u);
  });

  it('in the middle of a file does not take the findings in it either', () => {
    const repo = tempRepo();
    repo.stage('big.ts', WITH_KEY + 'some words of text\n'.repeat(200_000));
    const PATH = pathWithGitOfObjects('head -c 2500000', 'kill -9 $$');
    const { code, report } = scanJson(repo.dir, ['--staged'], { env: { PATH } });
    expect({ code, complete: report.complete, ...report.coverage }).toMatchObject({
      code: 2,
      complete: false,
      expected: 1,
      scanned: 0,
      errors: [{ message: expect.stringMatching(/git cat-file was ended by SIGKILL.*\(big\.ts\)/u) }],
    });
    expect(report.findings).toMatchObject([{ location: { path: 'big.ts', line: 1, column: 14 } }]);
  });

  it('stops a commit, and says why first', () => {
    const PATH = pathWithGitOfObjects('head -c 0', 'kill -9 $$');
    const { code, stderr } = keyguard(repoWithKey().dir, HOOK, { env: { PATH } });
    expect(code).toBe(2);
    expect(stderr.split('\n')[0]).toMatch(/^keyguard: commit stopped: scan NOT complete/u);
    expect(stderr).toMatch(/git cat-file was\s+ended by SIGKILL/u);
  });

  it('is not forgiven by --allow-incomplete', () => {
    const PATH = pathWithGitOfObjects(upToC, 'kill -9 $$');
    const { code, report } = scanJson(repoWithKey().dir, ['--staged', '--allow-incomplete'], { env: { PATH } });
    expect({ code, complete: report.complete, found: report.findings.length }).toEqual({
      code: 2,
      complete: false,
      found: 1,
    });
  });

  it.each(['exit 0', 'exit 128', 'echo more; exit 0'])('or ends early with "%s": exit 2', (end) => {
    const PATH = pathWithGitOfObjects('head -c 950', end);
    const { code, report } = scanJson(repoWithKey().dir, ['--staged'], { env: { PATH } });
    expect({ code, complete: report.complete, errors: report.coverage.errors.length }).toEqual({
      code: 2,
      complete: false,
      errors: expect.any(Number),
    });
    expect(report.coverage.errors[0]?.message).toMatch(/git cat-file/u);
  });
});

describe('git that fails where only the advice needs it', () => {
  it.each(['symbolic-ref', 'for-each-ref', 'grep'])('in %s does not take the finding with it', (command) => {
    const PATH = pathWithFakeGit(command, "echo 'fatal: out of luck' >&2; exit 128");
    const { code, report } = scanJson(repoWithKey().dir, ['--staged'], { env: { PATH } });
    expect({ code, complete: report.complete }).toEqual({ code: 1, complete: true });
    expect(report.findings).toMatchObject([{ location: { path: 'b.ts' } }]);
  });
});

describe('what cannot be read in the working tree', () => {
  it.each([
    ['a link that leads to itself', 'loop', /loop could not be read \(ELOOP\)/u],
    ['a file that breaks while it is read', '/proc/self/mem', /mem could not be read \(EIO\)/u],
    ['a pipe', 'pipe', /pipe is neither a file nor a folder; hand its\s+content\s+over\s+with\s+--stdin/u],
  ])('%s: the rest is scanned, exit 2', (_what, path, message) => {
    const dir = tempDir();
    writeFileSync(join(dir, 'b.ts'), WITH_KEY);
    symlinkSync('loop', join(dir, 'loop'));
    spawnSync('mkfifo', [join(dir, 'pipe')]);
    const { code, stdout, stderr } = keyguard(dir, ['scan', path, 'b.ts']);
    expect(code).toBe(2);
    expect(stdout.split('\n')[0]).toBe('keyguard: OpenAI project API key in b.ts:1; scan NOT complete');
    expect(stdout).toMatch(message);
    expect(stderr).toContain('scanned 1 of 2 files');
    expect(stderr).toContain('NOT complete');
    expect(keyguard(dir, ['scan', 'b.ts']).code).toBe(1);
  });
});

describe('a policy file that is no regular file', () => {
  const FILES = ['keyguard.config.json', '.keyguardignore', 'keyguard.baseline.jsonl'];

  it.each(FILES)('%s: a scan says so instead of waiting for it', (name) => {
    const repo = repoWithKey();
    execFileSync('mkfifo', [join(repo.dir, name)]);
    expectOneLine(keyguard(repo.dir, ['scan']), `${name} is not a regular file; make it one.`);
  });

  it.each(FILES)('%s: a device that never ends is not read, and a link to a file is', (name) => {
    const repo = repoWithKey();
    symlinkSync('/dev/zero', join(repo.dir, name));
    expectOneLine(keyguard(repo.dir, ['scan']), `${name} is not a regular file; make it one.`);
    const other = tempRepo();
    other.write('b.ts', WITH_KEY);
    other.write('empty', name.endsWith('config.json') ? '{}\n' : '');
    symlinkSync('empty', join(other.dir, name));
    expect(scanJson(other.dir, []).report.findings).toHaveLength(1);
  });

  it('is no reason for a hook to wait', () => {
    const repo = repoWithKey();
    execFileSync('mkfifo', [join(repo.dir, 'keyguard.baseline.jsonl')]);
    const { code, stderr } = keyguard(repo.dir, HOOK);
    expect(code).toBe(1);
    expect(stderr).toContain('commit stopped: OpenAI project API key in b.ts:1');
  });
});

describe('a report that cannot be written', () => {
  const OUT = 1;
  const ERR = 2;
  const GONE = 'the reader closed the pipe before the end';

  it('because its reader went away: exit 2 and a line', async () => {
    expect(await runWithout(OUT, ['scan', '--stdin'])).toEqual({
      code: 2,
      rest: `keyguard: cannot write standard output: ${GONE}.\n`,
    });
  });

  it('whole on stdout, but nobody reads the coverage: exit 2', async () => {
    const { code, rest } = await runWithout(ERR, ['scan', '--stdin']);
    expect(code).toBe(2);
    expect(rest).toContain('OpenAI project API key in');
  });

  it.runIf(existsSync('/dev/full'))('because the device is full: exit 2 and a line', () => {
    const repo = repoWithKey();
    expect(runInto('/dev/full', OUT, repo.dir, STAGED)).toEqual({
      code: 2,
      rest: 'keyguard: cannot write standard output: no space left on the device.\n',
    });
    expect(runInto('/dev/full', ERR, repo.dir, STAGED)).toMatchObject({ code: 2 });
    expect(runInto('/dev/full', ERR, repo.dir, HOOK)).toMatchObject({ code: 2 });
    repo.git('reset', '-q', '--hard');
    expect(runInto('/dev/full', OUT, repo.dir, [...STAGED, '--format', 'json'])).toMatchObject({ code: 2 });
    expect(runInto('/dev/null', OUT, repo.dir, [...STAGED, '--format', 'json'])).toMatchObject({ code: 0 });
  });

  it.each([
    ['/nowhere/report.json', 'its folder does not exist; make it first'],
    ['.', 'it is a folder'],
    ['readme.md/report.json', 'a part of the path is not a folder'],
    ...(existsSync('/dev/full') ? [['/dev/full', 'no space left on the device']] : []),
  ])('to %s: exit 2 and a line', (file, why) => {
    const repo = repoWithKey();
    const line = new RegExp(`^keyguard: cannot write \\S+: ${why}\\.\\n$`, 'u');
    expectOneLine(keyguard(repo.dir, [...STAGED, '--output', file]), line);
    expectOneLine(keyguard(repo.dir, [...STAGED, '--report', `json=${file}`]), line);
  });
});

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends git, says that the scan is not complete, and is died of',
    async (name) => {
      // Git holds the other end of this pipe as long as it lives.
      const pipe = join(tempDir(), 'pipe');
      spawnSync('mkfifo', [pipe]);
      const PATH = pathWithFakeGit('cat-file', `exec 9> '${pipe}'; echo here >&9; exec sleep 600`);
      const cwd = repoWithKey().dir;
      const child = spawn(process.execPath, [KEYGUARD_BIN, ...STAGED], { cwd, env: cleanEnv({ PATH }) });
      const said = textOf(child.stderr);
      const git = createReadStream(pipe);
      const gone = once(git, 'end');
      await once(git, 'data');
      child.kill(name);
      const [code, signal] = await once(child, 'close');
      expect({ code, signal, said: await said }).toEqual({
        code: null,
        signal: name,
        said: 'keyguard: interrupted; the scan is NOT complete\n',
      });
      await gone;
    },
  );
});

/**
 * A PATH with a git whose staged objects pass through a filter and which ends in its own way after that. The policy files,
 * which are asked for by their names, come from the real one.
 */
function pathWithGitOfObjects(filter: string, end: string): string {
  const body = `
input=$(cat)
case "$input" in :*) printf '%s\\n' "$input" | "$real" "$@"; exit ;; esac
printf '%s\\n' "$input" | "$real" "$@" | ${filter}
${end}`;
  return pathWithFakeGit('cat-file', body);
}

interface Rest {
  readonly code: number | null;
  /** What came out of the other stream. */
  readonly rest: string;
}

/** Runs keyguard with nobody at one of its streams: it is closed before the input is given. */
async function runWithout(stream: 1 | 2, args: readonly string[]): Promise<Rest> {
  const child = spawn(process.execPath, [KEYGUARD_BIN, ...args], { cwd: tempDir(), env: cleanEnv() });
  const rest = textOf(stream === 1 ? child.stderr : child.stdout);
  const closed = stream === 1 ? child.stdout : child.stderr;
  closed.destroy();
  await once(closed, 'close');
  child.stdin.end(WITH_KEY);
  const [code]: (number | null)[] = await once(child, 'exit');
  return { code: code ?? null, rest: await rest };
}

/** Runs keyguard with one of its streams led to a file or device. */
function runInto(path: string, stream: 1 | 2, cwd: string, args: readonly string[]): Rest {
  const file = openSync(path, 'w');
  const stdio = ['ignore', stream === 1 ? file : 'pipe', stream === 2 ? file : 'pipe'] as const;
  const done = spawnSync(process.execPath, [KEYGUARD_BIN, ...args], {
    cwd,
    env: cleanEnv(),
    stdio: [...stdio],
    encoding: 'utf8',
  });
  closeSync(file);
  return { code: done.status, rest: stream === 1 ? done.stderr : done.stdout };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
