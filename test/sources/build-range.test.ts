import { describe, expect, it } from 'vitest';
import { findBuild } from '../../src/ci/find-build.ts';
import type { Variables } from '../../src/ci/variables.ts';
import { rangeOfBuild } from '../../src/sources/git/build-range.ts';
import { listCommits, shallowEdges } from '../../src/sources/git/list-commits.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { server } from '../helpers/build-repos.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { testHost } from './host.ts';

const ZERO = '0'.repeat(40);

/**
 * main: m1 m2 m3; `feature` leaves main at m2 with f1 f2 f3, and was f1 x2 before it was forced; `orphan` has nothing in
 * common with the others; the server has merged feature into main for pull request 1. The subject of each is its name.
 */
const { id, clone, checkout } = server((origin) => {
  const commits = (...names: readonly string[]): void => {
    for (const name of names) origin.commit(name, name, name);
  };
  commits('m1', 'm2');
  origin.git('checkout', '-qb', 'feature');
  commits('f1');
  origin.git('tag', 'at-f1');
  commits('x2');
  origin.git('tag', 'forced-away');
  origin.git('reset', '-q', '--hard', 'at-f1');
  commits('f2', 'f3');
  origin.git('checkout', '-q', 'main');
  commits('m3');
  origin.git('checkout', '-q', '--detach');
  origin.git('merge', '-q', '--no-ff', '-m', 'merged', 'feature');
  origin.git('update-ref', 'refs/pull/1/merge', 'HEAD');
  origin.git('checkout', '-q', '--orphan', 'orphan');
  origin.git('rm', '-rfq', '.');
  commits('o1', 'o2');
  origin.git('checkout', '-q', 'main');
});

const clones = new Map<string, TestRepo>();

/** Clones are only read, so that each kind is made once. */
function cloned(name: string, make: () => TestRepo): TestRepo {
  const repo = clones.get(name) ?? make();
  clones.set(name, repo);
  return repo;
}

const feature = (): TestRepo => cloned('feature', () => clone({ at: 'origin/feature' }));
const main = (): TestRepo => cloned('main', () => clone({ at: 'origin/main' }));
const orphan = (): TestRepo => cloned('orphan', () => clone({ at: 'origin/orphan' }));
const merged = (): TestRepo => cloned('merged', () => checkout('refs/pull/1/merge', 0));
const alone = (): TestRepo => cloned('alone', () => clone({ at: 'HEAD', singleBranch: 'main' }));

/** The names of the commits of a build, the base of its policy, and how it is called; or what kind of build has none. */
async function decided(repo: TestRepo, env: Variables, payload: unknown): Promise<string> {
  const repository = await openRepository(testHost(repo.dir));
  if (repository === null) throw new Error('not a repository');
  const build = findBuild(env, () => payload);
  if (build === null) return 'no build';
  if (build.kind !== 'push' && build.kind !== 'review') return `${build.ci}: ${build.kind}`;
  const range = await rangeOfBuild(repository, build);
  if (range === null) return 'no commit';
  const subject = (oid: string): string => repo.git('log', '-1', '--no-walk', '--format=%s', oid).trim();
  const commits = await listCommits(repository.git, range);
  const edges = await shallowEdges(repository);
  const cut = commits.some((oid) => edges.has(oid)) ? ', cut off' : '';
  const absent = (range.unreadable ?? []).length > 0 ? ', without its tip' : '';
  const base = range.base === null ? 'nothing' : subject(range.base.oid);
  const names = commits.map(subject).toSorted().join(' ');
  return `${build.ci}: ${build.kind} ${names} after ${base}${cut}${absent}`;
}

interface Row {
  readonly what: string;
  readonly repo: () => TestRepo;
  readonly env: () => Variables;
  readonly payload?: () => unknown;
  readonly is: string;
}

const github = (event: string, more: Variables = {}): Variables => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: event,
  ...more,
});
const proposal = (): unknown => ({
  pull_request: { base: { sha: id('main'), ref: 'main' }, head: { sha: id('feature') } },
});
const pushOf =
  (before: string, ref = 'refs/heads/feature') =>
  (): unknown => ({
    ref,
    before: before === ZERO ? before : id(before),
    after: id('feature'),
  });

