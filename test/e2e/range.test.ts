import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { repoAt, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { removeObject } from '../sources/damage.ts';
import { pathWithFakeGit } from '../sources/fake-git.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject', 1);
const OTHER = fakeKey('openaiProject', 2);

function line(key: string): string {
  return `const key = '${key}';\n`;
}

function head(repo: TestRepo, name = 'HEAD'): string {
  return repo.git('rev-parse', name).trim();
}

/** One commit, tagged `base`. */
function based(): TestRepo {
  const repo = tempRepo();
  repo.commit('readme.md', 'A program.\n');
  repo.git('tag', 'base');
  return repo;
}

/** `path:line kind` of each finding, and what is suppressed, by whom. */
function told(repo: TestRepo, ...args: readonly string[]): readonly string[] {
  const { report } = scanJson(repo.dir, args);
  return [
    ...report.findings.map(({ location: { path, line: at, kind } }) => `${kind} ${path ?? '-'}:${at}`),
    ...report.suppressed.map(({ by }) => by),
  ];
}

describe('a key in a range', () => {
  it('is found though a later commit takes it out, and told with its commit', () => {
    const repo = based();
    repo.commit('src/a.ts', `\n${line(KEY)}`);
    const commit = head(repo);
    repo.commit('src/a.ts', 'clean\n');
    const { code, report } = scanJson(repo.dir, ['--range', 'base..HEAD']);
    expect(code).toBe(1);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.location).toMatchObject({
      path: 'src/a.ts',
      line: 2,
      commit,
      author: 'Ada Author <ada@example.com>',
      date: '2026-11-20T10:00:00Z',
      atHead: false,
    });
    expect(report.scope).toMatchObject({ kind: 'range', commits: 2 });
    const { stdout, stderr } = keyguard(repo.dir, ['scan', '--since', 'base']);
    const short = commit.slice(0, 10);
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'keyguard: since base: 2 commits, not shallow; policy from the merge base ',
    );
    expect(stdout).toContain(`keyguard: OpenAI project API key in src/a.ts:2 in commit ${short}, 2026-11-20\n`);
    expect(stdout).toContain(`\n  src/a.ts:2:14 in commit ${short}, 2026-11-20\n`);
    expect(stdout).toContain('\n  A later commit took it out there; the history keeps it.\n');
    expect(stderr).toContain('of 2 commits (');
  });

  it('is one finding with its other places', () => {
    const repo = based();
    repo.commit('a.ts', line(KEY));
    const first = head(repo);
    repo.commit('a.ts', `// edited\n${line(KEY)}`);
    repo.commit('b.ts', line(KEY));
    repo.git('rm', '-q', 'b.ts');
    repo.git('commit', '-qm', `without ${KEY}`);
    const { report } = scanJson(repo.dir, ['--range', 'base..']);
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    expect(finding?.location).toMatchObject({ path: 'a.ts', line: 1, commit: first, atHead: true });
    expect(finding?.occurrences).toEqual([
      { kind: 'blob', path: 'a.ts', firstCommit: first, lastCommit: head(repo, 'HEAD~2'), atHead: true },
      {
        kind: 'blob',
        path: 'b.ts',
        firstCommit: head(repo, 'HEAD~1'),
        lastCommit: head(repo, 'HEAD~1'),
        atHead: false,
      },
      { kind: 'message', path: null, firstCommit: head(repo), lastCommit: head(repo), atHead: null },
    ]);
    const { stdout } = keyguard(repo.dir, ['scan', '--range', 'base..']);
    expect(stdout).toContain(`  Also in b.ts in commit ${head(repo, 'HEAD~1').slice(0, 10)}, taken out again.\n`);
  });

  it('that was there before stops nobody who edits around it or moves it; a copy of it does', () => {
    const repo = tempRepo();
    repo.commit('a.ts', line(KEY));
    repo.git('tag', 'base');
    repo.commit('a.ts', `// edited\n${line(KEY)}`);
    repo.git('mv', 'a.ts', 'b.ts');
    repo.git('commit', '-qm', 'move');
    expect(told(repo, '--range', 'base..')).toEqual(['already-committed']);
    repo.commit('copy.ts', line(KEY));
    expect(told(repo, '--range', 'base..')).toEqual(['blob copy.ts:1']);
  });

  it('in a message, an author, a file name is found at its kind', () => {
    const repo = based();
    repo.commit('a', 'a', `A title\n\nwith ${KEY}`);
    repo.git('commit', '-q', '--allow-empty', '-m', 'x', `--author=${OTHER} <a@b>`);
    const third = fakeKey('openrouter', 3);
    repo.commit(`dir/${third}.txt`, 'b');
    const { report } = scanJson(repo.dir, ['--range', 'base..']);
    expect(report.findings.map(({ location: { kind, line: at } }) => `${kind}:${at}`).toSorted()).toEqual([
      'author:1',
      'message:3',
      'path:1',
    ]);
    expect(told(repo, '--range', 'base~0..base')).toEqual([]);
  });

  it('in what a merge itself adds is found, and what it merges only where it came in', () => {
    const repo = based();
    repo.git('checkout', '-qb', 'side');
    repo.commit('side.ts', line(OTHER));
    repo.git('checkout', '-q', 'main');
    repo.commit('main.ts', 'main');
    repo.git('merge', '-q', '--no-commit', 'side');
    repo.stage('evil.ts', line(KEY));
    repo.git('commit', '-qm', 'merge');
    expect(told(repo, '--range', 'base..')).toEqual(['blob evil.ts:1', 'blob side.ts:1']);
    expect(told(repo, '--range', 'side..')).toEqual(['blob evil.ts:1']);
  });

  it('that one side moved and the other brought in before is not new because git put the two together', () => {
    const repo = tempRepo();
    for (const name of ['lib/1', 'lib/2', 'lib/3']) repo.commit(name, name.repeat(50));
    repo.git('checkout', '-qb', 'side');
    repo.git('mv', 'lib', 'src');
    repo.git('commit', '-qm', 'move the folder');
    repo.git('checkout', '-q', 'main');
    repo.commit('lib/new.ts', line(KEY));
    repo.git('-c', 'merge.directoryRenames=true', 'merge', '-q', '-m', 'merge', 'side');
    repo.git('tag', 'parents', 'HEAD^1');
    repo.git('checkout', '-qb', 'more', 'side');
    repo.git('merge', '-q', '-m', 'again', 'main');
    expect(told(repo, '--range', 'parents..main')).toEqual(['already-committed']);
  });
});

