import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WINDOW_BYTES } from '../../src/model/fragment.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, repoAt, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { WIDE } from '../detection/wide.ts';
import { cutOut, type Place } from './cut-out.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject');
const FINGERPRINT = fingerprintOf(new Secret(KEY));
const WITH_KEY = `first line\nconst key = '${KEY}';\n`;

/** What git has staged at a path, its bytes. `path` may hold any byte (latin1). */
function blobAt(repo: TestRepo, path: string): Buffer {
  const listed = execFileSync('git', ['ls-files', '-s', '-z'], { cwd: repo.dir, env: cleanEnv(), encoding: 'latin1' });
  const line = listed.split('\0').find((entry) => entry.endsWith(`\t${path}`)) ?? '';
  const oid = line.split(' ')[1] ?? '';
  return execFileSync('git', ['--no-replace-objects', 'cat-file', 'blob', oid], {
    cwd: repo.dir,
    env: cleanEnv(),
    maxBuffer: 100 * 1024 * 1024,
  });
}

/** The key stands in `path` once, the scan read everything and found it there once, and its place cuts out the key. */
function expectFoundOnce(repo: TestRepo, path: string, env: Readonly<Record<string, string>> = {}): void {
  const { code, report } = scanJson(repo.dir, ['--staged'], { env });
  expect({ code, complete: report.complete }).toEqual({ code: 1, complete: true });
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({ fingerprint: FINGERPRINT, ruleId: 'openai-project-key' });
  expect(report.findings[0]?.location).toMatchObject({ kind: 'blob', path });
  expect(cutAt(repo, path, report.findings[0]?.location)).toBe(KEY);
}

function cutAt(repo: TestRepo, path: string, place: Place | undefined): string {
  if (place === undefined) throw new Error('There is no finding.');
  return cutOut(blobAt(repo, path), place);
}

type Trick = readonly [name: string, play: (repo: TestRepo) => Readonly<Record<string, string>> | void];

const HIDDEN_BY_ATTRIBUTES: readonly Trick[] = [
  ['-diff in .gitattributes', (repo) => repo.stage('.gitattributes', '*.txt -diff\n')],
  ['binary in .gitattributes', (repo) => repo.stage('.gitattributes', '*.txt binary\n')],
  ['binary in the .gitattributes of its folder', (repo) => repo.stage('src/.gitattributes', '* binary\n')],
  ['-diff in .git/info/attributes', (repo) => repo.write('.git/info/attributes', '*.txt -diff\n')],
  [
    'binary by a macro of .git/info/attributes',
    (repo) => repo.write('.git/info/attributes', '[attr]hide binary\n* hide\n'),
  ],
  [
    '-diff in core.attributesFile',
    (repo) => {
      const file = join(tempDir(), 'attributes');
      writeFileSync(file, '*.txt -diff\n');
      repo.git('config', 'core.attributesFile', file);
    },
  ],
  [
    '-diff in the attributes of the user',
    () => {
      const home = tempDir();
      mkdirSync(join(home, 'git'));
      writeFileSync(join(home, 'git/attributes'), '*.txt -diff\n');
      return { XDG_CONFIG_HOME: home };
    },
  ],
  ['export-ignore', (repo) => repo.stage('.gitattributes', '*.txt export-ignore\n')],
  [
    'a textconv that prints nothing',
    (repo) => {
      repo.stage('.gitattributes', '*.txt diff=hide\n');
      repo.git('config', 'diff.hide.textconv', program('true'));
    },
  ],
  [
    'a clean filter that is set after it was staged',
    (repo) => {
      repo.write('.git/info/attributes', '*.txt filter=hide\n');
      repo.git('config', 'filter.hide.clean', program('echo nothing'));
    },
  ],
];

