import { spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, constantFrom, integer, oneof, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawPathFrom } from '../../src/model/fragment.ts';
import { scanner } from '../detection/detect.ts';
import { fakeKey } from '../helpers/keys.ts';
import { fakeGit } from '../helpers/planted-repo.ts';
import { cleanEnv, repoAt, tempDir, type TestRepo } from '../helpers/repo.ts';
import { KEYGUARD_BIN } from '../helpers/run.ts';

/** What moves a cursor, colours, hides, turns text around, or is obeyed by a build server. */
const HOSTILE = {
  'a terminal sequence': '\u001b[2K\u001b[1Agone',
  'a title of a window': '\u001b]0;title\u0007',
  'a carriage return': 'safe\rgone',
  'a line of its own': 'x\n::error::forged',
  'a command of GitHub': '::error::forged',
  'a command of GitHub behind a space': ' ::warning::forged',
  'a command of GitHub behind line ends': '\r\n::set-output name=a::b',
  'an encoded line end': 'x%0A::error::forged',
  'an old command of GitHub': '##[error]forged',
  'a command of Azure': '##vso[task.complete]',
  'a command of TeamCity': "##teamcity[buildStop comment='x']",
  'a section of GitLab': '\u001b[0Ksection_start:1:x\r\u001b[0K',
  'a bidi override': 'user\u202etxt.exe\u2066',
  'a C1 control': '\u009b31mred',
  'a separator of lines': 'a\u2028b\u2029c',
  'characters without width': 'a\u200bb\u2060c\ufeff\u{e0041}',
  'a backspace and DEL': 'ab\b\b\u007f',
  'a very long name': 'long'.repeat(60),
} as const;

// Only Linux takes names that are no UTF-8.
const BYTES = {
  'a C1 control as a byte': [0x9b, 0x33, 0x31, 0x6d],
  'no UTF-8': [0xff, 0xfe, 0xc3, 0x28, 0x61],
} as const;

/** What of an output a terminal or a build server would obey; written out without the classes that the code uses. */
function obeyedIn(output: string): readonly string[] {
  const own = output.replaceAll(/\u001b\[(?:0|1;31|1|36|31|32|2)m/gu, '');
  const controls = Array.from(own).filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isControl = (code < 0x20 && character !== '\n') || (code >= 0x7f && code <= 0x9f);
    const isBidi = code === 0x61c || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e);
    return (
      isControl ||
      isBidi ||
      (code >= 0x2060 && code <= 0x206f) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      (code >= 0xe0000 && code <= 0xe0fff) ||
      [0x2028, 0x2029, 0xfeff, 0xad].includes(code)
    );
  });
  const commands = own.match(/^\s*::.*|##\w*\[.*/gmu) ?? [];
  return [...controls.map((character) => `U+${character.codePointAt(0)?.toString(16)}`), ...commands];
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly said: string;
}

function keyguard(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): Ran {
  const done = spawnSync(process.execPath, [KEYGUARD_BIN, ...args], {
    cwd,
    env: cleanEnv(env),
    input: Buffer.from(input),
    maxBuffer: 64 * 1024 * 1024,
  });
  // Bytes that are no UTF-8 must not come out either.
  const texts = [done.stdout, done.stderr].map((bytes) =>
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  );
  return { code: done.status, stdout: texts[0] ?? '', said: texts.join('\n') };
}

function expectTame(said: string, spoken: string | RegExp): void {
  expect(said).toMatch(spoken);
  expect(obeyedIn(said)).toEqual([]);
}

const KEY = fakeKey('openaiProject', 41);
const REDACTED = `sk-proj-…${KEY.slice(-4)}`;
const ALL = Object.values(HOSTILE);
const isPosix = process.platform !== 'win32';