const SENSELESS: readonly (readonly [readonly string[], string])[] = [
  [['--range', 'base'], '--range takes two revisions, and "base" is one; write base..HEAD, or --since base.'],
  [['--range', '..'], '--range .. cannot be read; write A..B, as main..HEAD.'],
  [['--range', 'a....b'], '--range a....b cannot be read; write A..B, as main..HEAD.'],
  [
    ['--range', 'nope..HEAD'],
    '--range: no commit is known here as "nope" (in nope..HEAD); check its name, or git fetch it first.',
  ],
  [
    ['--range=--output=made..HEAD'],
    '--range: no commit is known here as "--output=made" (in --output=made..HEAD); check its name, or git fetch it first.',
  ],
  [
    ['--range=base..--output=made'],
    '--range: no commit is known here as "--output=made" (in base..--output=made); check its name, or git fetch it first.',
  ],
  [['--since', 'base..HEAD'], '--since takes one revision; for base..HEAD write --range base..HEAD.'],
  [
    ['--since', '0000000000000000000000000000000000000000'],
    '--since: no commit is known here as "0000000000000000000000000000000000000000"; check its name, or git fetch it first.',
  ],
  [
    ['--since', 'HEAD^{tree}'],
    '--since: no commit is known here as "HEAD^{tree}"; check its name, or git fetch it first.',
  ],
  [
    ['--range', 'base...other'],
    '--range: base and other have no commit in common; write base..other for all commits of other.',
  ],
];