const HIDDEN_BY_SETTINGS: readonly Trick[] = [
  ['diff.external', (repo) => setting(repo, 'diff.external', program('true'))],
  ['GIT_EXTERNAL_DIFF', () => ({ GIT_EXTERNAL_DIFF: program('true') })],
  ['color.ui=always', (repo) => setting(repo, 'color.ui', 'always')],
  ['color.diff.new', (repo) => setting(repo, 'color.diff.new', 'black black')],
  ['core.bigFileThreshold=1', (repo) => setting(repo, 'core.bigFileThreshold', '1')],
  ['a diff.orderFile that is missing', (repo) => setting(repo, 'diff.orderFile', '/nowhere/order')],
  ['diff.noprefix', (repo) => setting(repo, 'diff.noprefix', 'true')],
  ['diff.relative', (repo) => setting(repo, 'diff.relative', 'true')],
  ['diff.ignoreSubmodules=all', (repo) => setting(repo, 'diff.ignoreSubmodules', 'all')],
  ['core.quotePath', (repo) => setting(repo, 'core.quotePath', 'true')],
  [
    'a global config',
    () => ({ GIT_CONFIG_GLOBAL: configFile('[color]\n ui = always\n[core]\n bigFileThreshold = 1\n') }),
  ],
  ['GIT_DIFF_OPTS', () => ({ GIT_DIFF_OPTS: '-u0' })],
  ['GIT_LITERAL_PATHSPECS', () => ({ GIT_GLOB_PATHSPECS: '1' })],
];

describe('a staged key is found in spite of', () => {
  it.each([...HIDDEN_BY_ATTRIBUTES, ...HIDDEN_BY_SETTINGS])('%s', (_name, play) => {
    const repo = tempRepo();
    repo.commit('src/a.txt', 'first line\n');
    repo.stage('src/a.txt', WITH_KEY);
    const env = play(repo) ?? {};
    expectFoundOnce(repo, 'src/a.txt', env);
  });

  it('a replace ref for its blob, and for the tree of HEAD', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'old\n');
    repo.stage('a.txt', WITH_KEY);
    const harmless = repo.git('hash-object', '-w', '.git/HEAD').trim();
    repo.git('replace', repo.git('rev-parse', ':a.txt').trim(), harmless);
    repo.git('replace', repo.git('rev-parse', 'HEAD^{tree}').trim(), repo.git('write-tree').trim());
    expectFoundOnce(repo, 'a.txt');
  });

  it.each(['--skip-worktree', '--assume-unchanged'])('the mark %s', (mark) => {
    const repo = tempRepo();
    repo.commit('a.txt', 'old\n');
    repo.stage('a.txt', WITH_KEY);
    repo.git('update-index', mark, 'a.txt');
    repo.write('a.txt', 'old\n');
    expectFoundOnce(repo, 'a.txt');
  });
});

describe('what is staged decides, not the working tree', () => {
  it('v1 in HEAD, the key in the index, v3 in the file', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'v1\n');
    repo.stage('a.txt', WITH_KEY);
    repo.write('a.txt', 'v3\n');
    expectFoundOnce(repo, 'a.txt');
  });

  it('the key in the file only is not what the commit records', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'v1\n');
    repo.stage('a.txt', 'v2\n');
    repo.write('a.txt', WITH_KEY);
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, ...report }).toMatchObject({ code: 0, findings: [], coverage: { expected: 1, scanned: 1 } });
    repo.git('add', 'a.txt');
    expectFoundOnce(repo, 'a.txt');
  });

  it('a file that was deleted after it was staged', () => {
    const repo = tempRepo();
    repo.stage('a.txt', WITH_KEY);
    rmSync(join(repo.dir, 'a.txt'));
    expectFoundOnce(repo, 'a.txt');
  });

  it('intended to be added records nothing; its content does', () => {
    const repo = tempRepo();
    repo.commit('readme', 'x\n');
    repo.write('a.txt', WITH_KEY);
    repo.git('add', '-N', 'a.txt');
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, ...report }).toMatchObject({ code: 0, findings: [], coverage: { expected: 0 } });
    repo.git('add', 'a.txt');
    expectFoundOnce(repo, 'a.txt');
  });
});