const GITHUB: readonly Row[] = [
  {
    what: 'a pull request on the merge that GitHub made',
    repo: merged,
    env: () => github('pull_request', { GITHUB_REF: 'refs/pull/1/merge', GITHUB_BASE_REF: 'main' }),
    payload: proposal,
    is: 'GitHub Actions: review f1 f2 f3 after m2',
  },
  {
    what: 'a pull request whose head has moved on since the event',
    repo: merged,
    env: () => github('pull_request', { GITHUB_REF: 'refs/pull/1/merge' }),
    payload: () => ({ pull_request: { base: { sha: id('main~1') }, head: { sha: id('at-f1') } } }),
    is: 'GitHub Actions: review f1 f2 f3 after m2',
  },
  {
    what: 'a pull request of which the head is checked out',
    repo: feature,
    env: () => github('pull_request'),
    payload: proposal,
    is: 'GitHub Actions: review f1 f2 f3 after m2',
  },
  {
    what: 'a pull request whose base is known by its name only',
    repo: feature,
    env: () => github('pull_request', { GITHUB_BASE_REF: 'main' }),
    payload: () => ({ pull_request: { base: { sha: 'f'.repeat(40) }, head: { sha: id('feature') } } }),
    is: 'GitHub Actions: review f1 f2 f3 after m2',
  },
  {
    what: 'a pull request of something unrelated',
    repo: orphan,
    env: () => github('pull_request'),
    payload: () => ({ pull_request: { base: { sha: id('main') }, head: { sha: id('orphan') } } }),
    is: 'GitHub Actions: review o1 o2 after m3',
  },
  {
    what: 'pull_request_target, which checks the base out',
    repo: main,
    env: () => github('pull_request_target'),
    payload: () => ({ pull_request: { base: { sha: id('main') }, head: { sha: 'e'.repeat(40) } } }),
    is: 'GitHub Actions: review  after m3, without its tip',
  },
  {
    what: 'a merge queue',
    repo: merged,
    env: () => github('merge_group'),
    payload: () => ({ merge_group: { base_sha: id('main'), head_sha: id('refs/pull/1/merge') } }),
    is: 'GitHub Actions: review f1 f2 f3 merged after m3',
  },
  {
    what: 'a push',
    repo: feature,
    env: () => github('push'),
    payload: pushOf('at-f1'),
    is: 'GitHub Actions: push f2 f3 after f1',
  },
  {
    what: 'a new branch',
    repo: feature,
    env: () => github('push'),
    payload: pushOf(ZERO),
    is: 'GitHub Actions: push f1 f2 f3 after m2',
  },
  {
    what: 'a forced push whose old tip is here',
    repo: feature,
    env: () => github('push'),
    payload: pushOf('forced-away'),
    is: 'GitHub Actions: push f2 f3 after f1',
  },
  {
    what: 'a forced push whose old tip is gone',
    repo: feature,
    env: () => github('push'),
    payload: () => ({ ref: 'refs/heads/feature', before: 'd'.repeat(40), after: id('feature'), forced: true }),
    is: 'GitHub Actions: push f1 f2 f3 after m2',
  },
  {
    what: 'the first push of the only branch',
    repo: alone,
    env: () => github('push'),
    payload: () => ({ ref: 'refs/heads/main', before: ZERO, after: id('main') }),
    is: 'GitHub Actions: push m1 m2 m3 after nothing',
  },
  {
    what: 'a new branch without anything in common',
    repo: orphan,
    env: () => github('push'),
    payload: () => ({ ref: 'refs/heads/orphan', before: ZERO, after: id('orphan') }),
    is: 'GitHub Actions: push o1 o2 after nothing',
  },
  {
    what: 'a tag',
    repo: main,
    env: () => github('push'),
    payload: () => ({ ref: 'refs/tags/v1', before: ZERO, after: id('main') }),
    is: 'GitHub Actions: tag',
  },
  {
    what: 'a branch that was deleted',
    repo: main,
    env: () => github('push'),
    payload: () => ({ ref: 'refs/heads/feature', before: id('feature'), after: ZERO, deleted: true }),
    is: 'GitHub Actions: manual',
  },
  {
    what: 'a schedule',
    repo: main,
    env: () => github('schedule'),
    payload: () => ({}),
    is: 'GitHub Actions: schedule',
  },
  {
    what: 'a start by hand',
    repo: main,
    env: () => github('workflow_dispatch'),
    payload: () => ({ ref: 'refs/heads/main' }),
    is: 'GitHub Actions: manual',
  },
  {
    what: 'Gitea',
    repo: feature,
    env: () => github('push', { GITEA_ACTIONS: 'true' }),
    payload: pushOf('at-f1'),
    is: 'Gitea Actions: push f2 f3 after f1',
  },
  {
    what: 'Forgejo',
    repo: feature,
    env: () => github('push', { GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }),
    payload: pushOf('at-f1'),
    is: 'Forgejo Actions: push f2 f3 after f1',
  },
];

