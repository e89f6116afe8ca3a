import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { uninstallHooks } from '../../src/hooks/uninstall.ts';
import { type HookedRepo, hookedRepo, snapshot } from '../helpers/hooked-repo.ts';
import { EARLIER, installIn, proveHooks, stopsKey } from '../helpers/prove-hooks.ts';
import { cleanEnv } from '../helpers/repo.ts';
import { testHost } from '../sources/host.ts';

// The managers themselves are run by "npm run managers"; here stands what they leave in a repository.

const HUSKY = fileURLToPath(import.meta.resolve('husky'));

describe('husky', () => {
  it('9, in a folder with spaces, quotes and signs', async () => {
    const repo = hookedRepo(`it's "a" $(b) – 鍵`);
    huskyNine(repo);
    record(repo, '.husky/pre-commit', `${EARLIER}\nexit 0\n`);
    const { shared, found } = await proveHooks({ repo });
    expect(found).toBe('husky keeps the hooks: core.hooksPath is .husky/_');
    expect(shared).toEqual(['.husky/pre-commit', '.husky/pre-merge-commit', '.husky/pre-push']);
  });

  it('9, whose pre-push reads what git says, in a package below the top', async () => {
    const repo = hookedRepo();
    huskyNine(repo, 'packages/app/.husky');
    repo.commit('packages/app/.husky/pre-push', 'cat >> "$RECORD"\n');
    await proveHooks({ repo, hasEarlier: false, commitsOnly: true });
    await installIn({ repo });
    repo.git('init', '-q', '--bare', '../other');
    repo.record();
    expect(repo.run(['push', '-q', '../other', 'HEAD:refs/heads/x'], { KEYGUARD_BIN: repo.bin }).code).toBe(0);
    const [keyguard, after] = repo.record();
    expect(keyguard).toContain('refs/heads/x');
    expect(after).toMatch(/^HEAD [0-9a-f]{40} refs\/heads\/x 0{40}$/u);
  });

  it('8, whose files git runs by themselves, and once each', async () => {
    const repo = hookedRepo();
    repo.git('config', 'core.hooksPath', '.husky');
    const source = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\n';
    executable(repo, '.husky/pre-commit', `${source}${EARLIER}\n`);
    record(repo, '.husky/_/husky.sh', 'if [ -z "$skip" ]; then\n  export skip=1\n  sh -e "$0" "$@"\n  exit $?\nfi\n');
    await proveHooks({ repo });
    await installIn({ repo });
    repo.stage('once.txt', '');
    repo.record();
    repo.run(['commit', '-qm', 'once'], { KEYGUARD_BIN: repo.bin });
    expect(repo.record().filter((line) => line.startsWith('{'))).toHaveLength(1);
  });

  it('that was not run in this clone: both places', async () => {
    const repo = hookedRepo();
    repo.commit('.husky/pre-commit', 'npm test\n');
    const { notes } = await proveHooks({ repo, hasEarlier: false });
    expect(notes.join()).toContain('husky is not set up in this clone');
  });

  it('that did not run in a linked worktree: keyguard stands in, and says so', async () => {
    const repo = hookedRepo();
    huskyNine(repo);
    const other = join(repo.dir, '..', 'other');
    repo.git('worktree', 'add', '-q', other);
    const before = snapshot(other);
    const { notes, shared } = await installIn({ repo, cwd: other });
    expect(notes.join()).toMatch(/^WARNING: husky has not run in this worktree, .*"npx husky"/u);
    expect(shared).toEqual(['.husky/pre-commit', '.husky/pre-merge-commit', '.husky/pre-push']);
    stopsKey(repo, other, {});
    expect(repo.run(['status', '--porcelain', '.husky'], {}, other).code).toBe(0);
    await uninstallHooks(testHost(other), { dryRun: false });
    expect(snapshot(other)).toEqual(before);
    expect((await installIn({ repo })).notes).toEqual([]);
  });
});

describe('a folder that core.hooksPath names', () => {
  it('in the git folder: files of this machine in front of what is there', async () => {
    const repo = hookedRepo();
    repo.git('config', 'core.hooksPath', '.git/my hooks');
    executable(repo, '.git/my hooks/pre-commit', `#!/bin/sh\n${EARLIER}\n`);
    executable(repo, '.git/my hooks/pre-push', '#!/bin/sh\ncat > /dev/null\n');
    const { shared, edits } = await proveHooks({ repo });
    expect(shared).toEqual([]);
    expect(edits.map(({ done }) => done)).toEqual(['chained', 'created', 'chained']);
  });

  it('of this worktree only', async () => {
    const repo = hookedRepo();
    const folder = join(repo.dir, '..', 'hooks of the worktree');
    repo.git('config', 'extensions.worktreeConfig', 'true');
    repo.git('config', '--worktree', 'core.hooksPath', folder);
    await proveHooks({ repo, hasEarlier: false });
  });

  const KINDS: readonly (readonly [string, (repo: HookedRepo) => void])[] = [
    [
      'a script of sh',
      (repo) => executable(repo, '.githooks/pre-commit', `#!/usr/bin/env bash\n# mine\n${EARLIER}\nexit 0\n`),
    ],
    [
      'a script of sh with the line ends of Windows',
      (repo) => executable(repo, '.githooks/pre-commit', `#!/bin/sh\n${EARLIER} #\r\n`),
    ],
    [
      'a script of node',
      (repo) =>
        executable(
          repo,
          '.githooks/pre-commit',
          '#!/usr/bin/env node\nrequire("node:fs").appendFileSync(process.env.RECORD, "before\\n");\n',
        ),
    ],
    [
      'a program',
      (repo) => {
        mkdirSync(join(repo.dir, '.githooks'));
        const program = ['/bin/true', '/usr/bin/true'].find((path) => existsSync(path)) ?? '';
        copyFileSync(program, join(repo.dir, '.githooks/pre-commit'));
      },
    ],
    [
      'a symbolic link',
      (repo) => {
        executable(repo, 'scripts/check', `#!/bin/sh\n${EARLIER}\n`);
        mkdirSync(join(repo.dir, '.githooks'));
        symlinkSync('../scripts/check', join(repo.dir, '.githooks/pre-commit'));
      },
    ],
    ['a script that may not be run', (repo) => repo.write('.githooks/pre-commit', '#!/bin/sh\nexit 1\n')],
  ];

  it.each(KINDS)('in the working tree, with %s: no path of this machine', async (name, arrange) => {
    const repo = hookedRepo();
    repo.git('config', 'core.hooksPath', '.githooks');
    arrange(repo);
    repo.git('add', '.');
    repo.git('commit', '-qnm', 'hooks');
    const hasEarlier = !/program|may not/u.test(name);
    await proveHooks({ repo, hasEarlier, commitsOnly: name !== 'a script of sh' });
    await installIn({ repo });
    expect(readFileSync(join(repo.dir, '.githooks/pre-commit'), 'utf8')).not.toContain(dirname(repo.dir));
  });
});

