import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fakeKey, SHAPES } from '../helpers/keys.ts';
import { cleanEnv } from '../helpers/repo.ts';

// What lint cannot see. What it can see is held against planted violations in docs/may-not.test.ts.

const TOP = fileURLToPath(new URL('../..', import.meta.url));

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const sources = filesBelow('src').filter(({ path }) => /\.(?:ts|mjs)$/u.test(path));
const tests = filesBelow('test').filter(({ path }) => path.endsWith('.ts'));
const core = sources.filter(({ path }) => /^src\/(?:model|decode|match|judge)\//u.test(path));

describe('the core', () => {
  const ASKS = /\b(?:await|async|Promise|Date|Intl|performance|setTimeout|process|globalThis)\b|Math\.random|import\(/u;

  it('waits for nothing, and asks for no time, environment or randomness', () => {
    expect(core.length).toBeGreaterThan(20);
    expect(core.flatMap((file) => linesWith(file, ASKS))).toEqual([]);
  });

  it('would be caught', () => {
    const text = '// a Date\nconst now = Date.now();\nawait now; /* process */\nconst date = 1;';
    expect(linesWith({ path: 'a.ts', text }, ASKS)).toEqual(['a.ts: const now = Date.now();', 'a.ts: await now;']);
  });

  it('sees no path below the model', () => {
    const stages = core.filter(({ path }) => !path.startsWith('src/model/'));
    expect(stages.flatMap((file) => linesWith(file, /RawPath|Provenance/u))).toEqual([]);
  });
});

describe('every file of src', () => {
  it('has at most 250 lines', () => {
    expect(sources.filter(({ text }) => text.trimEnd().split('\n').length > 250).map(({ path }) => path)).toEqual([]);
  });

  it('passes on nothing of another', () => {
    expect(sources.flatMap((file) => linesWith(file, /^\s*export\b.*\bfrom\s*'/u))).toEqual([]);
  });
});

describe('every folder', () => {
  const folders = ['.', 'rules', 'test', 'src', ...namesIn('src', 'folders').map((name) => `src/${name}`)];

  it('has a README', () => {
    expect(folders.filter((folder) => !existsSync(join(TOP, folder, 'README.md')))).toEqual([]);
  });

  it.each(folders)('%s: its README names files that exist', (folder) => {
    const { text } = read(`${folder}/README.md`);
    const names = [...text.matchAll(/`(?<name>[\w./-]+\.(?:ts|mjs|schema\.json))`/gu)].map(
      (m) => m.groups?.['name'] ?? '',
    );
    const from = ['.', 'src', 'rules', 'test', folder];
    expect(names.filter((name) => !from.some((start) => existsSync(join(TOP, start, name))))).toEqual([]);
  });
});

describe('every rule file', () => {
  it('is in the build, with all its rules', () => {
    const files = namesIn('rules', 'files').filter((name) => name.endsWith('.json') && !name.includes('.schema.'));
    const ids = files.flatMap((name) => [...read(`rules/${name}`).text.matchAll(/^ {6}"id": "(?<id>[^"]+)"/gmu)]);
    const built = read('dist/compiled/ruleset.js').text;
    expect(ids.length).toBeGreaterThanOrEqual(files.length);
    expect(ids.map((id) => id.groups?.['id'] ?? '').filter((id) => !built.includes(`"id":"${id}"`))).toEqual([]);
  });
});

describe('every test', () => {
  it('is run', () => {
    const leftOut = /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|skip|todo|fails)\b/u;
    expect(tests.flatMap((file) => linesWith(file, leftOut))).toEqual([]);
    expect(['describe', 'each', 'skip'].join('.')).toMatch(leftOut);
  });
});

describe('every file of the repository', () => {
  const files = ownFiles();

  it('holds no key', () => {
    expect(files.filter(({ text }) => KEY.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it.each(Object.keys(SHAPES).filter(isShape))('would be caught with a key as %s', (shape) => {
    expect(KEY.test(`"${fakeKey(shape)}"`)).toBe(true);
  });

  it('holds no place of the machine that it was written on', () => {
    const places = [TOP.replace(/[\\/]$/u, ''), homedir()].filter((place) => /[\\/].+[\\/]/u.test(place));
    const naming = files.filter(({ text }) => places.some((place) => text.includes(place)));
    expect(naming.map(({ path }) => path)).toEqual([]);
  });
});

/** Coarser than the rules on purpose: what only begins as a key may not stand here either. */
const KEY = new RegExp(
  [
    'T3(?:BlbkFJ)[A-Za-z0-9_-]',
    'sk-(?:proj|svcacct|admin|None|ant-[a-z0-9]+)-[A-Za-z0-9_-]{24}',
    'sk-or-v1-[0-9a-f]{24}',
    '\\bsk-(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{32}',
  ].join('|'),
  'u',
);

function isShape(name: string): name is keyof typeof SHAPES {
  return Object.hasOwn(SHAPES, name);
}

/** Comments do not count. */
function linesWith({ path, text }: SourceFile, pattern: RegExp): readonly string[] {
  const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$|(?<=\s)\/\/ .*$/gmu, '');
  return code.split('\n').flatMap((line) => (pattern.test(line) ? [`${path}: ${line.trim()}`] : []));
}

function namesIn(folder: string, kind: 'files' | 'folders'): readonly string[] {
  return readdirSync(join(TOP, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() === (kind === 'folders'))
    .map(({ name }) => name)
    .toSorted();
}

function filesBelow(folder: string): readonly SourceFile[] {
  return readdirSync(join(TOP, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/u.test(name) && !name.endsWith('.d.ts'))
    .map((name) => read(`${folder}/${name.replaceAll('\\', '/')}`));
}

/** What git has, and what it would take in. */
function ownFiles(): readonly SourceFile[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const list = execFileSync('git', args, { cwd: TOP, env: cleanEnv(), encoding: 'utf8' });
  const paths = list.split('\0').filter((path) => path !== '' && existsSync(join(TOP, path)));
  expect(paths).toContain('package.json');
  return paths.map(read);
}

function read(path: string): SourceFile {
  return { path, text: readFileSync(join(TOP, path), 'utf8') };
}