/** Every name stands as a file, with a key between hostile words inside; all of it staged. */
function hostileRepo(): TestRepo {
  const dir = join(realpathSync(tempDir()), 'repo \u001b[31m \u202e ##[error]');
  mkdirSync(dir);
  const repo = repoAt(dir);
  repo.git('init', '-q', '-b', 'main\u202e\u009b');
  const names = [
    ...ALL.map((name) => Buffer.from(name)),
    ...(process.platform === 'linux' ? Object.values(BYTES) : []).map((bytes) => Buffer.from(bytes)),
  ];
  for (const [i, name] of names.entries()) {
    const content = `${ALL[i % ALL.length]} key = '${KEY}' ${ALL[i % ALL.length]}\n`;
    writeFileSync(Buffer.concat([Buffer.from(`${dir}/`), name]), content);
  }
  repo.git('add', '-A');
  return repo;
}

describe.skipIf(!isPosix)('a repository full of hostile names and lines', () => {
  test('is told without obeying any of them, in every format', () => {
    const { dir, git } = hostileRepo();
    const commit = git('commit-tree', git('write-tree').trim(), '-m', ALL.join('\n').replaceAll('\0', '')).trim();
    git('update-ref', 'refs/remotes/origin\u202e\u009b/x', commit);
    const [first = ''] = ALL;
    for (const args of [
      ['scan', '--verbose'],
      ['scan', '--color', 'always', '--verbose'],
      ['scan', '--staged', '--verbose'],
      ['scan', '--', ...ALL],
      ['hook', 'pre-commit'],
      ['scan', '--', first],
    ]) {
      const ran = keyguard(dir, args);
      expect(ran.code).toBe(1);
      expectTame(ran.said, REDACTED);
    }
  });

  test('gives JSON that can be read again and holds no raw character', () => {
    const { dir } = hostileRepo();
    for (const args of [[], ['--staged'], ['--', ...ALL]]) {
      const ran = keyguard(dir, ['scan', '--format', 'json', ...args]);
      expect(ran.code).toBe(1);
      expectTame(ran.said, REDACTED);
      const report: unknown = JSON.parse(ran.stdout);
      expect(report).toMatchObject({ complete: true });
      expect(
        obeyedIn(
          textsOf(report)
            .join('\n')
            .replaceAll(/^\s*::/gmu, ''),
        ),
      ).toEqual([]);
      const paths = new Set(textsOf(report).filter((text) => text.includes('gone')));
      expect(paths).toContain('\\u{1b}[2K\\u{1b}[1Agone');
    }
  });

  test('is explained without obeying any of them', () => {
    const { dir } = hostileRepo();
    for (const name of ALL) expectTame(keyguard(dir, ['why', name]).said, REDACTED);
  });

  test('gets and loses its hooks', () => {
    const { dir } = hostileRepo();
    expectTame(keyguard(dir, ['install']).said, 'keyguard checks the commits');
    expectTame(keyguard(dir, ['uninstall']).said, 'took back');
  });

  test('with a policy that quotes them is told', () => {
    const { dir, write } = hostileRepo();
    const text = ALL.join(' ');
    write('a.ts', `'${KEY}'; // keyguard:allow openai-project-key -- ${text.replaceAll(/[\r\n]/gu, '')}\n`);
    expectTame(keyguard(dir, ['scan', 'a.ts', '--verbose']).said, 'allowed by a comment');
    write('a.ts', `'${KEY}'; // keyguard:allow none-such -- x \u202e\n`);
    expectTame(keyguard(dir, ['scan', 'a.ts', '--verbose']).said, REDACTED);
    write('keyguard.config.json', JSON.stringify({ [text]: 1 }));
    expectTame(keyguard(dir, ['scan']).said, 'unknown key');
    write('keyguard.config.json', JSON.stringify({ skipRules: [text] }));
    expectTame(keyguard(dir, ['scan']).said, 'unknown rule');
    write('::error::rules.json', '{');
    expectTame(keyguard(dir, ['rules', 'check', '::error::rules.json']).said, 'rules.json');
    write('::error::rules.json', JSON.stringify({ [text]: 1 }));
    expectTame(keyguard(dir, ['rules', 'check', '::error::rules.json']).said, 'rules.json');
  });
});

