import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN, type RunResult } from '../helpers/run.ts';

const KEY = fakeKey('openaiProject', 1);

interface MessageRepo extends TestRepo {
  /** `git commit` with an editor that writes this in front of what git has put into the file; '' changes nothing. */
  readonly edit: (typed: string, ...args: readonly string[]) => RunResult;
  readonly run: (...args: readonly string[]) => RunResult;
}

function messageRepo(): MessageRepo {
  const repo = tempRepo();
  repo.commit('a', 'a\n');
  const hooks = join(repo.dir, '.git/hooks');
  mkdirSync(hooks, { recursive: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${KEYGUARD_BIN}' hook commit-msg "$@"\n`;
  writeFileSync(join(hooks, 'commit-msg'), script);
  chmodSync(join(hooks, 'commit-msg'), 0o755);
  const git = (env: Readonly<Record<string, string>>, args: readonly string[]): RunResult => {
    const done = spawnSync('git', args, { cwd: repo.dir, env: cleanEnv(env), encoding: 'utf8' });
    return { code: done.status, stdout: done.stdout, stderr: done.stderr };
  };
  const edit = (typed: string, ...args: readonly string[]): RunResult => {
    const [text, editor] = [join(tempDir(), 'text'), join(tempDir(), 'editor')];
    writeFileSync(text, typed);
    writeFileSync(editor, `#!/bin/sh\ncat '${text}' "$1" > "$1.new" && mv "$1.new" "$1"\n`, { mode: 0o755 });
    return git({ GIT_EDITOR: editor }, ['commit', ...args]);
  };
  return { ...repo, edit, run: (...args) => git({}, args) };
}

describe('a key in the message of a commit', () => {
  it('stops it; without one it passes', () => {
    const repo = messageRepo();
    const stopped = repo.run('commit', '-q', '--allow-empty', '-m', 'title', '-m', `use ${KEY}`);
    expect(stopped.code).not.toBe(0);
    expect(stopped.stderr).toContain(
      'keyguard: commit stopped: OpenAI project API key in the commit message, line 3\n',
    );
    expect(stopped.stderr).toContain('Write the message again without the key.');
    expect(stopped.stderr).not.toContain(KEY);
    expect(repo.run('commit', '-q', '--allow-empty', '-m', 'title')).toMatchObject({ code: 0 });
  });

  it('stops a merge and an amended commit, too', () => {
    const repo = messageRepo();
    repo.git('checkout', '-qb', 'side');
    repo.git('commit', '-q', '--allow-empty', '-m', 'side');
    repo.git('checkout', '-q', 'main');
    repo.git('commit', '-q', '--allow-empty', '-m', 'main');
    expect(repo.run('commit', '-q', '--amend', '-m', KEY).code).not.toBe(0);
    expect(repo.run('merge', '-q', '-m', KEY, 'side').code).not.toBe(0);
    repo.git('merge', '--abort');
    expect(repo.run('merge', '-q', '-m', 'merge', 'side').code).toBe(0);
  });

  it('does not when git takes it out as a comment, and does when git keeps the line', () => {
    const repo = messageRepo();
    expect(repo.edit(`title\n# ${KEY}\n`, '--allow-empty').code).toBe(0);
    expect(repo.git('log', '-1', '--format=%B')).not.toContain(KEY);
    // Nobody edits it, so git keeps the line.
    expect(repo.run('commit', '-q', '--allow-empty', '-m', `title\n# ${KEY}`).code).not.toBe(0);
    repo.git('config', 'commit.cleanup', 'whitespace');
    expect(repo.edit(`title\n# ${KEY}\n`, '--allow-empty').code).not.toBe(0);
    repo.git('config', 'commit.cleanup', 'strip');
    expect(repo.run('commit', '-q', '--allow-empty', '-m', `title\n# ${KEY}`).code).toBe(0);
  });

  it('does not when it stands in the diff below the scissors', () => {
    const repo = messageRepo();
    repo.stage('b', `key = '${KEY}'\n`);
    expect(repo.edit('title\n', '-v').code).toBe(0);
    repo.stage('b', 'clean\n');
    expect(repo.edit(`title ${KEY}\n`, '-v').code).not.toBe(0);
    expect(repo.edit('title\n', '-v').code).toBe(0);
    repo.stage('b', `key = '${KEY}'\n`);
    repo.git('config', 'core.commentChar', ';');
    expect(repo.edit('title\n', '-v').code).toBe(0);
  });

  it('follows the comment character, also one that git chooses', () => {
    const repo = messageRepo();
    repo.git('config', 'core.commentChar', ';');
    expect(repo.edit(`title\n; ${KEY}\n`, '--allow-empty').code).toBe(0);
    expect(repo.edit(`title\n# ${KEY}\n`, '--allow-empty').code).not.toBe(0);
    repo.git('config', 'core.commentChar', 'auto');
    expect(repo.edit(`title\n# ${KEY}\n`, '--allow-empty').code).toBe(0);
    // The message begins a line with #, so git takes the next one.
    repo.git('commit', '-q', '--no-verify', '--allow-empty', '-m', '# heading');
    expect(repo.edit(`; ${KEY}\n`, '--amend', '--allow-empty').code).toBe(0);
    expect(repo.edit(`# ${KEY}\n`, '--amend', '--allow-empty').code).not.toBe(0);
    expect(repo.git('log', '-1', '--format=%B')).not.toContain(KEY);
  });

  it('is silenced by the baseline that is staged', () => {
    const repo = messageRepo();
    const fingerprint = /allow (?<it>[0-9a-f]{16})/u.exec(repo.run('commit', '-q', '--allow-empty', '-m', KEY).stderr)
      ?.groups?.['it'];
    keyguard(repo.dir, ['allow', fingerprint ?? '', '--rule', 'openai-project-key', '--reason', 'a test key']);
    expect(repo.run('commit', '-q', '--allow-empty', '-m', KEY).code).not.toBe(0);
    repo.git('add', 'keyguard.baseline.jsonl');
    expect(repo.run('commit', '-q', '-m', KEY).code).toBe(0);
  });
});

describe('keyguard hook commit-msg', () => {
  it('without a file, or with one that cannot be read, is exit 2', () => {
    const repo = messageRepo();
    expect(keyguard(repo.dir, ['hook', 'commit-msg'])).toMatchObject({
      code: 2,
      stderr:
        'keyguard: commit stopped: commit-msg is given the file with the message: keyguard hook commit-msg FILE.\n',
    });
    expect(keyguard(repo.dir, ['hook', 'commit-msg', 'nope'])).toMatchObject({
      code: 2,
      stderr: 'keyguard: commit stopped: nope could not be read as the message of a commit; check the path.\n',
    });
  });
});