describe('every kind of change is read', () => {
  it('a rename with an edit', () => {
    const repo = tempRepo();
    repo.commit('old.txt', 'line\n'.repeat(50));
    repo.git('mv', 'old.txt', 'new.txt');
    repo.stage('new.txt', `${'line\n'.repeat(50)}${WITH_KEY}`);
    expectFoundOnce(repo, 'new.txt');
  });

  it('a link that becomes a file', () => {
    const repo = tempRepo();
    symlinkSync('target', join(repo.dir, 'a'));
    repo.git('add', 'a');
    repo.git('commit', '-qm', 'link');
    rmSync(join(repo.dir, 'a'));
    repo.stage('a', WITH_KEY);
    expectFoundOnce(repo, 'a');
  });

  it('a file that becomes a link to the key', () => {
    const repo = tempRepo();
    repo.commit('a', 'file\n');
    rmSync(join(repo.dir, 'a'));
    symlinkSync(`https://example.com/?key=${KEY}`, join(repo.dir, 'a'));
    repo.git('add', 'a');
    expectFoundOnce(repo, 'a');
  });

  it('the target of a new link', () => {
    const repo = tempRepo();
    symlinkSync(KEY, join(repo.dir, 'a'));
    repo.git('add', 'a');
    expectFoundOnce(repo, 'a');
  });

  it('an executable', () => {
    const repo = tempRepo();
    repo.write('run.sh', WITH_KEY);
    chmodSync(join(repo.dir, 'run.sh'), 0o755);
    repo.git('add', 'run.sh');
    expectFoundOnce(repo, 'run.sh');
  });

  it('a submodule is counted and not read', () => {
    const repo = tempRepo();
    const inner = tempRepo();
    inner.commit('a.txt', WITH_KEY);
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'module');
    expect(scanJson(repo.dir, ['--staged'])).toMatchObject({
      code: 0,
      report: { coverage: { expected: 1, scanned: 1, skipped: [{ reason: 'submodule', count: 1 }] }, findings: [] },
    });
    const outside = join(tempDir(), 'module');
    repo.git('rm', '-q', '--cached', 'module');
    renameSync(join(repo.dir, 'module'), outside);
    repo.stage('module/a.txt', WITH_KEY);
    expectFoundOnce(repo, 'module/a.txt');
  });

  it('one content at two paths is a finding at each', () => {
    const repo = tempRepo();
    repo.stage('b.txt', WITH_KEY);
    repo.stage('a/c.txt', WITH_KEY);
    const { report } = scanJson(repo.dir, ['--staged']);
    expect(report.coverage).toMatchObject({ expected: 2, scanned: 2 });
    expect(report.findings.map(({ fingerprint, location }) => [fingerprint, location.path])).toEqual([
      [FINGERPRINT, 'a/c.txt'],
      [FINGERPRINT, 'b.txt'],
    ]);
  });

  it('the name of a file', () => {
    const repo = tempRepo();
    repo.stage(`backup/${KEY}.txt`, 'harmless\n');
    const { code, report, stdout, stderr } = scanJson(repo.dir, ['--staged']);
    expect({ code, complete: report.complete }).toEqual({ code: 1, complete: true });
    expect(report.findings).toMatchObject([{ fingerprint: FINGERPRINT, location: { kind: 'path' } }]);
    expect(stdout + stderr).not.toContain(KEY.slice(12, 20));
  });
});

const UTF8 = (text: string): Buffer => Buffer.from(text);
const ENCODERS: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [['utf-8', UTF8], ...WIDE];
const MARKS = [
  ['without a byte order mark', ''],
  ['with a byte order mark', '\ufeff'],
] as const;
const ENCODINGS = ENCODERS.flatMap(([name, encode]) =>
  MARKS.map(([how, mark]) => [`${name} ${how}`, (text: string) => encode(`${mark}${text}`)] as const),
);

describe.each(ENCODINGS)('%s', (_name, encode) => {
  it('is read, with lines and columns as an editor counts them', () => {
    const repo = tempRepo();
    const text = `// Settings for the clients of this service, in many words.\r\n/* \u{1f511} caf\u00e9 */ key: "${KEY}"\n`;
    repo.stage('a.txt', encode(text));
    const { code, report } = scanJson(repo.dir, ['--staged']);
    expect({ code, complete: report.complete }).toEqual({ code: 1, complete: true });
    expect(report.findings).toMatchObject([{ fingerprint: FINGERPRINT, location: { line: 2, column: 21 } }]);
    expect(cutOut(encode(text), report.findings[0]?.location)).toBe(KEY);
  });
});