describe('a manager with a configuration', () => {
  it('lefthook, whose hooks are not all written yet', async () => {
    const repo = hookedRepo();
    const env = programs(repo, 'lefthook', LEFTHOOK);
    repo.commit('lefthook.yml', `\u{feff}pre-commit:\n  parallel: true\n  jobs:\n    - run: ${EARLIER}\n`);
    executable(repo, '.git/hooks/pre-commit', '#!/bin/sh\n# call_lefthook\nlefthook run pre-commit "$@"\n');
    const { edits, notes } = await proveHooks({ repo, env, hasEarlier: false });
    expect(edits.map((edit) => (edit.kind === 'hook' ? edit.name : edit.kind))).toEqual([
      'text',
      'run',
      'pre-merge-commit',
      'pre-push',
    ]);
    expect(notes.join()).toContain('lefthook has not written pre-merge-commit, pre-push yet');
  });

  it('pre-commit, whose hooks are not written at all', async () => {
    const repo = hookedRepo();
    repo.commit('.pre-commit-config.yaml', 'repos: # ours\r\n- repo: local\r\n  hooks: []\r\n');
    const { edits } = await proveHooks({ repo, hasEarlier: false });
    const [config] = edits;
    expect(config?.kind === 'text' && config.after).toMatch(
      /^repos: # ours\r\n# >>> keyguard >>> [^\n]*\r\n- repo: local\r\n(?:[^\n]*\r\n)+# <<< keyguard <<<\r\n- repo: local\r\n/u,
    );
  });

  it('pre-commit, which has put the hook of keyguard aside', async () => {
    const repo = hookedRepo();
    repo.commit('.pre-commit-config.yaml', 'repos: []\n'.replace('[]', '\n- repo: meta\n  hooks: []'));
    await installIn({ repo });
    execFileSync('mv', ['pre-commit', 'pre-commit.legacy'], { cwd: join(repo.dir, '.git/hooks') });
    const theirs =
      '#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n.git/hooks/pre-commit.legacy "$@" || exit $?\n';
    executable(repo, '.git/hooks/pre-commit', theirs);
    repo.stage('b.txt', '');
    expect(repo.run(['commit', '-qm', 'stopped'], { KEYGUARD_BIN: repo.bin, EXIT: '1' }).code).toBe(1);
  });

  it('simple-git-hooks, whose hook is written as it would write it', async () => {
    const repo = hookedRepo();
    const config = { name: 'x', 'simple-git-hooks': { 'pre-commit': EARLIER, 'pre-push': 'cat >> "$RECORD"' } };
    repo.commit('package.json', `${JSON.stringify(config, null, '\t').replaceAll('\n', '\r\n')}\r\n`);
    executable(repo, '.git/hooks/pre-commit', `#!/bin/sh\n# SKIP_SIMPLE_GIT_HOOKS\n${EARLIER}`);
    executable(repo, '.git/hooks/pre-push', '#!/bin/sh\n# SKIP_SIMPLE_GIT_HOOKS\ncat >> "$RECORD"');
    await proveHooks({ repo });
  });
});

/** A folder for PATH with one program in it. */
function programs(repo: HookedRepo, name: string, text: string): Readonly<Record<string, string>> {
  const folder = join(repo.dir, '..', 'programs');
  mkdirSync(folder);
  writeFileSync(join(folder, name), text, { mode: 0o755 });
  return { PATH: `${folder}:${cleanEnv()['PATH'] ?? ''}` };
}

/** As much of lefthook as reads the command of keyguard out of its configuration and runs it. */
const LEFTHOOK = `#!/bin/sh
line=$(grep "keyguard $2" lefthook.yml | sed 's/^ *run: //')
eval "$line"
`;

function huskyNine(repo: HookedRepo, folder = '.husky'): void {
  execFileSync(process.execPath, [join(dirname(HUSKY), 'bin.js'), folder], { cwd: repo.dir, env: cleanEnv() });
  repo.commit(`${folder}/.keep`, '');
}

/** A file, committed without the hooks. */
function record(repo: HookedRepo, path: string, text: string): void {
  repo.write(path, text);
  repo.git('add', '.');
  repo.git('commit', '-qnm', path);
}

function executable(repo: HookedRepo, path: string, text: string): void {
  repo.write(path, text);
  chmodSync(join(repo.dir, path), 0o755);
}
