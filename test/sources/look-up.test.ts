import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import type { HistoryBounds, LookedUp } from '../../src/sources/git/look-up.ts';
import { lookUp } from '../../src/sources/git/look-up.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { fakeKey } from '../helpers/keys.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import { removeObject } from './damage.ts';
import { testHost } from './host.ts';

const [ONE, TWO] = [fakeKey('openaiProject', 1), fakeKey('openaiProject', 2)];

function look(dir: string, ...texts: readonly string[]): Promise<LookedUp> {
  return lookWithin(undefined, dir, ...texts);
}

async function lookWithin(
  bounds: HistoryBounds | undefined,
  dir: string,
  ...texts: readonly string[]
): Promise<LookedUp> {
  const repository = await openRepository(testHost(dir));
  if (repository === null) throw new Error('not a repository');
  return lookUp(
    repository,
    texts.map((text) => new Secret(text)),
    bounds,
  );
}

function cloneOf(origin: TestRepo): TestRepo {
  const dir = join(tempDir(), 'clone');
  origin.git('clone', '-q', origin.dir, dir);
  return repoAt(dir);
}

describe('look-up of secrets', () => {
  it('finds nothing before the first commit', async () => {
    const repo = tempRepo();
    repo.stage('a', ONE);
    const found = await look(repo.dir, ONE);
    expect(found.places).toMatchObject([{ isInHead: false, remoteBranches: [] }]);
    expect(found).toMatchObject({ isComplete: true, remoteBranchCount: 0, isHeadOnRemote: false, lastFetch: null });
  });

  it('tells for each secret whether HEAD holds it', async () => {
    const repo = tempRepo();
    repo.commit('deep/a', `key = ${ONE}\n`);
    repo.stage('b', TWO);
    const { places, isComplete } = await look(repo.dir, TWO, ONE);
    expect(places.map(({ isInHead }) => isInHead)).toEqual([false, true]);
    expect(isComplete).toBe(true);
  });

  it('tells which remote-tracking branches hold it, origin/HEAD not among them', async () => {
    const origin = tempRepo();
    origin.commit('a', 'nothing');
    origin.git('checkout', '-qb', 'side');
    origin.commit('b', ONE);
    origin.git('branch', 'twin');
    origin.git('checkout', '-q', 'main');
    const clone = cloneOf(origin);
    clone.commit('c', TWO);
    const found = await look(clone.dir, ONE, TWO);
    expect(found.places).toMatchObject([
      { isInHead: false, remoteBranches: ['origin/side', 'origin/twin'] },
      { isInHead: true, remoteBranches: [] },
    ]);
    expect(found).toMatchObject({ remoteBranchCount: 3, isHeadOnRemote: false, isComplete: true });
    clone.git('push', '-q', 'origin', 'HEAD:new');
    expect(await look(clone.dir, TWO)).toMatchObject({
      isHeadOnRemote: true,
      places: [{ isInHead: true, remoteBranches: ['origin/new'] }],
    });
  });

  it('is not blinded by attributes, settings, a NUL, UTF-16 or odd names', async () => {
    const repo = tempRepo();
    for (const [key, value] of [
      ['core.bigFileThreshold', '1'],
      ['diff.hide.textconv', 'false'],
      ['grep.patternType', 'perl'],
      ['grep.fullName', 'false'],
      ['core.attributesFile', '/dev/null'],
    ] as const)
      repo.git('config', key, value);
    repo.commit('.gitattributes', '* binary diff=hide filter=hide\n*.x export-ignore\n');
    repo.commit('nul', `\0${ONE}`);
    repo.commit('a\nb "x"', Buffer.from(TWO, 'utf16le'));
    const big = fakeKey('openaiService');
    repo.commit('sub/be', Buffer.from(`${'x'.repeat(1024 * 1024 - 20)}${big}`, 'utf16le').swap16());
    const { places } = await look(repo.dir, ONE, TWO, big, fakeKey('openaiProject', 3));
    expect(places.map(({ isInHead }) => isInHead)).toEqual([true, true, true, false]);
  });

  it('tells secrets apart that overlap or hold one another', async () => {
    const repo = tempRepo();
    repo.commit('a', `left${ONE}right`);
    const texts = [ONE, `left${ONE}`, `${ONE}right`, ONE.slice(5), ONE.slice(0, -5), `${ONE}wrong`];
    const { places } = await look(repo.dir, ...texts);
    expect(places.map(({ isInHead }) => isInHead)).toEqual([true, true, true, true, true, false]);
  });

  it('says that it could not look everywhere when an object is missing', async () => {
    const repo = tempRepo();
    repo.commit('a', 'a');
    repo.commit('b', 'b');
    removeObject(repo, repo.git('rev-parse', 'HEAD:a').trim());
    expect(await look(repo.dir, ONE)).toMatchObject({ isComplete: false, places: [{ isInHead: false }] });
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    removeObject(repo, repo.git('rev-parse', 'HEAD^{tree}').trim());
    expect(await look(repo.dir, ONE)).toMatchObject({ isComplete: false });
  });

  it('finds what was committed once and taken out again, and tells whether it was pushed', async () => {
    const origin = tempRepo();
    origin.commit('a', ONE);
    origin.commit('a', 'clean');
    const clone = cloneOf(origin);
    clone.commit('b', TWO);
    clone.commit('b', 'clean');
    clone.commit('c', fakeKey('openaiProject', 3));
    clone.git('checkout', '-qb', 'elsewhere');
    clone.commit('d', fakeKey('openaiProject', 4));
    clone.git('checkout', '-q', 'main');
    const texts = [ONE, TWO, ...[3, 4, 5].map((seed) => fakeKey('openaiProject', seed))];
    const history = (found: LookedUp): readonly string[] => found.places.map((place) => place.history);
    expect(history(await look(clone.dir, ...texts))).toEqual(['pushed', 'local', 'local', 'branch', 'clean']);
    clone.git('push', '-q', 'origin', 'HEAD:new');
    expect(history(await look(clone.dir, ...texts))).toEqual(['pushed', 'pushed', 'pushed', 'branch', 'clean']);
  });

  it('finds it in tags, the stash, messages and authors, and as UTF-32', async () => {
    const repo = tempRepo();
    repo.commit('a', 'a');
    const [tagged, inTag, stashed, said, signed, wide] = [1, 2, 3, 4, 5, 6].map((seed) => fakeKey('openaiAdmin', seed));
    if (!tagged || !inTag || !stashed || !said || !signed || !wide) throw new RangeError('six keys are needed');
    repo.commit('a', 'b', said);
    repo.stage('a', 'c');
    repo.git('commit', '-qm', 'c', `--author=${signed} <a@example.com>`);
    repo.commit('wide', Buffer.from(Array.from(wide, (letter) => `${letter}\0\0\0`).join(''), 'latin1'));
    repo.git('checkout', '-q', '--detach');
    repo.commit('t', tagged);
    repo.git('tag', 'light');
    repo.git('tag', '-a', 'heavy', '-m', inTag, 'main');
    repo.git('checkout', '-q', 'main');
    repo.stage('s', stashed);
    repo.git('stash', '-q');
    const { places } = await look(repo.dir, tagged, inTag, stashed, said, signed, wide, ONE);
    expect(places.map(({ history }) => history)).toEqual(['tag', 'tag', 'stash', 'local', 'local', 'local', 'clean']);
  });

  it('names the commits that nobody else has and that brought it in, those of a side branch and a merge among them', async () => {
    const origin = tempRepo();
    origin.commit('a', 'a');
    const repo = cloneOf(origin);
    repo.commit('b c', ONE, 'one');
    repo.commit('b c', `${ONE} again`, 'again');
    repo.git('checkout', '-qb', 'side', 'HEAD~1');
    repo.commit('deep/d', TWO, 'two');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-commit', 'side');
    repo.stage('evil', fakeKey('openaiProject', 3));
    repo.git('commit', '-qm', 'merge');
    const { places } = await look(repo.dir, ONE, TWO, fakeKey('openaiProject', 3), fakeKey('openaiProject', 4));
    const told = places.map(({ broughtBy }) =>
      broughtBy?.map(({ id, blobs }) => [
        repo.git('log', '-1', '--format=%s', id).trim(),
        ...new Set(blobs.map(({ path }) => path)),
      ]),
    );
    expect(told[0]).toContainEqual(['one', 'b c']);
    expect(told[0]?.[0]).toEqual(['one', 'b c']);
    expect(told[0]).toContainEqual(['again', 'b c']);
    expect(told[1]?.[0]).toEqual(['two', 'deep/d']);
    expect(told[2]).toEqual([['merge', 'evil']]);
    expect(told[3]).toEqual([]);
    expect(places[0]?.broughtBy?.map(({ hasMerge }) => hasMerge)).not.toContain(false);
    repo.commit('later', fakeKey('openaiProject', 4));
    expect((await look(repo.dir, fakeKey('openaiProject', 4))).places[0]?.broughtBy).toMatchObject([
      { hasMerge: false },
    ]);
  });

  it('does not name commits where it could not look at all of them', async () => {
    const repo = tempRepo();
    repo.commit('a', ONE);
    repo.commit('b', 'b');
    expect((await look(repo.dir, ONE)).places[0]?.broughtBy).toHaveLength(1);
    const { places } = await lookWithin({ blobs: 0, bytes: 1000 }, repo.dir, ONE);
    expect(places[0]).toMatchObject({ isInHead: true, broughtBy: null });
  });

  it('does not say that the history is clean when there is too much of it, or only a part', async () => {
    const repo = tempRepo();
    repo.commit('a', TWO.repeat(10));
    repo.commit('a', 'clean');
    expect((await look(repo.dir, ONE)).places[0]?.history).toBe('clean');
    for (const bounds of [
      { blobs: 0, bytes: 1000 },
      { blobs: 1000, bytes: 100 },
    ])
      expect((await lookWithin(bounds, repo.dir, ONE)).places[0]?.history).toBe('not-searched');
    const shallow = join(tempDir(), 'shallow');
    repo.git('clone', '-q', '--depth=1', `file://${repo.dir}`, shallow);
    expect((await look(shallow, ONE)).places[0]?.history).toBe('not-searched');
    removeObject(repo, repo.git('rev-parse', 'HEAD~1:a').trim());
    expect((await look(repo.dir, ONE)).places[0]?.history).toBe('not-searched');
  });

  it('gives the day of the last fetch, or of the clone', async () => {
    const origin = tempRepo();
    origin.commit('a', 'a');
    const clone = cloneOf(origin);
    const cloned = new Date('2026-03-04T23:59:00Z');
    utimesSync(join(clone.dir, '.git/logs/refs/remotes/origin/HEAD'), cloned, cloned);
    expect((await look(clone.dir, ONE)).lastFetch).toBe('2026-03-04');
    clone.git('fetch', '-q');
    const fetched = new Date('2026-05-06T00:00:01Z');
    utimesSync(join(clone.dir, '.git/FETCH_HEAD'), fetched, fetched);
    expect((await look(clone.dir, ONE)).lastFetch).toBe('2026-05-06');
  });
});
