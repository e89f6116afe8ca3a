import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeKey } from '../../helpers/keys.ts';
import { cleanEnv, tempRepo, type TestRepo } from '../../helpers/repo.ts';
import { adviceFor, commandsOf, findingOf, headWith, placeIn, sink } from './findings.ts';
import type { ExposureState } from '../../../src/model/finding.ts';
import type { Situation } from '../../../src/remedy/situation.ts';
import { rawPathFromText } from '../../../src/model/fragment.ts';
import type { LocalCommit, Shown } from '../../../src/model/finding.ts';

const KEY = fakeKey('openaiProject');

function gitCommands(
  path: string,
  state: ExposureState,
  changes: Partial<Situation> = {},
  broughtBy?: readonly LocalCommit[],
): string[] {
  const advice = adviceFor(findingOf('openai-project-key', { location: placeIn(path) }), state, changes, broughtBy);
  return commandsOf(advice).filter((command) => command.startsWith('git '));
}

/** Types a command as it is printed, in a folder of the repository. */
function type(repo: TestRepo, command: string, folder = '.', env: Readonly<Record<string, string>> = {}): void {
  const [program = '', ...args] = command.split(' ');
  execFileSync(program, args, { cwd: join(repo.dir, folder), env: cleanEnv(env), stdio: 'pipe' });
}

describe('what is staged', () => {
  test.each([true, false])('.env leaves the commit and stays on disk (with a HEAD: %s)', (hasHead) => {
    const repo = tempRepo();
    if (hasHead) repo.commit('a.txt', 'a');
    repo.stage('.env', `OPENAI_API_KEY=${KEY}\n`);
    repo.write('.env', `OPENAI_API_KEY=${KEY}\nOTHER=1\n`);
    for (const command of gitCommands('.env', 'staged', { hasHead })) type(repo, command);
    expect(repo.git('ls-files')).not.toContain('.env');
    expect(readFileSync(join(repo.dir, '.env'), 'utf8')).toBe(`OPENAI_API_KEY=${KEY}\nOTHER=1\n`);
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

    const [amend = '', expire = ''] = gitCommands('src/app.ts', 'local', { scope: 'tree' });
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
    for (const command of gitCommands('.env', 'local', { scope: 'tree' })) type(repo, command);
    expect(repo.git('ls-tree', '-r', '--name-only', 'HEAD').trim()).toBe('a.txt');
    expect(readFileSync(join(repo.dir, '.env'), 'utf8')).toBe(KEY);
  });

  test.each([false, true])(
    'an older commit is edited in a rebase, and no commit holds the key (the first: %s)',
    (isRoot) => {
      const repo = tempRepo();
      if (!isRoot) repo.commit('a.txt', 'first');
      repo.commit('src/app.ts', KEY, 'add app');
      const id = repo.git('rev-parse', 'HEAD').trim();
      const parent = isRoot ? null : repo.git('rev-parse', 'HEAD~1').trim();
      repo.commit('b.txt', 'b', 'later');

      const commit = { id, parent, isHead: false, hasMerge: false, paths: [shownPath('src/app.ts')] };
      const [rebase = ''] = gitCommands('src/app.ts', 'local', { scope: 'tree' }, [commit]);
      type(repo, rebase, '.', { GIT_SEQUENCE_EDITOR: "sed -i.bak '1s/^pick/edit/'" });
      repo.write('src/app.ts', 'clean');
      for (const command of ['git add -- src/app.ts', 'git commit -q --amend --no-edit', 'git rebase --continue'])
        type(repo, command);
      expect(repo.git('log', '-p', '--format=%s')).not.toContain(KEY);
      expect(repo.git('log', '--format=%s').split('\n')).toEqual([
        'later',
        'add app',
        ...(isRoot ? [] : ['change']),
        '',
      ]);
    },
  );

  test('a copy in a file that git does not know does not stand in the way of the amend', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'first');
    repo.commit('src/app.ts', KEY, 'add app');
    repo.write('copy.txt', KEY);
    repo.write('src/app.ts', 'clean');
    const [amend = ''] = gitCommands('copy.txt', 'local', { scope: 'tree' }, [headWith(shownPath('src/app.ts'))]);
    type(repo, amend);
    expect(repo.git('show', 'HEAD:src/app.ts')).toBe('clean');
  });
});

function shownPath(path: string): Shown {
  return sink.path(rawPathFromText(path));
}