const OTHERS: readonly (readonly [what: string, repo: () => TestRepo, env: () => Variables, is: string])[] = [
  [
    'GitLab: a merge request',
    feature,
    () => ({
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: id('main~1'),
      CI_COMMIT_BEFORE_SHA: ZERO,
      CI_COMMIT_SHA: id('feature'),
    }),
    'GitLab CI: review f1 f2 f3 after m2',
  ],
  [
    'GitLab: the merged result of a merge request',
    merged,
    () => ({
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: id('main~1'),
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: id('feature'),
      CI_COMMIT_SHA: id('refs/pull/1/merge'),
    }),
    'GitLab CI: review f1 f2 f3 after m2',
  ],
  [
    'GitLab: a push',
    feature,
    () => ({
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BEFORE_SHA: id('at-f1'),
      CI_COMMIT_SHA: id('feature'),
      CI_COMMIT_BRANCH: 'feature',
    }),
    'GitLab CI: push f2 f3 after f1',
  ],
  [
    'GitLab: the first pipeline of a branch',
    feature,
    () => ({
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BEFORE_SHA: ZERO,
      CI_COMMIT_SHA: id('feature'),
      CI_COMMIT_BRANCH: 'feature',
    }),
    'GitLab CI: push f1 f2 f3 after m2',
  ],
  [
    'GitLab: a tag',
    main,
    () => ({ GITLAB_CI: 'true', CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1' }),
    'GitLab CI: tag',
  ],
  ['GitLab: a schedule', main, () => ({ GITLAB_CI: 'true', CI_PIPELINE_SOURCE: 'schedule' }), 'GitLab CI: schedule'],
  ['GitLab: by hand', main, () => ({ GITLAB_CI: 'true', CI_PIPELINE_SOURCE: 'web' }), 'GitLab CI: manual'],
  [
    'Bitbucket: a pull request',
    feature,
    () => ({
      BITBUCKET_BUILD_NUMBER: '7',
      BITBUCKET_PR_ID: '1',
      BITBUCKET_PR_DESTINATION_COMMIT: id('main').slice(0, 12),
      BITBUCKET_COMMIT: id('feature'),
    }),
    'Bitbucket Pipelines: review f1 f2 f3 after m2',
  ],
  [
    'Bitbucket: a push',
    feature,
    () => ({ BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_BRANCH: 'feature', BITBUCKET_COMMIT: id('feature') }),
    'Bitbucket Pipelines: push f1 f2 f3 after m2',
  ],
  [
    'Azure: a pull request on its merge',
    merged,
    () => ({
      TF_BUILD: 'True',
      BUILD_REASON: 'PullRequest',
      BUILD_SOURCEBRANCH: 'refs/pull/1/merge',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: id('feature'),
      BUILD_SOURCEVERSION: id('refs/pull/1/merge'),
    }),
    'Azure Pipelines: review f1 f2 f3 after m2',
  ],
  [
    'Azure: a push',
    feature,
    () => ({
      TF_BUILD: 'True',
      BUILD_REASON: 'IndividualCI',
      BUILD_SOURCEBRANCH: 'refs/heads/feature',
      BUILD_SOURCEVERSION: id('feature'),
    }),
    'Azure Pipelines: push f1 f2 f3 after m2',
  ],
  ['Azure: a schedule', main, () => ({ TF_BUILD: 'True', BUILD_REASON: 'Schedule' }), 'Azure Pipelines: schedule'],
  [
    'CircleCI: a push',
    feature,
    () => ({
      CIRCLECI: 'true',
      CIRCLE_BASE_REVISION: id('at-f1'),
      CIRCLE_SHA1: id('feature'),
      CIRCLE_BRANCH: 'feature',
    }),
    'CircleCI: push f2 f3 after f1',
  ],
  [
    'CircleCI: the address of a comparison',
    feature,
    () => ({
      CIRCLECI: 'true',
      CIRCLE_COMPARE_URL: `https://example.com/a/b/compare/${id('at-f1')}...${id('feature')}`,
      CIRCLE_SHA1: id('feature'),
    }),
    'CircleCI: push f2 f3 after f1',
  ],
  [
    'CircleCI: a pull request, of which no base is told',
    feature,
    () => ({
      CIRCLECI: 'true',
      CIRCLE_PULL_REQUEST: 'https://example.com/a/b/pull/1',
      CIRCLE_BASE_REVISION: id('at-f1'),
      CIRCLE_SHA1: id('feature'),
      CIRCLE_BRANCH: 'feature',
    }),
    'CircleCI: review f1 f2 f3 after m2',
  ],
  [
    'Travis: a push, with three dots',
    feature,
    () => ({
      TRAVIS: 'true',
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_PULL_REQUEST: 'false',
      TRAVIS_BRANCH: 'feature',
      TRAVIS_COMMIT_RANGE: `${id('forced-away').slice(0, 12)}...${id('feature').slice(0, 12)}`,
      TRAVIS_COMMIT: id('feature'),
    }),
    'Travis CI: push f2 f3 after f1',
  ],
  [
    'Travis: a new branch',
    feature,
    () => ({
      TRAVIS: 'true',
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_PULL_REQUEST: 'false',
      TRAVIS_BRANCH: 'feature',
      TRAVIS_COMMIT_RANGE: '',
      TRAVIS_COMMIT: id('feature'),
    }),
    'Travis CI: push f1 f2 f3 after m2',
  ],
  [
    'Travis: a pull request',
    merged,
    () => ({
      TRAVIS: 'true',
      TRAVIS_EVENT_TYPE: 'pull_request',
      TRAVIS_PULL_REQUEST: '1',
      TRAVIS_BRANCH: 'main',
      TRAVIS_COMMIT_RANGE: `${id('main')}...${id('feature')}`,
      TRAVIS_PULL_REQUEST_SHA: id('feature'),
    }),
    'Travis CI: review f1 f2 f3 after m2',
  ],
  ['Travis: a schedule', main, () => ({ TRAVIS: 'true', TRAVIS_EVENT_TYPE: 'cron' }), 'Travis CI: schedule'],
  [
    'Jenkins: a pull request',
    feature,
    () => ({
      JENKINS_URL: 'https://ci.example.com/',
      CHANGE_ID: '1',
      CHANGE_TARGET: 'main',
      GIT_COMMIT: id('feature'),
    }),
    'Jenkins: review f1 f2 f3 after m2',
  ],
  [
    'Jenkins: a push, behind the last build',
    feature,
    () => ({
      JENKINS_URL: 'https://ci.example.com/',
      GIT_PREVIOUS_COMMIT: id('at-f1'),
      GIT_COMMIT: id('feature'),
      GIT_BRANCH: 'origin/feature',
    }),
    'Jenkins: push f2 f3 after f1',
  ],
  [
    'Jenkins: the first build',
    feature,
    () => ({ JENKINS_URL: 'https://ci.example.com/', GIT_COMMIT: id('feature'), GIT_BRANCH: 'origin/feature' }),
    'Jenkins: push f1 f2 f3 after m2',
  ],
  [
    'Buildkite: a pull request',
    feature,
    () => ({
      BUILDKITE: 'true',
      BUILDKITE_PULL_REQUEST: '1',
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main',
      BUILDKITE_COMMIT: id('feature'),
    }),
    'Buildkite: review f1 f2 f3 after m2',
  ],
  [
    'Buildkite: a push',
    feature,
    () => ({
      BUILDKITE: 'true',
      BUILDKITE_PULL_REQUEST: 'false',
      BUILDKITE_SOURCE: 'webhook',
      BUILDKITE_BRANCH: 'feature',
      BUILDKITE_COMMIT: 'HEAD',
    }),
    'Buildkite: push f1 f2 f3 after m2',
  ],
  [
    'Drone: a pull request',
    feature,
    () => ({
      DRONE: 'true',
      DRONE_BUILD_EVENT: 'pull_request',
      DRONE_TARGET_BRANCH: 'main',
      DRONE_COMMIT_AFTER: id('feature'),
    }),
    'Drone: review f1 f2 f3 after m2',
  ],
  [
    'Drone: a new branch',
    feature,
    () => ({
      DRONE: 'true',
      DRONE_BUILD_EVENT: 'push',
      DRONE_BRANCH: 'feature',
      DRONE_COMMIT_BEFORE: ZERO,
      DRONE_COMMIT_AFTER: id('feature'),
    }),
    'Drone: push f1 f2 f3 after m2',
  ],
  [
    'Woodpecker: a pull request',
    feature,
    () => ({
      CI: 'woodpecker',
      CI_PIPELINE_EVENT: 'pull_request',
      CI_COMMIT_TARGET_BRANCH: 'main',
      CI_COMMIT_SHA: id('feature'),
    }),
    'Woodpecker: review f1 f2 f3 after m2',
  ],
  [
    'Woodpecker: a push',
    feature,
    () => ({
      CI: 'woodpecker',
      CI_PIPELINE_EVENT: 'push',
      CI_PREV_COMMIT_SHA: id('at-f1'),
      CI_COMMIT_SHA: id('feature'),
      CI_COMMIT_BRANCH: 'feature',
    }),
    'Woodpecker: push f2 f3 after f1',
  ],
  [
    'Semaphore: a push',
    feature,
    () => ({
      SEMAPHORE: 'true',
      SEMAPHORE_GIT_REF_TYPE: 'branch',
      SEMAPHORE_GIT_COMMIT_RANGE: `${id('at-f1')}...${id('feature')}`,
      SEMAPHORE_GIT_SHA: id('feature'),
    }),
    'Semaphore: push f2 f3 after f1',
  ],
  [
    'Semaphore: a pull request',
    merged,
    () => ({
      SEMAPHORE: 'true',
      SEMAPHORE_GIT_REF_TYPE: 'pull-request',
      SEMAPHORE_GIT_COMMIT_RANGE: `${id('main')}...${id('feature')}`,
      SEMAPHORE_GIT_BRANCH: 'main',
      SEMAPHORE_GIT_SHA: id('refs/pull/1/merge'),
      SEMAPHORE_GIT_PR_SHA: id('feature'),
    }),
    'Semaphore: review f1 f2 f3 after m2',
  ],
  [
    'AppVeyor: a pull request',
    feature,
    () => ({
      APPVEYOR: 'True',
      APPVEYOR_PULL_REQUEST_NUMBER: '1',
      APPVEYOR_REPO_BRANCH: 'main',
      APPVEYOR_REPO_TAG: 'false',
      APPVEYOR_PULL_REQUEST_HEAD_COMMIT: id('feature'),
    }),
    'AppVeyor: review f1 f2 f3 after m2',
  ],
  [
    'CodeBuild: a pull request',
    feature,
    () => ({
      CODEBUILD_BUILD_ID: 'a:1',
      CODEBUILD_WEBHOOK_EVENT: 'PULL_REQUEST_UPDATED',
      CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main',
      CODEBUILD_RESOLVED_SOURCE_VERSION: id('feature'),
    }),
    'CodeBuild: review f1 f2 f3 after m2',
  ],
  [
    'CodeBuild: a push',
    feature,
    () => ({
      CODEBUILD_BUILD_ID: 'a:1',
      CODEBUILD_WEBHOOK_EVENT: 'PUSH',
      CODEBUILD_WEBHOOK_PREV_COMMIT: id('at-f1'),
      CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/feature',
      CODEBUILD_RESOLVED_SOURCE_VERSION: id('feature'),
    }),
    'CodeBuild: push f2 f3 after f1',
  ],
  [
    'TeamCity: a detached build whose branch nobody names',
    feature,
    () => ({ TEAMCITY_VERSION: '2026.1', BUILD_VCS_NUMBER: id('feature') }),
    'TeamCity: push f1 f2 f3 after m2',
  ],
  [
    'Cirrus: a pull request',
    feature,
    () => ({
      CIRRUS_CI: 'true',
      CIRRUS_PR: '1',
      CIRRUS_BASE_SHA: id('main'),
      CIRRUS_CHANGE_IN_REPO: id('feature'),
    }),
    'Cirrus CI: review f1 f2 f3 after m2',
  ],
  [
    'Vercel',
    feature,
    () => ({
      VERCEL: '1',
      VERCEL_GIT_PREVIOUS_SHA: id('at-f1'),
      VERCEL_GIT_COMMIT_SHA: id('feature'),
      VERCEL_GIT_COMMIT_REF: 'feature',
    }),
    'Vercel: push f2 f3 after f1',
  ],
  [
    'Netlify',
    feature,
    () => ({ NETLIFY: 'true', CACHED_COMMIT_REF: id('at-f1'), COMMIT_REF: id('feature'), HEAD: 'feature' }),
    'Netlify: push f2 f3 after f1',
  ],
  [
    'the pre-commit framework, within another',
    feature,
    () => ({
      PRE_COMMIT: '1',
      GITHUB_ACTIONS: 'true',
      PRE_COMMIT_FROM_REF: id('at-f1'),
      PRE_COMMIT_TO_REF: id('feature'),
    }),
    'the pre-commit framework: push f2 f3 after f1',
  ],
  ['nobody', main, () => ({ CI: 'true', PRE_COMMIT: '1' }), 'no build'],
];

describe('the range of a build', () => {
  it.each(GITHUB)('GitHub: $what', async ({ repo, env, payload, is }) => {
    expect(await decided(repo(), env(), payload?.())).toBe(is);
  });

  it.each(OTHERS)('%s', async (_, repo, env, is) => {
    expect(await decided(repo(), env(), null)).toBe(is);
  });
});

describe('a shallow clone', () => {
  const pull = (): Variables => github('pull_request', { GITHUB_REF: 'refs/pull/1/merge' });

  it.each([
    [1, 'GitHub Actions: review merged after nothing, cut off, without its tip'],
    [2, 'GitHub Actions: review f3 after m3, cut off'],
    [3, 'GitHub Actions: review f2 f3 after m3, cut off'],
    [5, 'GitHub Actions: review f1 f2 f3 after m2'],
  ])('of depth %s of a pull request: %s', async (depth, is) => {
    expect(await decided(checkout('refs/pull/1/merge', depth), pull(), proposal())).toBe(is);
  });

  it('of a push, of which the old tip was fetched by itself, is cut off', async () => {
    const repo = checkout('refs/heads/feature', 1);
    repo.git('fetch', '-q', '--depth=1', 'origin', id('at-f1'));
    expect(await decided(repo, github('push'), pushOf('at-f1')())).toContain('cut off');
  });
});

it('counts what the remote says of its HEAD, if that is no pointer, as the branch that it is', async () => {
  const repo = clone({ at: 'origin/main', singleBranch: 'main' });
  repo.git('symbolic-ref', '-d', 'refs/remotes/origin/HEAD');
  repo.git('update-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const payload = { ref: 'refs/heads/main', before: ZERO, after: id('main') };
  expect(await decided(repo, github('push'), payload)).toBe('GitHub Actions: push m1 m2 m3 after nothing');
});
