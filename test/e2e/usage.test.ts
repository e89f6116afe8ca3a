import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/cli/version.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN, type RunResult } from '../helpers/run.ts';

function said(stderr: string): Partial<RunResult> {
  return { code: 2, stdout: '', stderr };
}

describe('keyguard', () => {
  it.each([
    [['scna'], 'keyguard: unknown command "scna"; did you mean "scan"?\n'],
    [['scan', '--stagd'], 'keyguard: unknown option "--stagd"; did you mean "--staged"?\n'],
    [['scan', '--format', 'jsn'], 'keyguard: --format knows no "jsn"; did you mean "json"?\n'],
    [['scan', '--staged', 'a'], 'keyguard: --staged and PATH cannot go together; give one of them.\n'],
    [['allow'], 'keyguard: keyguard allow needs FINGERPRINT; keyguard allow --help tells more.\n'],
    [[], 'keyguard: no command was given; keyguard --help lists them.\n'],
    [
      ['--quiet', 'hook', 'pre-commit'],
      'keyguard: git calls it as "keyguard hook pre-commit": nothing may stand before "hook".\n',
    ],
    [['rules', 'show'], 'keyguard: keyguard rules show needs ID; keyguard rules list shows all.\n'],
    [['rules', 'list', 'x'], 'keyguard: "x" is one word too many: keyguard rules list\n'],
    [['rules', 'check', 'nowhere.json'], 'keyguard: nowhere.json does not exist; check the path.\n'],
  ])('answers %j with one line and exit code 2', (args, stderr) => {
    expect(keyguard(tempDir(), args)).toEqual(said(stderr));
  });

  it.each([
    ['help', ['--help'], 'keyguard keeps the keys of AI providers out of git.\n'],
    ['help', ['help', 'scan'], 'Look for keys in the working tree'],
    ['help', ['hook', '--help'], 'What git runs (pre-commit, pre-merge-commit, commit-msg, pre-push'],
    ['its version', ['--version'], `${VERSION}\n`],
    ['the rules', ['rules', 'list'], 'openai-project-key'],
    ['one rule', ['rules', 'show', 'openai-project-key'], 'OpenAI'],
    ['that the rules keep their word', ['rules', 'check'], 'every example is found'],
    ['the guide', ['guide', 'openai', 'create'], 'platform.openai.com'],
  ])('tells %s on stdout', (_, args, words) => {
    const { code, stdout, stderr } = keyguard(tempDir(), args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(words);
  });

  it('speaks English and the same in every language', () => {
    const env = { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' };
    expect(keyguard(tempDir(), ['scan', '--format'], { env })).toEqual(said('keyguard: --format needs a value.\n'));
  });

  it('shows no key that was typed, in a command, an option, a value or a path', () => {
    const key = fakeKey('openaiProject');
    const lines = [
      [key],
      ['scan', `--${key}`],
      ['scan', '--format', key],
      ['allow', key],
      ['guide', key],
      ['rules', 'show', key],
    ];
    for (const args of lines) {
      const { code, stdout, stderr } = keyguard(tempDir(), args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^keyguard: [^\n]+\n$/u);
      expect(stderr).toContain(key.slice(-4));
      expect(stderr).not.toContain(key.slice(8, 24));
    }
  });

  it('escapes what would steer a terminal', () => {
    const { stderr } = keyguard(tempDir(), ['\u001b[31mred\nline']);
    expect(stderr).toMatch(/^keyguard: unknown command "[^\u001b\n]*"; [^\n]*\n$/u);
  });

  it('refuses a date that is none', () => {
    const env = { SOURCE_DATE_EPOCH: 'soon' };
    const line = 'keyguard: SOURCE_DATE_EPOCH is not a number of seconds since 1970; correct it or unset it.\n';
    expect(keyguard(tempDir(), ['rules', 'list'], { env })).toEqual(said(line));
  });
});

/** The real `bin/keyguard.js` beside a program of our own. */
function binBeside(start: string | null, hook: string | null = null): string {
  const dir = tempDir();
  mkdirSync(join(dir, 'bin'));
  copyFileSync(KEYGUARD_BIN, join(dir, 'bin', 'keyguard.js'));
  copyFileSync(join(dirname(KEYGUARD_BIN), 'package.json'), join(dir, 'bin', 'package.json'));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  const files = [
    ['dist/cli/start.js', start],
    ['dist/hook/hook.cjs', hook],
  ] as const;
  for (const [path, text] of files) {
    if (text === null) continue;
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return join(dir, 'bin', 'keyguard.js');
}

function node(args: readonly string[]): RunResult {
  const done = spawnSync(process.execPath, args, { env: cleanEnv(), encoding: 'utf8' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

describe('the package', () => {
  it('ships the schema of the config', () => {
    const [shipped, written] = ['dist', 'src/config'].map((folder) =>
      readFileSync(new URL(`../../${folder}/config.schema.json`, import.meta.url), 'utf8'),
    );
    expect(shipped).toBe(written);
  });
});

describe('bin/keyguard.js', () => {
  const notBuilt =
    'keyguard is not built or not installed whole: run "npm ci" and "npm run build" where keyguard lies.\n';

  it.each([['scan'], ['hook', 'pre-commit']])('says so when keyguard is not built: %s', (...args) => {
    expect(node([binBeside(null), ...args])).toEqual(said(notBuilt));
  });

  it('hands a hook its arguments and its exit code', () => {
    const hook = 'exports.runHook = async (argv) => { process.stderr.write(argv.join()); process.exitCode = 1; };';
    expect(node([binBeside(null, hook), 'hook', 'pre-commit', 'x'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'pre-commit,x',
    });
  });

  it.each([
    ['a hook', binBeside.bind(null, null, 'exports.runHook = () => new Promise(() => {});'), 'hook'],
    ['a command', binBeside.bind(null, 'export const start = () => new Promise(() => {});'), 'scan'],
  ])('ends with 2 when %s never ends', (_, bin, command) => {
    expect(node([bin(), command])).toEqual(said(''));
  });

  it.each([
    [
      'a hook',
      binBeside.bind(null, null, 'exports.runHook = async () => { throw new Error("secret words"); };'),
      'hook',
    ],
    [
      'a command',
      binBeside.bind(null, 'export const start = async () => { throw new Error("secret words"); };'),
      'scan',
    ],
  ])('shows nothing of an error that %s did not expect', (_, bin, command) => {
    expect(node([bin(), command])).toEqual(said('keyguard: internal error; the scan is NOT complete\n'));
  });

  it('tells a Node that is too old so', () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`;
    const preload = join(tempDir(), 'pretend.cjs');
    writeFileSync(preload, pretend);
    expect(node(['--require', preload, KEYGUARD_BIN, '--version'])).toEqual(
      said('keyguard needs Node 20.19, 22.12 or 24 and newer; this is 18.20.4.\n'),
    );
  });

  it('is written for any Node', () => {
    const text = readFileSync(KEYGUARD_BIN, 'utf8');
    expect(text).not.toMatch(/=>|\b(?:const|let|class|async|await|static)\b|`|\?\.|\?\?|\.\.\./u);
    expect(text).toContain('var ');
  });
});

/** Runs the built program with a scan of our own. */
function startWith(scan: string, args: readonly string[] = ['scan']): readonly string[] {
  const url = pathToFileURL(fileURLToPath(new URL('../../dist/cli/start.js', import.meta.url)));
  const script = `const { start } = await import(${JSON.stringify(url)}); start(${JSON.stringify(args)}, 'bin', { scan: ${scan} });`;
  return ['--input-type=module', '--eval', script];
}

describe('the running program', () => {
  it('ends with the code of its command', () => {
    expect(node(startWith('async () => 0')).code).toBe(0);
    expect(node(startWith('async () => 1')).code).toBe(1);
  });

  it('ends with 2 when a promise is never kept', () => {
    expect(node(startWith('() => new Promise(() => {})'))).toEqual(said(''));
  });

  it.each([
    ['thrown by a command', 'async () => { throw new TypeError("x is undefined"); }'],
    ['thrown in a callback', 'async () => { setTimeout(() => { throw new Error("x is undefined"); }); return 0; }'],
    ['of a promise that nobody waits for', 'async () => { Promise.reject(new Error("x is undefined")); return 0; }'],
    ['that is no error', 'async () => { throw "x is undefined"; }'],
  ])('ends with 2 and one line for a fault %s', (_, scan) => {
    expect(node(startWith(scan))).toEqual(said('keyguard: internal error: x is undefined\n'));
  });

  it('shows no key that stands in an internal error, with its stack neither', () => {
    const key = fakeKey('openaiProject');
    const scan = `async function failing() { throw new Error(${JSON.stringify(`bad\n at ${key}`)}); }`;
    for (const args of [['scan'], ['scan', '--verbose']]) {
      const { code, stderr } = node(startWith(scan, args));
      expect(code).toBe(2);
      expect(stderr).not.toContain(key.slice(8, 24));
      expect(stderr.includes('failing')).toBe(args.includes('--verbose'));
    }
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'])(
    'dies of a %s that came while it was too busy to notice',
    (signal) => {
      const scan = `async () => { process.kill(process.pid, '${signal}'); return 0; }`;
      const { signal: by, stderr } = spawnSync(process.execPath, startWith(scan), {
        env: cleanEnv(),
        encoding: 'utf8',
      });
      expect([by, stderr]).toEqual([signal, 'keyguard: interrupted; the scan is NOT complete\n']);
    },
  );

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'says that it was interrupted, ends its children and dies of %s',
    async (signal) => {
      const git = join(tempDir(), 'git');
      writeFileSync(git, '#!/bin/sh\necho $$ > "$0.pid"\nexec sleep 1000\n', { mode: 0o755 });
      const run = JSON.stringify(new URL('../../dist/sources/git/run.js', import.meta.url));
      const scan = `async (_, { host }) => {
        const { openGit, runGit } = await import(${run});
        await runGit(openGit({ ...host, env: { ...host.env, PATH: ${JSON.stringify(`${dirname(git)}:/bin:/usr/bin`)} } }), ['x']);
        return 0;
      }`;
      const child = spawn(process.execPath, startWith(scan), { env: cleanEnv(), stdio: ['ignore', 'ignore', 'pipe'] });
      await expect(interruptWhenThere(`${git}.pid`, child, signal)).resolves.toBe('interrupted');
      let stderr = '';
      child.stderr.on('data', (chunk) => (stderr += String(chunk)));
      const ended = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
      expect(ended).toBe(signal);
      expect(stderr).toBe('keyguard: interrupted; the scan is NOT complete\n');
      const pid = readFileSync(`${git}.pid`, 'utf8').trim();
      // The child was told to end; the system may need a moment, and a zombie has ended.
      const state = (): string => spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout;
      await expect.poll(state, { timeout: 10_000 }).toMatch(/^(?:Z.*\s*)?$/u);
    },
  );
});

/** Sends the signal once the child of the process has told its id. */
async function interruptWhenThere(pidFile: string, process: ChildProcess, signal: NodeJS.Signals): Promise<string> {
  for (let tries = 0; tries < 1000; tries++) {
    if (existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n')) {
      process.kill(signal);
      return 'interrupted';
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return 'no child was seen';
}

describe('keyguard allow', () => {
  const A = 'a'.repeat(16);
  const B = 'b'.repeat(16);
  const KEY = fakeKey('openaiProject');
  const FINGERPRINT = fingerprintOf(new Secret(KEY));
  const today = { SOURCE_DATE_EPOCH: '1795132800' };

  it('accepts findings in one sorted file at the top of the repository', () => {
    const repo = tempRepo();
    repo.write('src/a.ts', '');
    const sub = join(repo.dir, 'src');
    expect(keyguard(sub, ['allow', B, '--reason', 'a fixture', '--until', '2027-01-31'], { env: today })).toEqual({
      code: 0,
      stderr: '',
      stdout:
        `Accepted ${B} until 2027-01-31: a fixture\n` +
        'No finding here has this fingerprint now.\n' +
        'If the risk of its rule is high, this is not enough: it needs --i-revoked-it DATE or --never-live.\n' +
        'It stands in keyguard.baseline.jsonl; for a commit it counts once it is staged:\n' +
        'git add -- :/keyguard.baseline.jsonl\n',
    });
    const args = ['allow', A, '--reason', 'old', '--rule', 'openai-admin-key', '--i-revoked-it', '2026-11-19'];
    expect(keyguard(sub, args, { env: today }).code).toBe(0);
    expect(readFileSync(join(repo.dir, 'keyguard.baseline.jsonl'), 'utf8')).toBe(
      `{"fingerprint":"${A}","rule":"openai-admin-key","redacted":null,"firstSeen":"2026-11-20","reason":"old","owner":null,"until":null,"proof":{"kind":"revoked","on":"2026-11-19"}}\n` +
        `{"fingerprint":"${B}","rule":null,"redacted":null,"firstSeen":"2026-11-20","reason":"a fixture","owner":null,"until":"2027-01-31","proof":null}\n`,
    );
    expect(readdirSync(repo.dir).toSorted()).toEqual(['.git', 'keyguard.baseline.jsonl', 'src']);
  });

  it('replaces the entry of the same finding and says so', () => {
    const repo = tempRepo();
    expect(keyguard(repo.dir, ['allow', A, '--reason', 'one'], { env: { SOURCE_DATE_EPOCH: '0' } }).code).toBe(0);
    const { stdout } = keyguard(repo.dir, ['allow', A, '--reason', 'two'], { env: today });
    expect(stdout).toContain('It replaces the earlier entry in keyguard.baseline.jsonl');
    const lines = readFileSync(join(repo.dir, 'keyguard.baseline.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ reason: 'two', firstSeen: '1970-01-01' }]);
  });

  it.each([
    [['xyz', '--reason', 'x'], '"xyz" is no fingerprint: it is the 16 digits of 0-9 and a-f beside a finding.'],
    [[A.toUpperCase(), '--reason', 'x'], `"${A.toUpperCase()}" is no fingerprint:`],
    [[A], `Say why: keyguard allow ${A} --reason "it is a test fixture".`],
    [[A, '--reason', ' '], `Say why: keyguard allow ${A} --reason`],
    [[A, '--reason', '…'], `Say why: keyguard allow ${A} --reason`],
    [[A, '--reason', '...'], `Say why: keyguard allow ${A} --reason`],
    [[A, '--reason='], '--reason needs a value.'],
    [[A, '--reason', 'x', '--until', '31.1.2027'], '--until takes a day as 2026-11-20, not "31.1.2027".'],
    [[A, '--reason', 'x', '--until', '2026-11-19'], '--until 2026-11-19 has passed; give a later day.'],
    [
      [A, '--reason', 'x', '--i-revoked-it', '2026-11-31'],
      '--i-revoked-it takes a day as 2026-11-20, not "2026-11-31".',
    ],
    [
      [A, '--reason', 'x', '--i-revoked-it', '2026-11-21'],
      '--i-revoked-it 2026-11-21 is in the future; revoke the key first.',
    ],
    [
      [A, '--reason', 'x', '--i-revoked-it', '2026-11-19', '--never-live'],
      '--i-revoked-it and --never-live cannot go together',
    ],
    [
      [A, '--reason', 'x', '--rule', 'openai-projct-key'],
      '--rule: unknown rule "openai-projct-key"; did you mean "openai-project-key"?',
    ],
    [
      [A, '--reason', 'x', '--rule', 'openai-admin-key'],
      'The risk of openai-admin-key is high: revoke the key and add --i-revoked-it',
    ],
  ])('refuses %j and writes nothing', (args, message) => {
    const repo = tempRepo();
    const { code, stdout, stderr } = keyguard(repo.dir, ['allow', ...args], { env: today });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`keyguard: ${message}`);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(existsSync(join(repo.dir, 'keyguard.baseline.jsonl'))).toBe(false);
  });

  it('refuses a file that it cannot read whole, and leaves it as it is', () => {
    const repo = tempRepo();
    repo.write('keyguard.baseline.jsonl', 'nonsense\n');
    const { code, stderr } = keyguard(repo.dir, ['allow', A, '--reason', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('keyguard: keyguard.baseline.jsonl:1: this line is not a JSON object.');
    expect(readFileSync(join(repo.dir, 'keyguard.baseline.jsonl'), 'utf8')).toBe('nonsense\n');
  });

  it.skipIf(process.platform === 'win32')('does not write through a link', () => {
    const repo = tempRepo();
    const outside = join(tempDir(), 'outside');
    writeFileSync(outside, '');
    symlinkSync(outside, join(repo.dir, 'keyguard.baseline.jsonl'));
    const { code, stderr } = keyguard(repo.dir, ['allow', A, '--reason', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('is not a regular file; make it one.');
    expect(readFileSync(outside, 'utf8')).toBe('');
    expect(lstatSync(join(repo.dir, 'keyguard.baseline.jsonl')).isSymbolicLink()).toBe(true);
  });

  it.each(['staged', 'in the working tree'])('writes what it knows of a finding that is %s', (where) => {
    const repo = tempRepo();
    repo.write('a.ts', `const key = '${KEY}';\n`);
    if (where === 'staged') {
      repo.git('add', '.');
      repo.write('a.ts', 'clean\n');
    }
    const { stdout } = keyguard(repo.dir, ['allow', FINGERPRINT, '--reason', 'a fixture'], { env: today });
    const shown = `sk-proj-…${KEY.slice(-4)}`;
    expect(stdout).toBe(
      `Accepted ${FINGERPRINT}: a fixture\n` +
        `It is the OpenAI project API key ${shown} in a.ts:1.\n` +
        'It stands in keyguard.baseline.jsonl; for a commit it counts once it is staged:\n' +
        'git add -- keyguard.baseline.jsonl\n',
    );
    expect(JSON.parse(readFileSync(join(repo.dir, 'keyguard.baseline.jsonl'), 'utf8'))).toMatchObject({
      rule: 'openai-project-key',
      redacted: shown,
    });
  });

  it('refuses a finding of high risk without proof, and takes it with one', () => {
    const repo = tempRepo();
    const admin = fakeKey('openaiAdmin');
    const fingerprint = fingerprintOf(new Secret(admin));
    repo.write('a.ts', `const key = '${admin}';\n`);
    expect(keyguard(repo.dir, ['allow', fingerprint, '--reason', 'x'])).toEqual(
      said(
        'keyguard: The risk of openai-admin-key is high: revoke the key and add --i-revoked-it DATE, or --never-live if ' +
          'it never opened anything.\n',
      ),
    );
    expect(existsSync(join(repo.dir, 'keyguard.baseline.jsonl'))).toBe(false);
    expect(keyguard(repo.dir, ['allow', fingerprint, '--reason', 'x', '--never-live']).code).toBe(0);
  });

  it('takes the current folder where there is no repository', () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'a.ts'), `const key = '${KEY}';\n`);
    const { code, stdout } = keyguard(dir, ['allow', FINGERPRINT, '--reason', 'a fixture']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/in a\.ts:1\.\nIt stands in keyguard\.baseline\.jsonl of this folder\.\n$/u);
    expect(keyguard(dir, ['scan']).code).toBe(0);
  });

  it('takes no key in a reason', () => {
    const key = fakeKey('openaiProject');
    const repo = tempRepo();
    expect(keyguard(repo.dir, ['allow', A, '--reason', `it is ${key}`])).toEqual(
      said('keyguard: --reason holds a key, and the file is committed; say it without the key.\n'),
    );
    expect(existsSync(join(repo.dir, 'keyguard.baseline.jsonl'))).toBe(false);
  });
});