describe('a hostile word on the command line', () => {
  test.each([
    [[]],
    [['scan']],
    [['scan', '--format']],
    [['scan', '--skip-rule']],
    [['scan', '--config']],
    [['scan', '--files-from']],
    [['scan', '--output', '/no-such-folder/x', '--report']],
    [['hook']],
    [['guide']],
    [['guide', 'openai', 'scenario']],
    [['rules']],
    [['rules', 'show']],
    [['rules', 'check']],
    [['allow']],
    [['allow', '0123456789abcdef', '--until']],
    [['why']],
    [['help']],
  ])('of %j is repeated tamed', (args) => {
    const dir = tempDir();
    const word = ALL.join('').replaceAll('long', '');
    const ran = keyguard(dir, [...args, word]);
    expectTame(ran.said, /keyguard|OpenAI/u);
    expectTame(keyguard(dir, [...args, `--${word}`]).said, /keyguard/u);
  });

  test('names standard input', () => {
    const dir = tempDir();
    for (const name of ALL) {
      const ran = keyguard(dir, ['scan', '--stdin', '--stdin-filename', name], {}, `key = '${KEY}'`);
      expect(ran.code).toBe(1);
      expectTame(ran.said, REDACTED);
    }
  });
});

describe.skipIf(!isPosix)('git itself', () => {
  test('can say what it likes', () => {
    const dir = tempDir();
    const words = Buffer.from(ALL.join(' ')).toString('base64');
    const home = tempDir();
    const says = fakeGit(home, 'says', `printf 'fatal: ' >&2; printf '%s' '${words}' | base64 -d >&2; exit 128`);
    const answers = fakeGit(home, 'answers', `printf '%s' '${words}' | base64 -d`);
    for (const folder of [says, answers]) {
      for (const args of [['scan'], ['scan', '--staged'], ['hook', 'pre-commit'], ['install']]) {
        const ran = keyguard(dir, args, { PATH: `${folder}:/usr/bin:/bin` });
        expect(ran.code).toBe(2);
        expectTame(ran.said, 'keyguard: ');
      }
    }
  });
});

describe('the sink', () => {
  const bytes = uint8Array({ minLength: 1, maxLength: 60 });
  const texts = oneof(
    string({ unit: 'binary', maxLength: 60 }),
    array(oneof(integer({ min: 0, max: 0xffff }), constantFrom(0x1b, 0x0d, 0x0a, 0x9b, 0x202e, 0xd800, 0xdc00)), {
      maxLength: 60,
    }).map((units) => String.fromCharCode(...units)),
    array(constantFrom(...ALL), { maxLength: 4 }).map((words) => words.join('')),
  );

  test('lets nothing through that is obeyed, whatever the bytes of a name are', () => {
    assert(
      property(bytes, (name) => {
        expect(obeyedIn(`x${scanner.sink.path(rawPathFrom(name))}`)).toEqual([]);
      }),
      { seed: 20_261_126, numRuns: 3000 },
    );
  });

  test('nor whatever a text is, with a key in it or without', () => {
    assert(
      property(texts, texts, (before, after) => {
        expect(obeyedIn(`x${scanner.sink.text(before + after)}`)).toEqual([]);
        expect(obeyedIn(`x${scanner.sink.text(before + KEY + after)}`)).toEqual([]);
      }),
      { seed: 20_261_126, numRuns: 1000 },
    );
  });
});

describe('the checker of these tests', () => {
  test.each(Object.entries(HOSTILE).filter(([name]) => !/encoded|long/u.test(name)))('sees %s', (_name, text) => {
    expect(obeyedIn(text)).not.toEqual([]);
  });

  test('is content with text in colour', () => {
    expect(obeyedIn('\u001b[1;31mGrüße: src/a.ts:1:2\u001b[0m\n  日本語 ::b\n')).toEqual([]);
  });
});

/** Every text in a JSON document. */
function textsOf(json: unknown): readonly string[] {
  if (typeof json === 'string') return [json];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [key, ...textsOf(value)]);
}
