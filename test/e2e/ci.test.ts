import { truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { server } from '../helpers/build-repos.ts';
import { fakeKey } from '../helpers/keys.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { scanJson } from './scan-json.ts';

const OLD = fakeKey('openaiProject', 1);
const NEW = fakeKey('openaiProject', 2);

function line(key: string): string {
  return `const key = '${key}';\n`;
}

/** main holds an old key; `feature` brings one in and takes it out again; the server has merged the two. */
const { id, clone, checkout, file } = server((origin) => {
  origin.commit('readme.md', 'A program.\n');
  origin.commit('old.ts', line(OLD));
  origin.git('tag', 'fork');
  origin.git('checkout', '-qb', 'feature');
  origin.commit('src/a.ts', `\n${line(NEW)}`);
  origin.git('tag', 'guilty');
  origin.commit('src/a.ts', 'clean\n');
  origin.git('checkout', '-qb', 'harmless', 'fork');
  origin.commit('src/b.ts', 'clean\n');
  origin.git('checkout', '-q', 'main');
  origin.commit('main.ts', 'main\n');
  for (const [number, branch] of [
    [1, 'feature'],
    [2, 'harmless'],
  ] as const) {
    origin.git('checkout', '-q', '--detach', 'main');
    origin.git('merge', '-q', '--no-ff', '-m', 'merge', branch);
    origin.git('update-ref', `refs/pull/${number}/merge`, 'HEAD');
  }
  origin.git('checkout', '-q', 'main');
});

function github(
  name: string,
  event: string,
  payload: object,
  more: Record<string, string> = {},
): Record<string, string> {
  const path = file(`${name}.json`, JSON.stringify(payload));
  return { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path, ...more };
}

function pullRequest(number: number, branch: string, isPrivate = false): Record<string, string> {
  const repository = { private: isPrivate };
  const pull_request = { base: { sha: id('fork'), ref: 'main' }, head: { sha: id(branch), repo: repository } };
  const payload = { action: 'opened', number, repository, pull_request };
  return github(`pr-${number}-${isPrivate}`, 'pull_request', payload, {
    GITHUB_REF: `refs/pull/${number}/merge`,
    GITHUB_BASE_REF: 'main',
    GITHUB_HEAD_REF: branch,
  });
}

function told(
  repo: TestRepo,
  env: Record<string, string>,
  ...args: readonly string[]
): readonly (string | number | null)[] {
  const { code, report } = scanJson(repo.dir, args, { env });
  const findings = report.findings.map(({ location: { path, line: at, kind } }) => `${kind} ${path ?? '-'}:${at}`);
  return [code, ...findings, ...report.suppressed.map(({ by }) => by)];
}

describe('keyguard scan on GitHub, without configuration', () => {
  it('finds in a pull request what a later commit of it took out, and lists what the base has', () => {
    const repo = checkout('refs/pull/1/merge', 0);
    const env = pullRequest(1, 'feature');
    expect(told(repo, env)).toEqual([1, 'blob src/a.ts:2', 'base']);
    const { stdout, stderr } = keyguard(repo.dir, ['scan'], { env });
    const [first = ''] = stdout.split('\n\n');
    expect(first.replaceAll('\n', ' ').replaceAll(/\s+/gu, ' ')).toBe(
      `keyguard: ${id('main').slice(0, 12)}..${id('feature').slice(0, 12)}: 2 commits, not shallow, and the tree of HEAD; GitHub Actions: pull_request, GITHUB_EVENT_PATH; policy from the merge base ${id('fork').slice(0, 12)}`,
    );
    expect(stderr).toMatch(/scanned \d+ of \d+ files and objects of 2 commits \(/u);
  });

  it('lets a pull request pass that brings nothing in', () => {
    expect(told(checkout('refs/pull/2/merge', 0), pullRequest(2, 'harmless'))).toEqual([0, 'base']);
  });

  it.each([1, 2])('says of a clone of depth %s how it is made whole, and is not clean', (depth) => {
    const repo = checkout('refs/pull/2/merge', depth);
    const { code, stdout } = keyguard(repo.dir, ['scan'], { env: pullRequest(2, 'harmless') });
    expect(code).toBe(2);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('fetch-depth: 0 for actions/checkout');
  });

  it('fetches what a shallow clone lacks where that is asked for, and says what it ran', () => {
    const repo = checkout('refs/pull/1/merge', 1);
    const { code, report } = scanJson(repo.dir, ['--fetch'], { env: pullRequest(1, 'feature') });
    expect([code, report.complete, report.findings.length]).toEqual([1, true, 1]);
    expect(report.notices.map(({ message }) => message)).toEqual([
      "The clone was shallow, so keyguard ran: git fetch --unshallow --no-tags origin '+refs/heads/*:refs/remotes/origin/*'",
    ]);
  });

  it('finds in a push what it brings in and what the tree holds', () => {
    const repo = checkout('refs/heads/feature', 0);
    const payload = {
      ref: 'refs/heads/feature',
      before: id('fork'),
      after: id('feature'),
      repository: { private: true },
    };
    expect(told(repo, github('push', 'push', payload))).toEqual([1, 'blob old.ts:1', 'blob src/a.ts:2']);
    const fresh = { ...payload, before: '0'.repeat(40), created: true };
    expect(told(repo, github('new', 'push', fresh))).toEqual([1, 'blob old.ts:1', 'blob src/a.ts:2']);
  });

  it('tells who can read the repository where the event does', () => {
    const repo = checkout('refs/pull/1/merge', 0);
    const state = (isPrivate: boolean): string | undefined =>
      scanJson(repo.dir, [], { env: pullRequest(1, 'feature', isPrivate) }).report.findings[0]?.exposure.state;
    expect([state(true), state(false)]).toEqual(['pushed-private', 'pushed']);
  });

  it('reads the tree where a build has no commits, and says so', () => {
    const repo = checkout('refs/heads/main');
    const { code, report } = scanJson(repo.dir, [], { env: github('schedule', 'schedule', {}) });
    expect([code, report.scope.kind, report.notices[0]?.code]).toEqual([1, 'tree', 'no-range']);
  });
});

describe('an event that cannot be read', () => {
  const huge = (): string => {
    const path = file('huge.json', '');
    truncateSync(path, 26 * 1024 * 1024);
    return path;
  };

  it.each([
    ['not set', (): string => '', 'GITHUB_EVENT_PATH is not set'],
    ['not there', (): string => '/no/such/event.json', 'which GITHUB_EVENT_PATH names, is not there'],
    ['not JSON', (): string => file('broken.json', `{ "key": "${NEW}"`), 'which GITHUB_EVENT_PATH names, is not JSON'],
    ['a folder', (): string => tmpdir(), 'is not a regular file'],
    ['huge', huge, 'is larger than 25 MB'],
  ])('because it is %s ends with 2, the place and the remedy', (_, path, message) => {
    const env = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: path() };
    const { code, stdout, stderr } = keyguard(checkout('refs/heads/main').dir, ['scan'], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('keyguard scan --range A..B');
    expect(stderr).not.toContain(NEW);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

it('gives the same bytes twice', () => {
  const repo = checkout('refs/pull/1/merge', 0);
  for (const format of ['pretty', 'json', 'sarif']) {
    const [one, two] = [1, 2].map(
      () => keyguard(repo.dir, ['scan', '--format', format], { env: pullRequest(1, 'feature') }).stdout,
    );
    expect(one).toBe(two);
    expect(one).not.toContain(NEW);
  }
});

it('is no build where somebody says that this is no CI, or names a path', () => {
  const repo = checkout('refs/heads/main', 0);
  const env = { CI: 'false', GITHUB_ACTIONS: 'true' };
  expect(scanJson(repo.dir, [], { env }).report.scope.kind).toBe('tree');
  expect(scanJson(repo.dir, ['old.ts'], { env: { ...env, CI: 'true' } }).report.scope.kind).toBe('tree');
});

describe('keyguard scan on GitLab, without configuration', () => {
  const env = { CI: 'true', GITLAB_CI: 'true' };

  it('finds in a merge request what a later commit of it took out, and lists what the base has', () => {
    const repo = clone({ at: 'origin/feature' });
    const more = {
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: id('fork'),
      CI_COMMIT_BEFORE_SHA: '0'.repeat(40),
      CI_COMMIT_SHA: id('feature'),
    };
    expect(told(repo, { ...env, ...more })).toEqual([1, 'blob src/a.ts:2', 'base']);
  });

  it('says of a shallow clone how it is made whole', () => {
    const repo = clone({ at: 'origin/feature', depth: 1 });
    const more = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BEFORE_SHA: id('fork'), CI_COMMIT_SHA: id('feature') };
    const { code, stdout } = keyguard(repo.dir, ['scan'], { env: { ...env, ...more } });
    expect(code).toBe(2);
    expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('GIT_DEPTH: 0 among the variables of the job');
  });
});
