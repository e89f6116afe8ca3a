import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_GIT_HOOKS, DEFAULT_HOOKS } from '../../src/hooks/hook-names.ts';
import type { InstallOptions, InstallResult } from '../../src/hooks/install.ts';
import { installGlobally, uninstallGlobally } from '../../src/hooks/install-globally.ts';
import { type HookedRepo, hookedRepo, snapshot } from '../helpers/hooked-repo.ts';
import { commit, EARLIER, installIn, stopsKey } from '../helpers/prove-hooks.ts';
import { KEYGUARD_BIN } from '../helpers/run.ts';
import { testHost } from '../sources/host.ts';

type Env = Readonly<Record<string, string>>;

describe('install --global', () => {
  it('stops a key in a repository that knows nothing of it, and runs what that has in .git/hooks', async () => {
    const { repo, env, user } = home();
    const before = snapshot(user);
    hook(join(repo.dir, '.git/hooks'), 'pre-commit', EARLIER);
    hook(join(repo.dir, '.git/hooks'), 'post-commit', 'echo after >> "$RECORD"');
    const { notes } = await install(repo, env);
    expect(notes.join()).toContain('NOT covered: a repository with a core.hooksPath of its own');
    const installed = snapshot(user);
    expect((await install(repo, env)).edits.every(({ done }) => done === 'unchanged')).toBe(true);
    expect(snapshot(user)).toEqual(installed);

    stopsKey(repo, repo.dir, env);
    repo.record();
    expect(commit(repo, repo.dir, env, 'clean.txt', '').code).toBe(0);
    expect(repo.record()).toEqual(['before', 'after']);

    await uninstallGlobally(testHost(repo.dir, env), { dryRun: false });
    expect(snapshot(user).map(undated)).toEqual(before.map(undated));
    expect(readFileSync(join(user, 'gitconfig'), 'utf8')).not.toContain('hooksPath');
  });

  it('serves linked worktrees', async () => {
    const { repo, env } = home();
    hook(join(repo.dir, '.git/hooks'), 'pre-commit', EARLIER);
    await install(repo, env);
    const other = join(repo.dir, '..', 'other');
    repo.git('worktree', 'add', '-q', other);
    stopsKey(repo, other, env);
    expect(repo.record()).toEqual(['before']);
  });

  it('passes on under every name that this git knows', async () => {
    const { repo, env, user } = home();
    await install(repo, env);
    const folder = join(user, 'keyguard/hooks');
    const samples = readdirSync(join(repo.dir, '.git/hooks')).map((name) => name.replace(/\.sample$/u, ''));
    const known = [...ALL_GIT_HOOKS, ...samples].filter((name) => name !== 'fsmonitor-watchman');
    expect(samples).toContain('pre-push');
    expect(known.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
  });

  it('leaves a push into a checked out branch to git, where the repository has no hook for it', async () => {
    const { repo, env } = home();
    await install(repo, env);
    const there = join(repo.dir, '..', 'there');
    repo.git('clone', '-q', repo.dir, there);
    repo.run(['config', 'receive.denyCurrentBranch', 'updateInstead'], env, there);
    expect(commit(repo, repo.dir, env, 'b.txt', 'b\n').code).toBe(0);
    const push = ['push', '-q', there, 'HEAD:main'];
    const passing = { ...env, KEYGUARD_BIN: repo.bin };
    writeFileSync(join(there, 'a.txt'), 'mine\n');
    expect(repo.run(push, passing).stderr).toContain('Working directory has unstaged changes');
    writeFileSync(join(there, 'a.txt'), 'a\n');
    expect(repo.run(push, passing).code).toBe(0);
    expect(readFileSync(join(there, 'b.txt'), 'utf8')).toBe('b\n');
  });

  it('goes into the folder that is set already, in front of its hooks, and passes nothing on', async () => {
    const { repo, env, user } = home();
    const folder = join(user, 'company hooks');
    hook(folder, 'pre-commit', EARLIER);
    hook(join(repo.dir, '.git/hooks'), 'pre-commit', 'echo never >> "$RECORD"');
    repo.run(['config', '--global', 'core.hooksPath', '~/company hooks'], env);
    const before = snapshot(user);
    await install(repo, env);
    expect(existsSync(join(folder, 'post-commit'))).toBe(false);
    stopsKey(repo, repo.dir, env);
    expect(repo.record()).toEqual(['before']);
    await uninstallGlobally(testHost(repo.dir, env), { dryRun: false });
    expect(snapshot(user)).toEqual(before);
  });

  it('is enough for a repository whose own package wants to install', async () => {
    const { repo, env } = home();
    await install(repo, env);
    const { edits, notes } = await installIn({ repo, env });
    expect(edits).toEqual([]);
    expect(notes).toEqual(['"keyguard install --global" covers this repository already.']);
  });

  it('names the repository around as not covered when it has a path of its own', async () => {
    const { repo, env } = home();
    repo.git('config', 'core.hooksPath', '.husky/_');
    const { notes } = await install(repo, env);
    expect(notes.join(' ')).toContain('This repository is one: core.hooksPath is .husky/_ (local configuration).');
  });

  it('can serve new clones by a template', async () => {
    const { repo, env, user } = home();
    await expect(install(repo, env, { manager: 'template' })).rejects.toThrow('git config --global init.templateDir');
    repo.run(['config', '--global', 'init.templateDir', '~/template'], env);
    await install(repo, env, { manager: 'template' });
    const clone = join(user, 'clone');
    repo.run(['clone', '-q', repo.dir, clone], env);
    stopsKey(repo, clone, env);
  });

  it('leaves a setting that somebody changed since, and names it', async () => {
    const { repo, env } = home();
    await install(repo, env);
    repo.run(['config', '--global', 'core.hooksPath', '/elsewhere'], env);
    await expect(uninstallGlobally(testHost(repo.dir, env), { dryRun: false })).rejects.toThrow(
      'core.hooksPath is /elsewhere now',
    );
    expect(repo.run(['config', '--global', 'core.hooksPath'], env).code).toBe(0);
  });
});

/** A user with a home of their own. */
function home(): { readonly repo: HookedRepo; readonly env: Env; readonly user: string } {
  const repo = hookedRepo();
  const user = join(repo.dir, '..', 'the home');
  mkdirSync(user);
  writeFileSync(join(user, 'gitconfig'), '[user]\n\tname = Ada\n');
  return { repo, user, env: { HOME: user, XDG_CONFIG_HOME: user, GIT_CONFIG_GLOBAL: join(user, 'gitconfig') } };
}

async function install(repo: HookedRepo, env: Env, options: Partial<InstallOptions> = {}): Promise<InstallResult> {
  return installGlobally(testHost(repo.dir, env), {
    hooks: DEFAULT_HOOKS,
    manager: null,
    ifMissing: 'block',
    dryRun: false,
    keyguardBin: KEYGUARD_BIN,
    ...options,
  });
}

function hook(folder: string, name: string, line: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

/** git writes its configuration anew. */
function undated(line: string): string {
  return line.replace(/(?<mode> \d+) [\d.]+ /u, '$<mode> ');
}