describe('a secret that can be guessed', () => {
  it('is one finding by itself, and has the fingerprint of its place', () => {
    const repo = based();
    const password = fillTemplate('{{alnum:18}}', 7);
    const url = `DATABASE_URL=postgres://app:${password}@db.internal.corp:5432/app\n`;
    repo.commit('a.txt', url);
    repo.commit('b.txt', url);
    const { report } = scanJson(repo.dir, ['--range', 'base..']);
    const tree = scanJson(repo.dir, []).report;
    expect(tree.findings.map(({ location: { path } }) => path)).toEqual(['a.txt', 'b.txt']);
    expect(report.findings.map(({ fingerprint }) => fingerprint)).toEqual([tree.findings[0]?.fingerprint]);
    expect(report.findings[0]?.occurrences).toHaveLength(1);
    repo.git('mv', 'a.txt', 'c.txt');
    repo.git('commit', '-qm', 'move');
    expect(told(repo, '--range', 'HEAD~1..')).toEqual(['already-committed']);
  });
});

describe('a range', () => {
  it('without commits says that nothing was scanned, and which way round there are some', () => {
    const repo = based();
    repo.commit('a', line(KEY));
    const same = keyguard(repo.dir, ['scan', '--range', 'HEAD..HEAD']);
    expect(same).toMatchObject({ code: 0, stderr: 'keyguard: 0 commits in the range: nothing was scanned\n' });
    expect(same.stdout).toContain('note: No commit is in HEAD..HEAD');
    const turned = keyguard(repo.dir, ['scan', '--range', 'HEAD..base']);
    expect(turned.code).toBe(0);
    expect(turned.stdout.replaceAll(/\s+/gu, ' ')).toContain('No commit is in HEAD..base; base..HEAD holds 1.');
    expect(scanJson(repo.dir, ['--range', 'HEAD..base']).report.notices.map(({ code }) => code)).toEqual([
      'empty-range',
    ]);
  });

  it('of three dots counts from where the two have parted', () => {
    const repo = based();
    repo.commit('main.ts', line(KEY));
    repo.git('checkout', '-qb', 'side', 'base');
    repo.commit('side.ts', line(OTHER));
    expect(told(repo, '--range', 'main...side')).toEqual(['blob side.ts:1']);
    expect(told(repo, '--range', 'side...main')).toEqual(['blob main.ts:1']);
  });

  it('that makes no sense is one line and exit 2', () => {
    const repo = based();
    repo.git('checkout', '-q', '--orphan', 'other');
    repo.git('commit', '-qm', 'other');
    repo.git('checkout', '-q', 'main');
    const said = SENSELESS.map(([args]) => keyguard(repo.dir, ['scan', ...args]));
    expect(said).toEqual(SENSELESS.map(([, message]) => ({ code: 2, stdout: '', stderr: `keyguard: ${message}\n` })));
    expect(keyguard(repo.dir, ['scan', '--range', 'base..', '--staged']).code).toBe(2);
    expect(existsSync(join(repo.dir, 'made'))).toBe(false);
  });

  it('that a shallow clone cannot hold says how to get the rest', () => {
    const repo = based();
    repo.commit('a', line(KEY));
    repo.commit('a', 'clean');
    const shallow = repoAt(join(tempDir(), 'shallow'));
    repo.git('clone', '-q', '--depth=1', `file://${repo.dir}`, shallow.dir);
    const known = keyguard(shallow.dir, ['scan', '--range', `${head(repo, 'base')}..HEAD`]);
    expect(known).toMatchObject({ code: 2, stdout: '' });
    expect(known.stderr).toContain('this clone is shallow: git fetch --unshallow');
    repo.git('clone', '-q', '--depth=2', '--no-single-branch', `file://${repo.dir}`, `${shallow.dir}2`);
    const cut = scanJson(`${shallow.dir}2`, ['--range', 'base..HEAD']);
    expect(cut.code).toBe(2);
    expect(cut.report.complete).toBe(false);
    expect(cut.report.coverage.errors[0]?.message).toContain('fetch-depth: 0');
    expect(keyguard(repo.dir, ['scan', '--range', 'base..HEAD']).code).toBe(1);
  });

  it('with a missing object tells what else was found, and exits 2', () => {
    const repo = based();
    repo.commit('gone', 'gone');
    repo.commit('a', line(KEY));
    removeObject(repo, head(repo, 'HEAD:gone'));
    const { code, report } = scanJson(repo.dir, ['--range', 'base..']);
    expect([code, report.complete, report.findings.length]).toEqual([2, false, 1]);
    expect(report.coverage.expected - report.coverage.scanned).toBe(1);
  });

  it('tells what was found before git died, though it cannot say where it came in', () => {
    const repo = based();
    repo.commit('a', line(KEY));
    repo.commit('z', 'z'.repeat(200_000));
    const body = `f='${join(tempDir(), 'out')}'.$$; "$real" "$@" > "$f"
      if [ "$(wc -c < "$f")" -gt 100000 ]; then head -c 2000 "$f"; kill -9 $$; fi
      cat "$f"; exit 0`;
    const PATH = pathWithFakeGit('--batch', body);
    const { code, report } = scanJson(repo.dir, ['--range', 'base..'], { env: { PATH } });
    expect([code, report.complete, report.findings.length]).toEqual([2, false, 1]);
    expect(report.coverage.errors[0]?.message).toContain('was ended by SIGKILL');
    expect(scanJson(repo.dir, ['--range', 'base..']).code).toBe(1);
  });

  it('outside of a repository is exit 2', () => {
    expect(keyguard(tempDir(), ['scan', '--since', 'main'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('the policy of a range', () => {
  const RULE = 'openai-project-key';

  it('is that of the merge base: what the change adds does not silence it', () => {
    const repo = based();
    repo.stage('.keyguardignore', 'a.ts\n');
    repo.commit('a.ts', line(KEY));
    repo.commit('b.ts', `${line(OTHER).trim()} // keyguard:allow ${RULE} -- a test\n`);
    expect(told(repo, '--range', 'base..')).toEqual(['blob a.ts:1', 'blob b.ts:1']);
    const { report } = scanJson(repo.dir, ['--range', 'base..']);
    expect(report.notices.map(({ code }) => code)).toEqual(['allow-not-in-base']);
    expect(report.scope.detail).toContain(`; policy from the merge base ${head(repo, 'base').slice(0, 12)}`);
  });

  it('silences what the base had decided on', () => {
    const repo = based();
    repo.commit('.keyguardignore', 'a.ts\n');
    repo.git('tag', '-f', 'base');
    repo.git('rm', '-q', '.keyguardignore');
    repo.commit('a.ts', line(KEY));
    expect(told(repo, '--range', 'base..')).toEqual(['ignore']);
  });

  it('is that of HEAD where there is no base, and the first line says so', () => {
    const repo = based();
    repo.git('checkout', '-q', '--orphan', 'other');
    repo.commit('a.ts', line(KEY));
    const { report } = scanJson(repo.dir, ['--range', 'base..other']);
    expect(report.findings).toHaveLength(1);
    expect(report.scope.detail).toContain('; policy from HEAD ');
    expect(report.scope.detail).toContain(', as there is no merge base');
  });
});

describe('how far a key in a range has travelled', () => {
  it('is told by its commit: not pushed, or on a remote-tracking branch', () => {
    const repo = based();
    repo.commit('a.ts', line(KEY));
    repo.commit('a.ts', 'clean');
    const state = (): unknown => scanJson(repo.dir, ['--range', 'base..']).report.findings[0]?.exposure.state;
    expect(state()).toBe('local');
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(state()).toBe('pushed');
    const ci = scanJson(repo.dir, ['--range', 'base..'], { env: { CI: 'true' } });
    expect(ci.report.findings[0]?.exposure.state).toBe('pushed');
  });
});