describe('content of every kind is read', () => {
  const contents: readonly (readonly [string, string | Buffer])[] = [
    ['a NUL in front', `\0${WITH_KEY}`],
    [
      'a NUL in the middle of a binary file',
      Buffer.concat([Buffer.from([0, 1, 2, 0xff, 0xfe, 0]), Buffer.from(WITH_KEY)]),
    ],
    ['lines that end with CR', WITH_KEY.replaceAll('\n', '\r')],
    ['lines that end with CR LF', WITH_KEY.replaceAll('\n', '\r\n')],
    ['no line end at all', KEY],
    ['a line that begins like a patch', `--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n-key = '${KEY}'\n`],
    ['latin1 text', Buffer.from(`caf\xe9 \xa4\nkey = "${KEY}"`, 'latin1')],
    ['the key at the very end of 3 MB', `${'some words of text\n'.repeat(160_000)}${KEY}`],
    ['the key across the border of two windows', `${filler(WINDOW_BYTES - 80)}key = '${KEY}'\n${filler(5000)}`],
    ['the key at the start of the second window', `${filler(WINDOW_BYTES - 1)} ${KEY}\n${filler(5000)}`],
    ['one line of 30 MB', `${'let a=0;'.repeat(3_750_000)}k="${KEY}";${'let b=1;'.repeat(10)}`],
  ];

  it.each(contents)('%s', (_name, content) => {
    const repo = tempRepo();
    repo.stage('a.txt', content);
    expectFoundOnce(repo, 'a.txt');
  });
});

describe('a file is found under any name', () => {
  it('and its name is shown escaped', () => {
    const repo = tempRepo();
    const names: readonly (readonly [raw: string, shown: string])[] = [
      ['-dash', '-dash'],
      [' lead', ' lead'],
      ['trail ', 'trail '],
      [':(glob)*', ':(glob)*'],
      [':colon', ':colon'],
      ['*', '*'],
      ['"quote"\\', '"quote"\\\\'],
      ["it's", "it's"],
      ['line\nbreak', 'line\\u{a}break'],
      ['tab\t', 'tab\\u{9}'],
      ['\u001b[31mred', '\\u{1b}[31mred'],
      ['caf\u00e9', 'caf\u00e9'],
      ['\u202egpj', '\\u{202e}gpj'],
    ];
    for (const [raw] of names) repo.write(raw, WITH_KEY);
    const bad = Buffer.from('caf\xe9 \xff', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), bad]), WITH_KEY);
    repo.git('add', '-A');
    const { code, report } = scanJson(repo.dir, ['--staged']);
    const expected = [...names.map(([, shown]) => shown), String.raw`caf\xe9 \xff`];
    expect(code).toBe(1);
    expect(report.findings).toHaveLength(expected.length);
    expect(new Set(report.findings.map(({ location }) => location.path))).toEqual(new Set(expected));
  });
});

describe('a folder below', () => {
  it('scans the whole index, and names places from the top', () => {
    const repo = tempRepo();
    repo.stage('a.txt', WITH_KEY);
    repo.write('sub/b.txt', 'x\n');
    const { report } = scanJson(join(repo.dir, 'sub'), ['--staged']);
    expect(report.findings).toMatchObject([{ location: { path: 'a.txt' } }]);
  });

  it('is no matter for a git that is told its repository by the environment', () => {
    const repo = tempRepo();
    repo.stage('a.txt', WITH_KEY);
    const elsewhere = repoAt(tempDir());
    const env = { GIT_DIR: join(repo.dir, '.git'), GIT_WORK_TREE: repo.dir };
    const { report } = scanJson(elsewhere.dir, ['--staged'], { env });
    expect(report.findings).toMatchObject([{ location: { path: 'a.txt' } }]);
  });
});

function setting(repo: TestRepo, key: string, value: string): void {
  repo.git('config', key, value);
}

/** A program that git could run. */
function program(body: string): string {
  const path = join(tempDir(), 'program');
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

function configFile(text: string): string {
  const path = join(tempDir(), 'config');
  writeFileSync(path, text);
  return path;
}

/** Text in lines, exactly so many bytes long. */
function filler(length: number): string {
  return 'some words of a text that goes on and on\n'
    .repeat(Math.ceil(length / 41))
    .slice(0, length - 1)
    .concat('\n');
}
