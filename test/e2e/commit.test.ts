import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { corruptObject } from '../sources/damage.ts';
import { type GitCall, guard, guardedAt, type GuardedRepo, guardedRepo } from './guarded-repo.ts';

const KEY = fakeKey('openaiProject');
const WITH_KEY = `const key = '${KEY}';\n`;
const HARMLESS = "const key = read('OPENAI_API_KEY');\n";

/** A way to make a commit that records `line`, and where the line stands in it. */
interface Way {
  readonly how: string;
  readonly at: string;
  readonly prepare: (line: string) => { readonly repo: GuardedRepo; readonly call: GitCall };
}

const COMMIT: GitCall = { args: ['commit', '-qm', 'add a client'] };

const WAYS: readonly Way[] = [
  way('git commit', 'src/client.ts:1:14', (repo, line) => {
    repo.stage('src/client.ts', line);
    return COMMIT;
  }),
  way('git commit -a', 'readme.md:2:14', (repo, line) => {
    repo.write('readme.md', `A program.\n${line}`);
    return { args: ['commit', '-qam', 'all'] };
  }),
  way('git commit PATH, beside other staged files', 'readme.md:1:14', (repo, line) => {
    repo.stage('other.txt', 'staged, and not in this commit\n');
    repo.write('readme.md', line);
    return { args: ['commit', '-qm', 'path', 'readme.md'] };
  }),
  way('git commit -i PATH', 'readme.md:1:14', (repo, line) => {
    repo.stage('other.txt', 'staged\n');
    repo.write('readme.md', line);
    return { args: ['commit', '-qm', 'path', '-i', 'readme.md'] };
  }),
  way('git commit -p, with y for one hunk and n for the other', 'list.txt:1:14', (repo, line) => {
    const body = Array.from({ length: 30 }, (_, index) => `${index}\n`).join('');
    repo.commit('list.txt', body);
    repo.write('list.txt', `${line}${body}not chosen\n`);
    return { args: ['commit', '-qm', 'part', '-p'], input: 'y\nn\n' };
  }),
  way('git commit --amend', 'src/client.ts:1:14', (repo, line) => {
    repo.stage('src/client.ts', line);
    return { args: ['commit', '-q', '--amend', '--no-edit'] };
  }),
  way('git commit in a subfolder', 'src/client.ts:1:14', (repo, line) => {
    repo.stage('src/client.ts', line);
    return { ...COMMIT, in: 'src' };
  }),
  way('git commit on a detached HEAD', 'src/client.ts:1:14', (repo, line) => {
    repo.git('checkout', '-q', '--detach');
    repo.stage('src/client.ts', line);
    return COMMIT;
  }),
  way('the first commit of an orphan branch', 'src/client.ts:1:14', (repo, line) => {
    repo.git('checkout', '-q', '--orphan', 'fresh');
    repo.stage('src/client.ts', line);
    return COMMIT;
  }),
  {
    how: 'the first commit of a new repository',
    at: 'src/client.ts:1:14',
    prepare: (line) => {
      const dir = join(tempDir(), 'new');
      execFileSync('git', ['init', '-q', dir], { env: cleanEnv() });
      guard(dir);
      const repo = guardedAt(dir);
      repo.stage('src/client.ts', line);
      return { repo, call: COMMIT };
    },
  },
  {
    how: 'git commit in a SHA-256 repository',
    at: 'src/client.ts:1:14',
    prepare: (line) => {
      const repo = guardedRepo(['--object-format=sha256']);
      repo.stage('src/client.ts', line);
      return { repo, call: COMMIT };
    },
  },
  {
    how: 'git commit in a linked worktree',
    at: 'src/client.ts:1:14',
    prepare: (line) => {
      const main = guardedRepo();
      const dir = join(main.dir, '..', 'linked');
      main.git('worktree', 'add', '-q', dir);
      const repo = guardedAt(dir);
      repo.stage('src/client.ts', line);
      return { repo, call: COMMIT };
    },
  },
  {
    how: 'git commit in a submodule with hooks of its own',
    at: 'src/client.ts:1:14',
    prepare: (line) => {
      const outer = guardedRepo();
      outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', guardedRepo().dir, 'module');
      const repo = guardedAt(join(outer.dir, 'module'));
      guard(repo.dir);
      repo.stage('src/client.ts', line);
      return { repo, call: COMMIT };
    },
  },
  way('a conflict of a merge that was resolved with it', 'list.txt:2:14', (repo, line) => {
    diverge(repo, 'main\n', 'side\n');
    meetConflict(repo, ['merge', '-q', 'side']);
    repo.stage('list.txt', `both\n${line}`);
    return { args: ['commit', '-q', '--no-edit'] };
  }),
  way('git merge --continue', 'list.txt:2:14', (repo, line) => {
    diverge(repo, 'main\n', 'side\n');
    meetConflict(repo, ['merge', '-q', 'side']);
    repo.stage('list.txt', `both\n${line}`);
    return { args: ['-c', 'core.editor=true', 'merge', '--continue'] };
  }),
  way('a merge to which it was added (an evil merge)', 'evil.txt:1:14', (repo, line) => {
    divergeElsewhere(repo);
    repo.git('merge', '-q', '--no-commit', 'side');
    repo.stage('evil.txt', line);
    return { args: ['commit', '-q', '--no-edit'] };
  }),
  way('a merge that commits by itself, with a merge driver that brings it in', 'list.txt:1:14', (repo, line) => {
    const made = join(tempDir(), 'made');
    writeFileSync(made, line);
    repo.git('config', 'merge.made.driver', `cp '${made}' %A`);
    repo.commit('.gitattributes', 'list.txt merge=made\n');
    diverge(repo, 'main\n', 'side\n');
    return { args: ['merge', '-q', '--no-edit', 'side'] };
  }),
  way('a cherry-pick with a conflict that is committed by hand', 'list.txt:1:14', (repo, line) => {
    diverge(repo, 'main\n', line);
    meetConflict(repo, ['cherry-pick', 'side']);
    repo.stage('list.txt', line);
    return { args: ['commit', '-q', '--no-edit'] };
  }),
];

