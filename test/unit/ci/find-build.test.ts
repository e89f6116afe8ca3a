import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBuild } from '../../../src/ci/find-build.ts';
import { branchNamed, commitNamed, rangeNamed } from '../../../src/ci/variables.ts';
import { KeyguardError } from '../../../src/errors.ts';

const ID = 'a'.repeat(40);
const NONE = (): unknown => null;

describe('what comes from outside', () => {
  it.each(['--output=made', `${ID}; true`, 'main', 'g'.repeat(40), `${ID}\n`, ' ', 'abc'])(
    'is no commit: %j',
    (value) => {
      expect(() => commitNamed('X', value)).toThrow('X holds no commit id; correct it, or name the commits yourself');
    },
  );

  it.each(['', 'HEAD', '0'.repeat(40), '0'.repeat(64)])('names no commit: %j', (value) => {
    expect(commitNamed('X', value)).toEqual([]);
  });

  it.each([
    '--upload-pack=x',
    'a b',
    'a..b',
    'a^{tree}',
    'a:b',
    'a~1',
    'a\nb',
    'x.lock',
    'a//b',
    '@{u}',
    '@',
    '.',
    'a/',
  ])('is no branch: %j', (value) => {
    expect(() => branchNamed('X', value)).toThrow('X holds no name of a branch; correct it');
  });

  it.each([
    ['main', 'main'],
    ['refs/heads/feature/x', 'feature/x'],
    ['origin/main', 'main'],
    ['fix-für-ü', 'fix-für-ü'],
    ['dependabot/npm_and_yarn/a@1.2', 'dependabot/npm_and_yarn/a@1.2'],
  ])('is a branch: %j', (value, name) => {
    expect(branchNamed('X', value)).toBe(name);
  });

  it('is a commit, a branch, or refused, whatever it is', () => {
    assert(
      property(string(), (value) => {
        for (const read of [commitNamed, branchNamed, rangeNamed]) {
          try {
            expect(JSON.stringify(read('X', value)) ?? '').not.toMatch(/"(?:id|name)":"-|\.\.|[\0-\x1f]/u);
          } catch (error) {
            expect(error).toBeInstanceOf(KeyguardError);
          }
        }
      }),
    );
  });
});

it.each([
  ['abc1234...def5678', ['abc1234'], ['def5678']],
  ['abc1234..def5678', ['abc1234'], ['def5678']],
  ['https://example.com/a/b/compare/abc1234...def5678', ['abc1234'], ['def5678']],
  ['def5678^...def5678', [], ['def5678']],
  ['https://example.com/a/b/commit/def5678', [], []],
  [`${'0'.repeat(40)}...def5678`, [], ['def5678']],
  ['', [], []],
])('%j holds a range', (text, base, head) => {
  const ids = (list: readonly object[]): readonly unknown[] => list.map((one) => ('id' in one ? one.id : one));
  const range = rangeNamed('X', text);
  expect([ids(range.base), ids(range.head)]).toEqual([base, head]);
});

describe('an event of GitHub', () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request' };

  it('that is not what it should be is refused with its place', () => {
    const payload = (sha: unknown) => () => ({ pull_request: { base: { sha }, head: { sha: ID } } });
    expect(() => findBuild(env, payload('--output=x'))).toThrow('"pull_request.base.sha" of GITHUB_EVENT_PATH');
    expect(() => findBuild(env, payload(7))).toThrow('"pull_request.base.sha" of GITHUB_EVENT_PATH is no text');
    expect(() => findBuild({ ...env, GITHUB_BASE_REF: '--x' }, payload(ID))).toThrow('GITHUB_BASE_REF');
  });

  it.each([[null], [[]], ['text'], [7], [{ pull_request: null }], [{ pull_request: { base: 7 } }]])(
    'without what is needed names nothing: %j',
    (payload) => {
      expect(findBuild(env, () => payload)).toMatchObject({ kind: 'review', base: [], head: [] });
    },
  );

  it('is private only where all of it is', () => {
    const of = (payload: object): unknown => findBuild(env, () => payload)?.visibility;
    expect(of({ repository: { private: true } })).toBe('private');
    expect(of({ repository: { private: false } })).toBe('public');
    expect(of({ repository: { private: true }, pull_request: { head: { repo: { private: false } } } })).toBe('public');
    expect(of({})).toBeNull();
  });
});

it('is told for GitLab and Drone by a variable', () => {
  const of = (value: string): unknown =>
    findBuild({ GITLAB_CI: 'true', CI_PROJECT_VISIBILITY: value }, NONE)?.visibility;
  expect([of('private'), of('public'), of('internal')]).toEqual(['private', 'public', null]);
});

it('knows nobody without the variables of somebody', () => {
  expect(findBuild({ CI: 'true', HOME: '/root' }, NONE)).toBeNull();
  expect(findBuild({ GITLAB_CI: 'false' }, NONE)).toBeNull();
});
