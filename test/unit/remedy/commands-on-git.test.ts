import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeKey } from '../../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo, type TestRepo } from '../../helpers/repo.ts';
import { adviceFor, commandsOf, findingOf, placeIn } from './findings.ts';
import { guidance, providerOf } from './guidance.ts';
import type { ExposureState } from '../../../src/model/finding.ts';
import type { Situation } from '../../../src/remedy/situation.ts';

const KEY = fakeKey('openaiProject');

function gitCommands(path: string, state: ExposureState, changes: Partial<Situation> = {}): string[] {
  const advice = adviceFor(findingOf('openai-project-key', { location: placeIn(path) }), state, changes);
  return commandsOf(advice).filter((command) => command.startsWith('git '));
}

/** Types a command as it is printed, in a folder of the repository. */
function type(repo: TestRepo, command: string, folder = '.'): void {
  const [program = '', ...args] = command.split(' ');
  execFileSync(program, args, { cwd: join(repo.dir, folder), env: cleanEnv(), stdio: 'pipe' });
}

describe('what is staged', () => {
  test.each([true, false])('.env leaves the commit and stays on disk (with a HEAD: %s)', (hasHead) => {
    const repo = tempRepo();
    if (hasHead) repo.commit('a.txt', 'a');
    repo.stage('.env', `OPENAI_API_KEY=${KEY}\n`);
    for (const command of gitCommands('.env', 'staged', { hasHead })) type(repo, command);
    expect(repo.git('ls-files')).not.toContain('.env');
    expect(readFileSync(join(repo.dir, '.env'), 'utf8')).toContain(KEY);
  });

  test('a tracked .env that got a key leaves the repository', () => {
    const repo = tempRepo();
    repo.commit('.env', 'A=1\n');
    repo.stage('.env', `A=1\nKEY=${KEY}\n`);
    for (const command of gitCommands('.env', 'staged')) type(repo, command);
    expect(repo.git('ls-files')).toBe('');
  });

  test.each(['src/app.ts', '-rf'])('%s is staged again without the key', (path) => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a');
    repo.stage(path, KEY);
    repo.write(path, 'process.env.OPENAI_API_KEY');
    for (const command of gitCommands(path, 'staged')) type(repo, command);
    expect(repo.git('cat-file', 'blob', `:${path}`)).toBe('process.env.OPENAI_API_KEY');
  });

  test('the same before the first commit: out, edited, in', () => {
    const repo = tempRepo();
    repo.stage('src/app.ts', KEY);
    const [out = '', back = ''] = gitCommands('src/app.ts', 'staged', { hasHead: false });
    type(repo, out);
    expect(repo.git('ls-files')).toBe('');
    repo.write('src/app.ts', 'clean');
    type(repo, back);
    expect(repo.git('cat-file', 'blob', ':src/app.ts')).toBe('clean');
  });

  test('the same from a folder below the top', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a');
    repo.stage('src/app.ts', KEY);
    repo.write('src/app.ts', 'clean');
    mkdirSync(join(repo.dir, 'docs'));
    for (const command of gitCommands('src/app.ts', 'staged', { atTop: false })) type(repo, command, 'docs');
    expect(repo.git('cat-file', 'blob', ':src/app.ts')).toBe('clean');
  });
});

describe('what is committed locally', () => {
  test('the last commit is amended with that file only, and then git forgets the key and nothing of others', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'first');
    repo.git('branch', 'other');
    repo.write('a.txt', 'put aside');
    repo.git('stash');
    repo.commit('src/app.ts', KEY, 'add app');
    const leaked = repo.git('rev-parse', 'HEAD:src/app.ts').trim();
    repo.stage('b.txt', 'not of this commit');
    repo.write('src/app.ts', 'clean');

    const [amend = '', expire = ''] = gitCommands('src/app.ts', 'local');
    type(repo, amend);
    expect(repo.git('show', 'HEAD:src/app.ts')).toBe('clean');
    expect(repo.git('log', '-1', '--format=%s').trim()).toBe('add app');
    expect(repo.git('ls-tree', '-r', '--name-only', 'HEAD')).not.toContain('b.txt');
    expect(repo.git('cat-file', '-t', leaked).trim()).toBe('blob');

    type(repo, expire);
    type(repo, 'git gc --prune=now');
    expect(() => repo.git('cat-file', 'blob', leaked)).toThrow(/bad file/u);
    expect(repo.git('stash', 'list')).toContain('stash@{0}');
    expect(repo.git('reflog', 'show', 'other')).not.toBe('');
    repo.git('stash', 'apply');
    expect(readFileSync(join(repo.dir, 'a.txt'), 'utf8')).toBe('put aside');
  });

  test('a committed .env leaves the commit and stays on disk', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'first');
    repo.commit('.env', KEY, 'add env');
    for (const command of gitCommands('.env', 'local')) type(repo, command);
    expect(repo.git('ls-tree', '-r', '--name-only', 'HEAD').trim()).toBe('a.txt');
    expect(readFileSync(join(repo.dir, '.env'), 'utf8')).toBe(KEY);
  });
});

describe('the test call of `keyguard guide openai test`', () => {
  const topic = providerOf('openai').topics.find(({ name }) => name === 'test');
  const calls = (topic?.blocks ?? []).flatMap((block) => (block.kind === 'command' ? [block.command] : []));
  const answers = [
    [200, '{"data":[]}', '200'],
    [401, `{"error":{"code":"invalid_api_key","message":"Incorrect API key provided: ${KEY}"}}`, '401 invalid_api_key'],
    [
      403,
      '{"error":{"code":null,"message":"You have insufficient permissions. Missing scopes: x"}}',
      '403  Missing scopes',
    ],
    [429, '{"error":{"code":"insufficient_quota","message":"no money"}}', '429 insufficient_quota'],
  ] as const;

  test.each(calls.flatMap((call) => answers.map(([status, body, line]) => [line, call, status, body] as const)))(
    'prints "%s" and never the key',
    (line, call, status, body) => {
      const dir = tempDir();
      writeFileSync(join(dir, '.env'), `OPENAI_API_KEY=${KEY}\nOPENAI_ADMIN_KEY=${KEY}\n`);
      writeFileSync(join(dir, 'answer.mjs'), answering(status, body));
      const env = cleanEnv({ NODE_OPTIONS: '--import=./answer.mjs' });
      const done = spawnSync(call, { shell: true, cwd: dir, env, encoding: 'utf8' });
      expect(done.stderr).toBe('');
      expect(done.stdout.trim()).toBe(line);
      expect(call).not.toContain(KEY);
    },
  );

  test('there is one for project keys and one for admin keys', () => {
    expect(calls).toHaveLength(2);
    expect(guidance.common.topics.map(({ name }) => name)).toContain('test');
  });

  /** A stand-in for the provider, which refuses a request without the key. */
  function answering(status: number, body: string): string {
    return `globalThis.fetch = async (url, { headers }) => {
      if (!url.startsWith('https://api.openai.com/v1/') || headers.authorization !== 'Bearer ${KEY}') throw new Error('no key');
      return new Response(${JSON.stringify(body)}, { status: ${status} });
    };`;
  }
});
