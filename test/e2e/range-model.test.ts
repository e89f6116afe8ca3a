import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { detect } from '../../src/detect.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { sortOutHistory } from '../../src/sort-out-history.ts';
import { openRangeSource } from '../../src/sources/git/range.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { scanner } from '../detection/detect.ts';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { testHost } from '../sources/host.ts';

const KEYS = [1, 2, 3].map((seed) => fakeKey('openaiProject', seed));
const FINGERPRINTS = new Map(KEYS.map((key, i) => [fingerprintOf(new Secret(key)), i]));
const PATHS = ['a', 'b', 'dir/c', 'dir/d'];

/** Path → content. */
type Tree = ReadonlyMap<string, string>;

interface Commit {
  readonly parents: readonly number[];
  readonly tree: Tree;
}

interface Edit {
  readonly path: number;
  /** null takes the file away. */
  readonly content: { readonly keys: number; readonly version: number } | null;
}

interface Step {
  readonly branch: 0 | 1;
  readonly merges: boolean;
  readonly edits: readonly Edit[];
}

const step: fc.Arbitrary<Step> = fc.record({
  branch: fc.constantFrom(0, 1),
  merges: fc.boolean(),
  edits: fc.array(
    fc.record({
      path: fc.nat({ max: PATHS.length - 1 }),
      content: fc.option(fc.record({ keys: fc.nat({ max: 7 }), version: fc.nat({ max: 1 }) }), { freq: 3 }),
    }),
    { maxLength: 3 },
  ),
});

function keysIn(mask: number): readonly number[] {
  return KEYS.flatMap((_, i) => (mask & (1 << i) ? [i] : []));
}

function contentOf({ keys, version }: { readonly keys: number; readonly version: number }): string {
  return [`version ${version}`, ...keysIn(keys).map((i) => `key = '${KEYS[i]}'`), ''].join('\n');
}

function keysOf(content: string): readonly number[] {
  return KEYS.flatMap((key, i) => (content.includes(key) ? [i] : []));
}

/** Two branches from one first commit; a merge takes what the other side has where this one has nothing. */
function historyOf(steps: readonly Step[]): readonly Commit[] {
  const commits: Commit[] = [{ parents: [], tree: new Map([['a', contentOf({ keys: 1, version: 0 })]]) }];
  const heads = [0, 0];
  for (const { branch, merges, edits } of steps) {
    const [mine = 0, theirs = 0] = [heads[branch], heads[1 - branch]];
    const isMerge = merges && mine !== theirs;
    const tree = new Map([...(isMerge ? (commits[theirs]?.tree ?? []) : []), ...(commits[mine]?.tree ?? [])]);
    for (const { path, content } of edits) {
      if (content === null) tree.delete(PATHS[path] ?? '');
      else tree.set(PATHS[path] ?? '', contentOf(content));
    }
    commits.push({ parents: isMerge ? [mine, theirs] : [mine], tree });
    heads[branch] = commits.length - 1;
  }
  return commits;
}

/** What a commit's new side holds and no parent's old side of the same change. */
function broughtIn({ parents, tree }: Commit, commits: readonly Commit[]): ReadonlySet<number> {
  const before: readonly Tree[] =
    parents.length === 0 ? [new Map()] : parents.map((p) => commits[p]?.tree ?? new Map());
  const fresh = [...tree].filter(([path, content]) => before.every((old) => old.get(path) !== content));
  const old = before.flatMap((parent) => [...parent].filter(([path, content]) => tree.get(path) !== content));
  const known = new Set(old.flatMap(([, content]) => keysOf(content)));
  return new Set(fresh.flatMap(([, content]) => keysOf(content)).filter((key) => !known.has(key)));
}

function reachable(from: number, commits: readonly Commit[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const left = [from];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    left.push(...(commits[at]?.parents ?? []));
  }
  return seen;
}

/** Writes the history with one git; the ids of its commits. */
function record(repo: TestRepo, commits: readonly Commit[]): readonly string[] {
  const lines = commits.map(({ parents, tree }, i) => {
    const [first, second] = parents;
    return [
      `commit refs/heads/c${i}\nmark :${i + 1}\ncommitter A <a@b> ${1_700_000_000 + i} +0000\ndata 2\nc\n`,
      first === undefined ? '' : `from :${first + 1}\n`,
      second === undefined ? '' : `merge :${second + 1}\n`,
      'deleteall\n',
      ...[...tree].map(([path, content]) => `M 100644 inline ${path}\ndata ${content.length}\n${content}\n`),
    ].join('');
  });
  const marks = join(repo.dir, '.git/marks');
  execFileSync('git', ['fast-import', '--quiet', `--export-marks=${marks}`], {
    cwd: repo.dir,
    env: cleanEnv(),
    input: lines.join(''),
  });
  const ids = new Map(
    readFileSync(marks, 'utf8')
      .split('\n')
      .map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']),
  );
  return commits.map((_, i) => ids.get(`:${i + 1}`) ?? '');
}

it('a range scan finds exactly the keys that its commits bring in, where they come in', async () => {
  const policy = await loadPolicy({ config: null, ignore: null, baseline: null }, 'nowhere', [], '2026-11-20');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), fc.nat(), fc.nat(), async (steps, to, from) => {
      const commits = historyOf(steps);
      const [tip, base] = [to % commits.length, from % commits.length];
      const excluded = reachable(base, commits);
      const range = [...reachable(tip, commits)].filter((commit) => !excluded.has(commit));
      const repo = tempRepo();
      const ids = record(repo, commits);

      const repository = await openRepository(testHost(repo.dir));
      if (repository === null) throw new Error('no repository');
      const set = { include: [ids[tip] ?? ''], exclude: [ids[base] ?? ''] };
      const source = await openRangeSource(repository, { name: 'model', ...set }, { overlap: scanner.overlap });
      const { detections, coverage } = await detect(source, scanner);
      if (source.history === undefined) throw new Error('no history');
      const sorted = await sortOutHistory(detections, source.history, policy, scanner);

      const expected = new Set(
        range.flatMap((at) => [...broughtIn(commits[at] ?? { parents: [], tree: new Map() }, commits)]),
      );
      const found = sorted.kept.map(({ finding }) => FINGERPRINTS.get(finding.fingerprint) ?? -1);
      expect(new Set(found)).toEqual(expected);
      expect(found).toHaveLength(expected.size);
      expect([coverage.scanned, source.commits.length]).toEqual([coverage.expected, range.length]);
      for (const { finding } of sorted.kept) {
        const at = ids.indexOf(finding.location.commit?.id ?? '');
        const key = FINGERPRINTS.get(finding.fingerprint) ?? -1;
        const commit = commits[at] ?? { parents: [], tree: new Map() };
        expect(broughtIn(commit, commits).has(key)).toBe(true);
        expect(keysOf(commit.tree.get(finding.location.path ?? '') ?? '')).toContain(key);
        const isFirst = commit.parents.every((p) =>
          [...reachable(p, commits)].every(
            (older) => excluded.has(older) || !broughtIn(commits[older] ?? commit, commits).has(key),
          ),
        );
        expect(isFirst).toBe(true);
        const atTip = keysOf(commits[tip]?.tree.get(finding.location.path ?? '') ?? '').includes(key);
        expect(finding.location.commit?.atHead === true).toBe(atTip);
      }
    }),
    { numRuns: 20 },
  );
});
