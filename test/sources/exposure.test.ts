import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposuresOf } from '../../src/exposure.ts';
import type { Exposure } from '../../src/model/finding.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { fakeKey } from '../helpers/keys.ts';
import { repoAt, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { createSink } from '../../src/show/sink.ts';
import { testHost } from './host.ts';

const KEY = fakeKey('openaiProject', 1);
const sink = createSink(createMatcher([]));

async function exposureIn(dir: string, inCi = false): Promise<Exposure | undefined> {
  const secret = new Secret(KEY);
  const repository = await openRepository(testHost(dir));
  const found = await exposuresOf(repository, new Map([[fingerprintOf(secret), secret]]), inCi, sink);
  return found.get(fingerprintOf(secret));
}

/** A clone that was fetched on a known day, of a repository with these branches beside `main`. */
function cloneOf(origin: TestRepo, branches: readonly string[] = []): TestRepo {
  for (const branch of branches) origin.git('branch', branch);
  const dir = join(tempDir(), 'clone');
  origin.git('clone', '-q', origin.dir, dir);
  const clone = repoAt(dir);
  clone.git('fetch', '-q');
  const day = new Date('2026-11-19T10:00:00Z');
  for (const path of ['FETCH_HEAD', 'logs/refs/remotes/origin/HEAD']) utimesSync(join(dir, '.git', path), day, day);
  return clone;
}

function commitAt(repo: TestRepo, name: string): { readonly id: string; readonly parent: string } {
  const [id = '', parent = ''] = repo.git('rev-parse', name, `${name}~1`).split('\n');
  return { id, parent };
}

function originWith(content: string): TestRepo {
  const origin = tempRepo();
  origin.commit('a', content);
  return origin;
}

describe('how far a key has travelled, what that rests on, and what is not known', () => {
  it('staged before the first commit', async () => {
    const repo = tempRepo();
    repo.stage('a', KEY);
    expect(await exposureIn(repo.dir)).toEqual({ state: 'staged', detail: 'nothing is committed here yet' });
  });

  it('staged, without a remote', async () => {
    const repo = originWith('nothing');
    repo.stage('b', KEY);
    expect(await exposureIn(repo.dir)).toEqual({
      state: 'staged',
      detail: 'in no commit reachable from HEAD',
    });
  });

  it('staged, in a clone', async () => {
    const clone = cloneOf(originWith('nothing'));
    clone.stage('b', KEY);
    expect(await exposureIn(clone.dir)).toEqual({
      state: 'staged',
      detail: 'in no commit reachable from HEAD or a remote-tracking branch (fetched 2026-11-19)',
    });
  });

  it('committed and not pushed', async () => {
    const clone = cloneOf(originWith('nothing'));
    clone.commit('b', KEY);
    expect(await exposureIn(clone.dir)).toEqual({
      state: 'local',
      detail: 'in HEAD, on no remote-tracking branch (fetched 2026-11-19)',
      broughtBy: [{ ...commitAt(clone, 'HEAD'), isHead: true, hasMerge: false, paths: ['b'] }],
    });
  });

  it('committed and taken out again, then pushed', async () => {
    const clone = cloneOf(originWith('nothing'));
    clone.commit('b', KEY);
    clone.commit('b', 'taken out');
    expect(await exposureIn(clone.dir)).toEqual({
      state: 'local',
      detail: 'in a commit behind HEAD, on no remote-tracking branch (fetched 2026-11-19)',
      broughtBy: [{ ...commitAt(clone, 'HEAD~1'), isHead: false, hasMerge: false, paths: ['b'] }],
    });
    clone.git('push', '-q', 'origin', 'HEAD:other');
    const pushed = await exposureIn(clone.dir);
    expect(pushed?.state).toBe('pushed');
    expect(pushed?.detail).toMatch(
      /^in a commit of a remote-tracking branch \(fetched \S+\); who can read it is not known from here$/u,
    );
  });

  it('pushed', async () => {
    const clone = cloneOf(originWith(KEY), ['b', 'c', 'd']);
    expect(await exposureIn(clone.dir)).toEqual({
      state: 'pushed',
      detail: 'in origin/b, origin/c, origin/d and 1 more (fetched 2026-11-19); who can read it is not known from here',
    });
  });

  it('in a build, which has it from somewhere', async () => {
    const repo = originWith('nothing');
    expect(await exposureIn(repo.dir, true)).toEqual({
      state: 'pushed',
      detail: 'this is a CI run; who can read the repository is not known from here',
    });
  });

  it('without a repository nothing is known', async () => {
    expect((await exposureIn(tempDir()))?.state).toBe('unknown');
  });
});
