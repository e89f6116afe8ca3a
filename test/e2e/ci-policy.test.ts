import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BuildSettings, scanBuild } from '../../src/cli/scan-build.ts';
import type { Report } from '../../src/model/report.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { fakeKey } from '../helpers/keys.ts';
import { tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { testHost } from '../sources/host.ts';

const OLD = fakeKey('openaiProject', 1);
const NEW = fakeKey('openaiProject', 2);
const ADMIN = fakeKey('openaiAdmin', 3);
const RULE = 'openai-project-key';

const SETTINGS: BuildSettings = {
  skipRules: [],
  failOn: null,
  config: null,
  allowIncomplete: false,
  acceptSuppressions: false,
  fetch: false,
};

function line(key: string, comment = ''): string {
  return `const key = '${key}';${comment}\n`;
}

function entry(key: string): string {
  return `${JSON.stringify({ fingerprint: fingerprintOf(new Secret(key)), reason: 'a key of a test server' })}\n`;
}

/** `main` is the base, tagged so, and holds an old key; what comes next is the change. */
function based(prepare: (repo: TestRepo) => void = () => undefined): TestRepo {
  const repo = tempRepo();
  repo.commit('old.ts', line(OLD));
  prepare(repo);
  repo.git('tag', 'base');
  repo.git('checkout', '-qb', 'change');
  return repo;
}

async function build(repo: TestRepo, kind: 'review' | 'push', settings: Partial<BuildSettings> = {}): Promise<Report> {
  const id = (name: string): string => repo.git('rev-parse', name).trim();
  const ends =
    kind === 'review'
      ? { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: id('base') }
      : { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BEFORE_SHA: id('base') };
  const env = { CI: 'true', GITLAB_CI: 'true', CI_COMMIT_SHA: id('HEAD'), ...ends };
  return scanBuild(testHost(repo.dir, env), { ...SETTINGS, ...settings });
}

function told({ findings, suppressed, notices }: Report): readonly string[] {
  return [
    ...findings.map(({ ruleId, location: { path, line: at } }) => `${ruleId} ${path ?? '-'}:${at}`),
    ...suppressed.map(({ by }) => by),
    ...notices.map(({ code }) => code),
  ];
}

const SILENCERS: readonly (readonly [string, string, (repo: TestRepo) => void])[] = [
  ['an accepted finding', 'keyguard.baseline.jsonl:1', (repo) => repo.stage('keyguard.baseline.jsonl', entry(NEW))],
  ['an ignored path', '.keyguardignore:1', (repo) => repo.stage('.keyguardignore', 'src/\n')],
  [
    'a rule that is switched off',
    'keyguard.config.json:1',
    (repo) => repo.stage('keyguard.config.json', JSON.stringify({ skipRules: [RULE] })),
  ],
  [
    'a comment',
    'src/a.ts:1',
    (repo) => repo.stage('src/a.ts', line(NEW, ` // keyguard:allow ${RULE} -- a key of a test server`)),
  ],
];

describe.each(SILENCERS)('%s that comes with the key which it silences', (_, place, silence) => {
  function silenced(): TestRepo {
    const repo = based();
    repo.stage('src/a.ts', line(NEW));
    silence(repo);
    repo.git('commit', '-qm', 'change');
    return repo;
  }

  it('silences nothing, and is a finding of its own', async () => {
    const repo = silenced();
    for (const kind of ['review', 'push'] as const) {
      const found = (await build(repo, kind)).findings.map(
        ({ ruleId, location: { path, line: at } }) => `${ruleId} ${path ?? '-'}:${at}`,
      );
      const old = kind === 'push' && !place.startsWith('keyguard.config') ? [`${RULE} old.ts:1`] : [];
      expect(found.toSorted()).toEqual([`${RULE} src/a.ts:1`, ...old, `suppression-in-change ${place}`].toSorted());
    }
  });

  it('counts where somebody outside of the change accepts it, and is listed', async () => {
    const { findings, suppressed, notices } = await build(silenced(), 'review', { acceptSuppressions: true });
    expect(findings).toEqual([]);
    expect(suppressed).toHaveLength(2);
    expect(notices.map(({ code }) => code)).toContain('new-suppression');
  });
});

describe('a change that begins to use keyguard', () => {
  function adopting(): TestRepo {
    const repo = based();
    repo.commit('keyguard.baseline.jsonl', entry(OLD));
    return repo;
  }

  it('passes, and what it accepts of the old is listed', async () => {
    expect(told(await build(adopting(), 'review'))).toEqual(['base', 'new-suppression']);
    expect(told(await build(adopting(), 'push'))).toEqual(['baseline', 'new-suppression']);
  });

  it('passes as well with a comment beside the old key', async () => {
    const repo = based();
    repo.commit('old.ts', line(OLD, ` // keyguard:allow ${RULE} -- old`));
    expect(told(await build(repo, 'review'))).toEqual(['base', 'new-suppression']);
    expect(told(await build(repo, 'push'))).toEqual(['inline-allow', 'new-suppression']);
  });
});

describe('what the base has', () => {
  it('stands in the tree: it fails a push, and no change that is to be merged', async () => {
    const repo = based();
    repo.commit('src/b.ts', 'clean\n');
    expect(told(await build(repo, 'push'))).toEqual([`${RULE} old.ts:1`]);
    expect(told(await build(repo, 'review'))).toEqual(['base']);
  });

  it('and has accepted stays accepted, though the change takes that away', async () => {
    const repo = based((origin) => origin.commit('keyguard.baseline.jsonl', entry(OLD)));
    repo.git('rm', '-q', 'keyguard.baseline.jsonl');
    repo.git('commit', '-qm', 'change');
    expect(told(await build(repo, 'push'))).toEqual(['baseline']);
  });

  it('and a comment of the base allows is no news', async () => {
    const repo = based((origin) => origin.commit('old.ts', line(OLD, ` // keyguard:allow ${RULE} -- old`)));
    repo.commit('src/b.ts', 'clean\n');
    expect(told(await build(repo, 'push'))).toEqual(['inline-allow']);
  });

  it('is new where the change copies it', async () => {
    const repo = based();
    repo.commit('src/copy.ts', line(OLD));
    expect(told(await build(repo, 'review'))).toEqual([`${RULE} src/copy.ts:1`]);
  });

  it('is moved and edited without being new', async () => {
    const repo = based();
    repo.git('mv', 'old.ts', 'moved.ts');
    repo.git('commit', '-qm', 'move');
    repo.commit('moved.ts', `// edited\n${line(OLD)}`);
    expect(told(await build(repo, 'review'))).toEqual(['base']);
  });

  it('with a mistake in it does not keep a change from mending it', async () => {
    const repo = based((origin) => origin.commit('keyguard.config.json', '{ "skipRule": [] }'));
    repo.commit('keyguard.config.json', '{}');
    const report = await build(repo, 'review');
    expect(told(report)).toEqual(['base']);
    expect(report.scope.detail).toContain('has a mistake');
  });
});

it('is accepted from outside of a range, too', () => {
  const repo = based();
  repo.stage('keyguard.baseline.jsonl', entry(NEW));
  repo.commit('src/a.ts', line(NEW));
  const args = ['scan', '--range', 'base..'];
  expect(keyguard(repo.dir, args).code).toBe(1);
  expect(keyguard(repo.dir, [...args, '--accept-suppressions']).code).toBe(0);
});

it('does not take a tree for clean of which every file is ignored', async () => {
  const repo = based((origin) => origin.commit('.keyguardignore', '*\n'));
  repo.commit('src/a.ts', 'clean\n');
  const report = await build(repo, 'push');
  expect([report.complete, report.coverage.errors.map(({ message }) => message)]).toEqual([
    false,
    ['.keyguardignore ignores every file of this scan; let it ignore less.'],
  ]);
});

it('reads the name of the branch, the messages, the authors, and the tags of a build', async () => {
  const keys = [11, 12, 13, 14, 15].map((seed) => fakeKey('openaiProject', seed));
  const [inBranch = '', inMessage = '', inAuthor = '', inTag = '', inName = ''] = keys;
  const repo = based();
  repo.stage(`src/${inName}.txt`, 'clean\n');
  repo.git('commit', '-qm', inMessage, `--author=${inAuthor} <a@b>`);
  repo.git('tag', '-a', 'v1', '-m', inTag);
  const id = (name: string): string => repo.git('rev-parse', `${name}^{commit}`).trim();
  const env = {
    GITLAB_CI: 'true',
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_BEFORE_SHA: id('base'),
    CI_COMMIT_SHA: id('HEAD'),
    CI_COMMIT_BRANCH: `feature/${inBranch}`,
  };
  const { findings } = await scanBuild(testHost(repo.dir, env), SETTINGS);
  const kinds = findings.map(({ location: { kind } }) => kind).toSorted();
  expect(kinds).toEqual(['author', 'blob', 'message', 'path', 'ref', 'tag']);
});

it('does not silence a high risk by what comes with it, accepted or not', async () => {
  const repo = based();
  repo.stage('src/a.ts', line(ADMIN));
  repo.stage('keyguard.baseline.jsonl', entry(ADMIN));
  repo.git('commit', '-qm', 'change');
  const expected = ['openai-admin-key src/a.ts:1', 'base', 'high-risk-not-silenced'];
  expect(told(await build(repo, 'review'))).toEqual(expected);
  expect(told(await build(repo, 'review', { acceptSuppressions: true }))).toEqual(expected);
});

it('makes one finding of a key in the tree and in a commit, with both places', async () => {
  const repo = based();
  repo.commit('src/a.ts', line(NEW));
  const [finding, ...others] = (await build(repo, 'review')).findings;
  expect(others).toEqual([]);
  expect(finding?.location).toMatchObject({ path: 'src/a.ts', line: 1, commit: { atHead: true } });
  expect(finding?.occurrences).toEqual([
    { kind: 'blob', path: 'src/a.ts', firstCommit: null, lastCommit: null, atHead: true },
  ]);
});

describe('a policy from outside', () => {
  function outside(policy: object, accepted = ''): string {
    const folder = tempDir();
    writeFileSync(join(folder, 'accepted.jsonl'), accepted);
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
    return join(folder, 'policy.json');
  }

  it('accepts what it lists, as the option and as the variable', async () => {
    const repo = based();
    repo.commit('src/a.ts', line(NEW));
    const policy = outside({ accepted: './accepted.jsonl' }, entry(NEW));
    expect(told(await build(repo, 'review', { policy }))).toEqual(['policy', 'base']);
    const { code, stdout } = keyguard(repo.dir, ['scan', 'src'], { env: { KEYGUARD_POLICY: policy } });
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 suppressed')]);
    expect(keyguard(repo.dir, ['scan', 'src', '--policy', policy]).code).toBe(0);
    expect(keyguard(repo.dir, ['scan', 'src']).code).toBe(1);
  });

  it('has a floor that nothing in the repository silences', async () => {
    const repo = based((origin) => origin.commit('.keyguardignore', 'src/\n'));
    repo.commit('src/a.ts', line(NEW));
    expect(told(await build(repo, 'review'))).toEqual(['ignore', 'base']);
    for (const floor of ['all', [RULE]]) {
      expect(told(await build(repo, 'review', { policy: outside({ floor }) }))).toEqual([`${RULE} src/a.ts:1`, 'base']);
    }
  });

  it('switches rules off, and never one of high risk', async () => {
    const repo = based();
    repo.commit('src/a.ts', line(NEW));
    expect(told(await build(repo, 'push', { policy: outside({ skipRules: [RULE] }) }))).toEqual(['policy', 'policy']);
    await expect(build(repo, 'push', { policy: outside({ skipRules: ['openai-admin-key'] }) })).rejects.toThrow(
      'cannot be switched off',
    );
  });

  it.each([
    [{ flor: [] }, 'did you mean "floor"?'],
    [{ floor: ['openai-projct-key'] }, 'did you mean "openai-project-key"?'],
    [{ accepted: './gone.jsonl' }, './gone.jsonl, which is not there'],
  ])('with a mistake stops the scan: %j', async (policy, message) => {
    await expect(build(based(), 'push', { policy: outside(policy) })).rejects.toThrow(message);
  });

  it('is none if the repository that it judges tracks it', async () => {
    const repo = based();
    repo.commit('ci/policy.json', '{}');
    await expect(build(repo, 'review', { policy: 'ci/policy.json' })).rejects.toThrow('is tracked by the repository');
  });

  it('holds for a commit as well', () => {
    const repo = tempRepo();
    repo.stage('src/a.ts', line(NEW));
    const env = { KEYGUARD_POLICY: outside({ accepted: './accepted.jsonl' }, entry(NEW)) };
    expect(keyguard(repo.dir, ['hook', 'pre-commit'], { env }).code).toBe(0);
    expect(keyguard(repo.dir, ['hook', 'pre-commit']).code).toBe(1);
  });
});
