import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { leaksIn } from '../helpers/leaks.ts';
import {
  fakeGit,
  filesBelow,
  KEYS,
  PLANTED,
  type PlantedRepo,
  plantedRepo,
  redacted,
} from '../helpers/planted-repo.ts';
import { cleanEnv } from '../helpers/repo.ts';
import { KEYGUARD_BIN } from '../helpers/run.ts';

// Keys that a rule knows by their form are hidden wherever they come from. A password among the arguments is not: nothing
// tells it from a word, and nobody promises to hide it.

let repo: PlantedRepo;
beforeAll(() => {
  repo = plantedRepo();
}, 60_000);
afterAll(() => repo.remove());

/** Whatever may be made to talk talks, and every variable that a program looks at holds a key. */
const TALKATIVE: Readonly<Record<string, string>> = {
  NODE_DEBUG: 'fs,net,http,timer,worker,esm',
  DEBUG: '*',
  OPENAI_API_KEY: KEYS.env.key,
  KEYGUARD: KEYS.env.key,
  KEYGUARD_CONFIG: KEYS.env.key,
  SSH_ASKPASS: KEYS.env.key,
  EDITOR: KEYS.env.key,
  NODE_NO_WARNINGS: '',
};

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
}

function keyguard(args: readonly string[], { env, input, cwd }: Setting = {}): Ran {
  const done = spawnSync(process.execPath, [KEYGUARD_BIN, ...args], {
    cwd: cwd ?? repo.dir,
    env: cleanEnv({ ...TALKATIVE, TMPDIR: repo.home, ...env }),
    input: Buffer.from(input ?? ''),
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: done.status, said: `${done.stdout.toString('utf8')}\n${done.stderr.toString('utf8')}` };
}

/** It spoke of the thing, and kept the keys. */
function expectKept({ said }: Ran, spoken: string | RegExp): void {
  // Compared like this, a failure does not print megabytes.
  expect(speaksOf(said, spoken) ? spoken : said.slice(-2000)).toBe(spoken);
  expect(leaksIn(said, PLANTED)).toEqual([]);
}

function speaksOf(said: string, spoken: string | RegExp): boolean {
  return typeof spoken === 'string' ? said.includes(spoken) : spoken.test(said);
}

const A = KEYS.argument.key;
const ARGUMENT = redacted(KEYS.argument);
const FINGERPRINT = '0123456789abcdef';
const REASON = ['--reason', 'a fixture'];

const EVERYTHING: readonly (keyof typeof KEYS)[] = ['content', 'beside', 'wide', 'minified', 'folder', 'file'];

describe.each(['pretty', 'json'])('a report as %s', (format) => {
  test.each<readonly [string, readonly string[], Setting, readonly (keyof typeof KEYS)[]]>([
    ['the working tree', ['scan', '--verbose'], {}, EVERYTHING],
    ['the working tree, in colour', ['scan', '--color', 'always'], {}, ['beside']],
    ['the working tree, in short', ['scan', '--quiet'], {}, ['beside']],
    ['what is staged', ['scan', '--staged', '--verbose'], {}, EVERYTHING],
    ['a folder named after a key', ['scan', KEYS.folder.key], {}, ['content', 'folder', 'file']],
    ['a file named after a key', ['scan', `untracked-${KEYS.file.key}.txt`], {}, ['content', 'file']],
    ['what was pushed to a remote named after a key', ['scan', 'src/again.ts'], {}, ['pushed', 'remote']],
    ['standard input', ['scan', '--stdin'], { input: `x ${KEYS.content.key} y` }, ['content']],
    ['standard input, named', ['scan', '--stdin', '--stdin-filename', A], { input: KEYS.content.key }, ['argument']],
    ['a list', ['scan', '--files-from', '-'], { input: `untracked-${KEYS.file.key}.txt\n` }, ['file', 'content']],
    ['commits, their messages and authors', ['scan', '--range', 'HEAD..stash@{0}'], {}, ['stash', 'branch']],
    ['a comment for another rule', ['scan', 'src/wrong.ts'], {}, ['comment', 'content']],
  ])('of %s keeps the keys', (_name, args, setting, about) => {
    const ran = keyguard([...args, '--format', format], setting);
    expect(ran.code).toBe(1);
    expect(about.filter((name) => !ran.said.includes(redacted(KEYS[name])))).toEqual([]);
    expect(leaksIn(ran.said, PLANTED)).toEqual([]);
  });
});

describe('a report', () => {
  test('in files keeps the keys, as what is printed', () => {
    const folder = join(repo.home, 'reports');
    mkdirSync(folder);
    const [json, pretty, output] = ['r.json', 'r.txt', `${A}.txt`].map((name) => join(folder, name));
    const ran = keyguard([
      'scan',
      '--report',
      `json=${json}`,
      '--report',
      `pretty=${pretty}`,
      '--output',
      output ?? '',
    ]);
    expect(ran.code).toBe(1);
    expectKept(ran, 'findings');
    const files = filesBelow(folder);
    expect([...files.keys()]).toHaveLength(3);
    for (const [, bytes] of files) {
      expect(bytes.toString('utf8')).toContain(redacted(KEYS.content));
      expect(leaksIn(bytes, PLANTED)).toEqual([]);
    }
  });

  test('lists what a comment allows without what the comment says of keys', () => {
    expectKept(keyguard(['scan', 'src/allowed.ts', '--verbose']), `not ${redacted(KEYS.comment)}`);
    expectKept(keyguard(['scan', 'src/allowed.ts', '--format', 'json']), `not ${redacted(KEYS.comment)}`);
  });

  test('of keys that no rule takes whole says nothing of them', () => {
    expectKept(keyguard(['scan', 'src/only-glued.txt', '--verbose']), 'scanned 1 of 1 file');
  });

  test.each(['pre-commit', 'pre-merge-commit'])('of the hook %s keeps the keys', (name) => {
    const ran = keyguard(['hook', name]);
    expect(ran.code).toBe(1);
    expectKept(ran, redacted(KEYS.content));
  });
});

test.each(['pre-push', 'pre-receive'])('a report of the hook %s keeps the keys', (name) => {
  const [head, zero, ref] = [repo.git('rev-parse', 'HEAD').trim(), '0'.repeat(40), `refs/heads/${KEYS.branch.key}`];
  const input = name === 'pre-push' ? `${ref} ${head} ${ref} ${zero}\n` : `${zero} ${head} ${ref}\n`;
  const ran = keyguard(['hook', name, KEYS.remote.key, `https://me:${KEYS.url.key}@example.com/other.git`], { input });
  expect(ran.code).toBe(1);
  expectKept(ran, redacted(KEYS.branch));
  if (name === 'pre-push')
    for (const key of ['author', 'message', 'pushed'] as const) expectKept(ran, redacted(KEYS[key]));
});

test('a report of the hook commit-msg keeps the keys', () => {
  const file = join(repo.home, `message ${KEYS.file.key}`);
  writeFileSync(file, `Use ${KEYS.content.key}, not ${KEYS.beside.key}\n`);
  expectKept(keyguard(['hook', 'commit-msg', file]), redacted(KEYS.beside));
});

describe('an explanation', () => {
  test.each([
    ['of a file', 'src/two.ts', redacted(KEYS.beside)],
    ['of a line', 'src/two.ts:1', redacted(KEYS.content)],
    ['of a file in UTF-16', 'src/wide.txt', redacted(KEYS.wide)],
    ['of a minified file', 'dist/app.min.js', redacted(KEYS.minified)],
    ['of the border of a window', 'src/border.txt', redacted(KEYS.minified)],
    ['of matches that are dropped', 'src/only-glued.txt', /only-glued\.txt:\d+:\d+: .*not reported, because/u],
    ['of a path named after a key', `${KEYS.folder.key}/${KEYS.file.key}.env`, redacted(KEYS.file)],
    ['of a path that is not there', `${A}.txt:3`, ARGUMENT],
  ])('%s keeps the keys', (_name, place, spoken) => {
    expectKept(keyguard(['why', place]), spoken);
    expectKept(keyguard(['why', place, '--verbose']), spoken);
  });
});

describe('a word on the command line that is a key', () => {
  test.each<[args: readonly string[], spoken?: string | RegExp]>([
    [[A]],
    [[`--${A}`]],
    [[`-${A}`], /unknown option/u],
    [['scan', `--${A}`]],
    [['scan', `--${A}=x`]],
    [['scan', `--foo=${A}`], 'unknown option "--foo"'],
    [['scan', '--format', A]],
    [['scan', `--format=${A}`]],
    [['scan', '--color', A]],
    [['scan', '--fail-on', A]],
    [['scan', '--skip-rule', A]],
    [['scan', '--config', A]],
    [['scan', '--report', A]],
    [['scan', '--report', `${A}=x`]],
    [['scan', '--report', `json=no-such-folder/${A}/r.json`]],
    [['scan', '--output', `no-such-folder/${A}/r.json`]],
    [['scan', '--files-from', A]],
    [['scan', '--stdin-filename', A], 'says nothing without --stdin'],
    [['scan', A]],
    [['scan', `%73%6b%2d${A.slice(3)}`], 'sk-proj-…'],
    [['scan', encodeURIComponent(A).replaceAll('-', '%2D')]],
    [['scan', `${A}${A.slice(8)}`], 'sk-proj-…'],
    [['scan', `${'long/'.repeat(900)}${A}`]],
    [['scan', `${A.slice(0, 50)}\u001b[31m${A.slice(50)}`]],
    [['scan', '--staged', A], '--staged and PATH'],
    [['scan', '--range', A]],
    [['scan', '--range', `${A}..HEAD`]],
    [['scan', '--range', `HEAD..${A}`]],
    [['scan', '--since', A]],
    [['scan', '--since', `${A}..`]],
    [['hook', 'commit-msg', A]],
    [['hook', A]],
    [['hook', 'pre-comit', A], 'pre-commit'],
    [['install', A]],
    [['install', '--if-missing', A]],
    [['uninstall', A]],
    [['guide', A]],
    [['guide', 'openai', A]],
    [['guide', 'openai', 'scenario', A]],
    [['guide', 'openai', 'create', A]],
    [['rules', A]],
    [['rules', 'list', A]],
    [['rules', 'show', A]],
    [['rules', 'show', 'openai-project-key', A]],
    [['rules', 'check', A]],
    [['allow', A]],
    [['allow', FINGERPRINT, A, ...REASON]],
    [['allow', FINGERPRINT, '--until', A, ...REASON]],
    [['allow', FINGERPRINT, '--i-revoked-it', A, ...REASON]],
    [['allow', FINGERPRINT, '--rule', A, ...REASON]],
    [['allow', FINGERPRINT, '--reason', `it is ${A}`], '--reason holds a key'],
    [['why', 'src/two.ts', A]],
    [['help', A]],
    [['help', 'scan', A]],
  ])('is not repeated: line %#', (args, spoken = ARGUMENT) => {
    const ran = keyguard([...args, '--verbose']);
    expect(ran.code).toBe(2);
    expectKept(ran, spoken);
  });
});

describe('commands that scan nothing', () => {
  test.each([
    [['--help'], 'Usage'],
    [['help', 'scan'], 'Usage'],
    [['--version'], /\d+\.\d+/u],
    [['guide'], 'openai'],
    [['guide', 'openai', 'create'], 'platform.openai.com'],
    [['rules', 'list'], 'openai-project-key'],
    [['rules', 'show', 'openai-project-key'], 'OpenAI'],
    [['rules', 'check'], 'every example is found'],
    [['install', '--dry-run'], redacted(KEYS.top).slice(0, 4)],
    [['uninstall', '--dry-run'], 'not installed'],
  ])('keep the keys of the environment: %s', (args, spoken) => {
    expectKept(keyguard(args), spoken);
  });
});

describe('what is written into a repository', () => {
  function changing(): PlantedRepo {
    const copy = repo.copy();
    onTestFinished(copy.remove);
    return copy;
  }

  test('by install and uninstall holds no key', () => {
    const { dir } = changing();
    const before = filesBelow(dir);
    expectKept(keyguard(['install'], { cwd: dir }), 'keyguard checks the commits');
    const written = [...filesBelow(dir)].filter(([path]) => !before.has(path));
    expect(written.map(([path]) => path.slice(dir.length + 1))).toEqual(
      expect.arrayContaining(['.git/hooks/pre-commit', '.git/keyguard/install.json']),
    );
    for (const [, bytes] of written) expect(leaksIn(bytes, PLANTED)).toEqual([]);
    expectKept(keyguard(['uninstall'], { cwd: dir }), 'took back');
  });

  test('by allow holds no key, and the entries of others are not printed', () => {
    const { dir, write } = changing();
    expectKept(keyguard(['allow', FINGERPRINT, '--reason', 'a fixture'], { cwd: dir }), 'Accepted');
    expect(leaksIn(readFileSync(join(dir, 'keyguard.baseline.jsonl')), PLANTED)).toEqual([]);
    const refused = keyguard(['allow', FINGERPRINT, '--reason', `it is ${A}`], { cwd: dir });
    expect(refused.code).toBe(2);
    expectKept(refused, '--reason holds a key');
    expect(leaksIn(readFileSync(join(dir, 'keyguard.baseline.jsonl')), PLANTED)).toEqual([]);
    const entry = { fingerprint: 'fedcba9876543210', reason: KEYS.reason.key, owner: KEYS.reason.key };
    write('keyguard.baseline.jsonl', `${JSON.stringify(entry)}\n`);
    expectKept(keyguard(['allow', FINGERPRINT, '--reason', 'a fixture'], { cwd: dir }), 'Accepted');
  });

  test('by others as a reason is not repeated in a report', () => {
    const { dir, write } = changing();
    const found = keyguard(['scan', 'src/two.ts', '--format', 'json'], { cwd: dir }).said;
    const fingerprint = /"fingerprint": "(?<id>[0-9a-f]{16})",\s+"ruleId": "openai-project-key"/u.exec(found)?.groups?.[
      'id'
    ];
    write('keyguard.baseline.jsonl', `${JSON.stringify({ fingerprint, reason: `see ${KEYS.reason.key}` })}\n`);
    for (const more of [['--verbose'], ['--format', 'json']])
      expectKept(keyguard(['scan', 'src/two.ts', ...more], { cwd: dir }), `see ${redacted(KEYS.reason)}`);
  });

  test.each([
    ['keyguard.config.json', `{"${KEYS.reason.key}": 1}`],
    ['keyguard.config.json', `{"skipRules": ["${KEYS.reason.key}"]}`],
    ['keyguard.config.json', `{"failOn": "${KEYS.reason.key}"}`],
    ['keyguard.config.json', `{"overrides": [{"${KEYS.reason.key}": []}]}`],
    ['keyguard.baseline.jsonl', `{"${KEYS.reason.key}": 1}\n`],
    ['keyguard.config.json', `{ ${KEYS.reason.key}`],
    ['keyguard.baseline.jsonl', KEYS.reason.key],
    ['keyguard.baseline.jsonl', `{"fingerprint": "${KEYS.reason.key}", "reason": "x"}`],
  ])('by others in %s that cannot be read is not repeated: %#', (name, text) => {
    const { dir, write } = changing();
    write(name, text);
    for (const args of [
      ['scan', '--format', 'json', '--verbose'],
      ['why', 'src/two.ts'],
    ]) {
      const ran = keyguard(args, { cwd: dir });
      expect(ran.code).toBe(2);
      expectKept(ran, name);
    }
  });

  test.each([
    ['an unknown field', JSON.stringify({ provider: 'x', [KEYS.reason.key]: 1 })],
    ['no JSON', `{ "provider": ${KEYS.reason.key}`],
    ['an example that is not found', ruleFile()],
  ])('as a rule file with %s is not repeated', (_name, text) => {
    const { dir, write } = changing();
    write('my-rules.json', text);
    const ran = keyguard(['rules', 'check', 'my-rules.json'], { cwd: dir });
    expect(ran.code).not.toBe(0);
    expectKept(ran, 'my-rules');
  });
});

/** The rules of OpenRouter with an example that holds a key of somebody else. */
function ruleFile(): string {
  const text = readFileSync(new URL('../../rules/openrouter.json', import.meta.url), 'utf8');
  return text
    .replaceAll('openrouter-api-key', `my-rules-${KEYS.reason.key}`)
    .replace('"examples": [', `"examples": ["x <<${KEYS.reason.key}>>",`);
}

// Fake programs and signals are written for POSIX.
describe.skipIf(process.platform === 'win32')('a failure', () => {
  const said = `fatal: unable to access 'https://me:${KEYS.git.key}@example.com/'`;

  test.each([
    ['says a key and fails', `echo "${said}" >&2; exit 128`, redacted(KEYS.git)],
    [
      'says much and a key at the edge of what is kept',
      `printf '%s%s' "${KEYS.git.key}" "${'x '.repeat(4060)}" >&2; exit 128`,
      'failed',
    ],
    ['says only a key', `printf '%s' "${KEYS.git.key}"; exit 0`, 'keyguard: '],
    ['says a key and dies', `echo "${said}" >&2; kill -9 $$`, 'ended by SIGKILL'],
  ])('of a git that %s keeps the key', (name, script, spoken) => {
    const folder = fakeGit(repo.home, `git that ${name}`, script);
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    for (const args of [
      ['scan', '--staged', '--format', 'json'],
      ['hook', 'pre-commit'],
      ['why', 'src/two.ts'],
    ]) {
      const ran = keyguard(args, { env });
      expect(ran.code).toBe(2);
      expectKept(ran, spoken);
    }
    expectKept(keyguard(['install'], { env }), 'keyguard: ');
  });

  test('of the look-up is told without the key', () => {
    const script = `case "$*" in *for-each-ref*) echo "${said}" >&2; exit 128;; esac; exec /usr/bin/env -u PATH ${realGit()} "$@"`;
    const env = { PATH: `${fakeGit(repo.home, 'git without refs', script)}:/usr/bin:/bin` };
    for (const format of ['pretty', 'json'])
      expectKept(keyguard(['scan', 'src/two.ts', '--format', format], { env }), /git\s+could\s+not\s+be\s+asked/u);
  });

  test.each([
    ['GIT_DIR', /not a git repository/u],
    ['GIT_INDEX_FILE', /index/u],
    ['GIT_WORK_TREE', /keyguard: /u],
    ['SOURCE_DATE_EPOCH', /SOURCE_DATE_EPOCH/u],
    ['KEYGUARD_POLICY', /KEYGUARD_POLICY/u],
  ])('of a wrong %s keeps the key in it', (name, spoken) => {
    const ran = keyguard(['scan', '--staged', '--verbose'], { env: { [name]: `/no/${KEYS.env.key}` } });
    expect(ran.code).toBe(2);
    expectKept(ran, spoken);
  });

  test('of a damaged repository keeps the keys', () => {
    const copy = repo.copy();
    onTestFinished(copy.remove);
    const oid = copy.git('rev-parse', ':src/two.ts').trim();
    writeFileSync(join(copy.dir, '.git/HEAD'), `ref: refs/heads/${KEYS.branch.key}\n`);
    expectKept(keyguard(['scan', '--staged'], { cwd: copy.dir }), /scanned|keyguard: /u);
    rmSync(join(copy.dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    const ran = keyguard(['scan', '--staged'], { cwd: copy.dir });
    expect(ran.code).toBe(2);
    expectKept(ran, 'NOT complete');
    mkdirSync(join(copy.dir, '.git/refs/heads', KEYS.branch.key));
    writeFileSync(join(copy.dir, '.git/index'), KEYS.content.key);
    expectKept(keyguard(['scan', '--staged'], { cwd: copy.dir }), 'keyguard: ');
  });

  test.each([
    ['an error that nobody caught', whenGuarded(`throw new Error('no ${KEYS.env.key}')`)],
    ['a promise that nobody awaits', whenGuarded(`void Promise.reject(new Error('no ${KEYS.env.key}'))`)],
    ['a text that is thrown', whenGuarded(`throw 'no ${KEYS.env.key}'`)],
    [
      'a bug on the way',
      `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
      fs.readSync = function inner() { throw new Error('no ${KEYS.env.key}'); }; syncBuiltinESMExports();`,
    ],
  ])('that is %s is told without the key', (_name, source) => {
    const preload = join(repo.home, 'preload.mjs');
    writeFileSync(preload, source);
    const env = { NODE_OPTIONS: `--import ${pathToFileURL(preload).href}` };
    for (const args of [
      ['scan', 'src/again.ts'],
      ['scan', 'src/again.ts', '--verbose'],
    ]) {
      const ran = keyguard(args, { env });
      expect(ran.code).not.toBe(0);
      expect(leaksIn(ran.said, PLANTED)).toEqual([]);
      expect(ran.said).toMatch(/sk-proj-…|could not be read/u);
    }
  });

  test.each(['1', '2'])('to write to a closed stream %s keeps the keys', (fd) => {
    const done = spawnSync('sh', ['-c', `"$0" "$@" ${fd}>&-`, process.execPath, KEYGUARD_BIN, 'scan', 'src/two.ts'], {
      cwd: repo.dir,
      env: cleanEnv(TALKATIVE),
    });
    const both = Buffer.concat([done.stdout, done.stderr]);
    expect(both.length).toBeGreaterThan(0);
    expect(leaksIn(both, PLANTED)).toEqual([]);
  });

  test('by a signal in the middle keeps the keys', async () => {
    const folder = fakeGit(repo.home, 'git that waits', `echo "${said}" >&2; echo started >> "$STARTED"; sleep 30`);
    const started = join(repo.home, 'started');
    const env = cleanEnv({ ...TALKATIVE, PATH: `${folder}:/usr/bin:/bin`, STARTED: started });
    const child = spawn(process.execPath, [KEYGUARD_BIN, 'scan'], {
      cwd: repo.dir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<unknown>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
    while (!isThere(started)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(text).toContain('interrupted');
    expect(leaksIn(text, PLANTED)).toEqual([]);
  });
});

/** A preload that fails once the program is up. */
function whenGuarded(statement: string): string {
  return `(function wait() { if (process.listenerCount('uncaughtException') === 0) setImmediate(wait).unref(); else { ${statement} } })();`;
}

function isThere(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

function realGit(): string {
  return spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
}

describe('Node itself', () => {
  test.each(['child_process', 'fs,CHILD_PROCESS', '*', 'stream', 'str*'])(
    'is not let print what keyguard reads and starts with NODE_DEBUG=%s',
    (value) => {
      for (const args of [['scan'], ['hook', 'pre-commit'], ['install']]) {
        const ran = keyguard(args, { env: { NODE_DEBUG: value } });
        expect(ran.code).toBe(2);
        expectKept(ran, 'NODE_DEBUG');
      }
    },
  );
});

describe('nothing stays behind', () => {
  test('in temporary files', () => {
    const temporary = join(repo.home, 'tmp');
    mkdirSync(temporary);
    for (const args of [['scan'], ['scan', '--staged'], ['hook', 'pre-commit'], ['install', '--dry-run']])
      keyguard(args, { env: { TMPDIR: temporary, HOME: temporary, XDG_CACHE_HOME: temporary } });
    expect([...filesBelow(temporary)]).toEqual([]);
  });
});