describe.each(WAYS)('$how', ({ at, prepare }) => {
  it('is stopped by a key: the verdict first, the place, and nothing is committed', () => {
    const { repo, call } = prepare(WITH_KEY);
    const before = repo.head();
    const { code, stderr } = repo.run(call);
    const [path, line] = at.split(':');
    expect(code).toBe(1);
    expect(stderr.split('\n')[0]).toBe(`keyguard: commit stopped: OpenAI project API key in ${path}:${line}`);
    expect(stderr).toContain(`\n  ${at}\n`);
    expect(stderr).toMatch(/: 1 finding\n(?:Not committing merge.*\n)?$/u);
    expect(stderr).not.toContain(KEY.slice(20));
    expect(repo.head()).toBe(before);
  });

  it('goes through without one, with the coverage as its only line', () => {
    const { repo, call } = prepare(HARMLESS);
    const before = repo.head();
    const { code, stderr } = repo.run(call);
    expect({ code, said: stderr }).toEqual({
      code: 0,
      said: expect.stringMatching(/^keyguard: scanned (?<n>\d+) of \k<n> staged files? \(.*: no findings\n$/u),
    });
    expect(repo.head()).not.toBe(before);
    expect(repo.git('show', `HEAD:${at.split(':')[0]}`)).toContain(HARMLESS);
  });
});

describe('a key that a commit brings in only by git commands without hooks', () => {
  it('goes through, as the text of install says: cherry-pick, revert, --no-verify', () => {
    const repo = guardedRepo();
    repo.git('checkout', '-qb', 'side');
    repo.commitUnchecked('client.ts', WITH_KEY);
    repo.git('checkout', '-q', 'main');
    expect(repo.run({ args: ['cherry-pick', 'side'] }).code).toBe(0);
    expect(repo.git('show', 'HEAD:client.ts')).toBe(WITH_KEY);
    expect(keyguard(repo.dir, ['install']).stdout).toMatch(
      /rebase, cherry-pick, revert and am, nor with\s--no-verify/u,
    );
  });
});

describe('a key that is old', () => {
  const old = `if (ready) {\nconst key = '${KEY}';\n}\n`;
  const edits: readonly (readonly [string, (repo: GuardedRepo, more: string) => void])[] = [
    ['stays in a file that is edited', (repo, more) => repo.stage('a.ts', `${old}${more}// more\n`)],
    ['is indented anew', (repo, more) => repo.stage('a.ts', `${old.replace('const', '    const')}${more}`)],
    [
      'moves to another file',
      (repo, more) => {
        repo.stage('a.ts', 'moved\n');
        repo.stage('lib/b.ts', `${old}${more}`);
      },
    ],
    [
      'is in a file that is renamed',
      (repo, more) => {
        repo.git('mv', 'a.ts', 'b.ts');
        repo.stage('b.ts', `${old}${more}`);
      },
    ],
    ['is stored as UTF-16', (repo, more) => repo.stage('a.ts', Buffer.from(`\ufeff${old}${more}`, 'utf16le'))],
    [
      'comes with a merge that changes its file on both sides',
      (repo, more) => {
        repo.git('checkout', '-q', 'HEAD~1');
        repo.git('checkout', '-qB', 'main');
        repo.commitUnchecked('a.ts', `// first\n${old}`);
        repo.git('checkout', '-q', 'side');
        repo.commitUnchecked('a.ts', `${old}// last\n`);
        repo.git('checkout', '-q', 'main');
        repo.run({ args: ['merge', '-q', '--no-commit', 'side'] });
        repo.stage('a.ts', `// first\n${old}${more}// last\n`);
      },
    ],
  ];

  it.each(edits)('and %s does not stop anybody', (_how, edit) => {
    const repo = withOldKey();
    edit(repo, '');
    const json = JSON.parse(keyguard(repo.dir, ['scan', '--staged', '--format', 'json']).stdout);
    expect(json).toMatchObject({ complete: true, findings: [], suppressed: [{ by: 'already-committed' }] });
    expect(repo.run({ args: ['commit', '-qm', 'edit'] }).code).toBe(0);
  });

  it.each(edits)('and %s beside a new key is not what stops', (_how, edit) => {
    const repo = withOldKey();
    edit(repo, `const other = '${fakeKey('openaiProject', 2)}';\n`);
    const { code, stderr } = repo.run({ args: ['commit', '-qm', 'edit'] });
    expect(code).toBe(1);
    expect(stderr.match(/^ {2}\S+:\d+:\d+$/gmu)).toHaveLength(1);
    expect(stderr).toContain(fakeKey('openaiProject', 2).slice(-4));
  });

  it('stops when it comes back after it was taken out', () => {
    const repo = withOldKey();
    repo.commit('a.ts', 'gone\n');
    repo.stage('a.ts', old);
    expect(repo.run({ args: ['commit', '-qm', 'again'] }).code).toBe(1);
  });

  function withOldKey(): GuardedRepo {
    const repo = guardedRepo();
    repo.commitUnchecked('a.ts', old);
    repo.git('branch', 'side');
    return repo;
  }
});

describe('a submodule', () => {
  it('is counted as skipped where it is recorded', () => {
    const repo = guardedRepo();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', guardedRepo().dir, 'module');
    const { code, stderr } = repo.run(COMMIT);
    expect(code).toBe(0);
    expect(stderr).toContain('1 submodule');
  });
});

describe('a hook that cannot look', () => {
  it('stops the commit, names the object and says that the scan is not complete', () => {
    const repo = guardedRepo();
    repo.stage('a.ts', HARMLESS);
    repo.stage('b.ts', WITH_KEY);
    corruptObject(repo, repo.git('rev-parse', ':a.ts').trim());
    const before = repo.head();
    const { code, stderr } = repo.run(COMMIT);
    expect(code).toBe(1);
    expect(stderr.split('\n')[0]).toMatch(/^keyguard: commit stopped: /u);
    expect(stderr).toContain('a.ts');
    expect(stderr).toContain('b.ts:1:14');
    expect(stderr).toContain('NOT complete');
    expect(repo.head()).toBe(before);
  });
});

function way(how: string, at: string, arrange: (repo: GuardedRepo, line: string) => GitCall): Way {
  return {
    how,
    at,
    prepare: (line) => {
      const repo = guardedRepo();
      return { repo, call: arrange(repo, line) };
    },
  };
}

/** Two branches, `main` checked out, that changed `list.txt` in the same place. */
function diverge(repo: GuardedRepo, onMain: string, onSide: string): void {
  repo.commit('list.txt', 'list\n');
  repo.git('checkout', '-qb', 'side');
  repo.commitUnchecked('list.txt', onSide);
  repo.git('checkout', '-q', 'main');
  repo.commitUnchecked('list.txt', onMain);
}

function meetConflict(repo: GuardedRepo, args: readonly string[]): void {
  const { code, stdout } = repo.run({ args });
  if (code !== 1) throw new Error(`git ${args.join(' ')} met no conflict: ${stdout}`);
}

/** Two branches, `main` checked out, that changed different files. */
function divergeElsewhere(repo: GuardedRepo): void {
  repo.git('checkout', '-qb', 'side');
  repo.commit('side.txt', 'side\n');
  repo.git('checkout', '-q', 'main');
  repo.commit('main.txt', 'main\n');
}
