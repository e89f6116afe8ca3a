import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { cleanEnv, tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard, KEYGUARD_BIN, type RunResult } from '../helpers/run.ts';

const FILES = {
  claude: '.claude/settings.json',
  codex: '.codex/hooks.json',
  cursor: '.cursor/hooks.json',
} as const;
type Agent = keyof typeof FILES;
const AGENTS: readonly Agent[] = ['claude', 'codex', 'cursor'];

/** A project that has keyguard in its node_modules, as npm puts it there. */
function project(): TestRepo {
  const repo = tempRepo();
  mkdirSync(join(repo.dir, 'node_modules'));
  symlinkSync(dirname(dirname(KEYGUARD_BIN)), join(repo.dir, 'node_modules', 'keyguard'));
  repo.write('.gitignore', 'node_modules\n');
  return repo;
}

const install = (dir: string, agent: string, ...args: string[]): RunResult =>
  keyguard(dir, ['install', '--agent', agent, ...args]);
const uninstall = (dir: string, agent: string, ...args: string[]): RunResult =>
  keyguard(dir, ['uninstall', '--agent', agent, ...args]);
const textOf = (repo: TestRepo, path: string): string => readFileSync(join(repo.dir, path), 'utf8');

/** Every command in a file of settings, in their order. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/"command": (?<json>"(?:[^"\\]|\\.)*k=(?:[^"\\]|\\.)*")/gu)].map(({ groups }) =>
    String(JSON.parse(groups?.['json'] ?? '""')),
  );
}

describe.each(AGENTS)('install --agent %s', (agent) => {
  it('writes a command that the agent can run, and takes it back without a trace', () => {
    const repo = project();
    const before = snapshot(repo);
    expect(install(repo.dir, agent)).toMatchObject({ code: 0, stderr: '' });
    const text = textOf(repo, FILES[agent]);
    expect(text).not.toContain(repo.dir);
    const [command, ...others] = commandsIn(text);
    expect(new Set(others)).toEqual(new Set([command]));
    const event = { prompt: `x ${fakeKey('openaiProject')}`, cwd: repo.dir };
    const name = agent === 'cursor' ? 'beforeSubmitPrompt' : 'UserPromptSubmit';
    const run = (input: object): unknown => {
      const options = { cwd: repo.dir, env: cleanEnv({ CLAUDE_PROJECT_DIR: repo.dir }), encoding: 'utf8' } as const;
      const done = spawnSync('sh', ['-c', command ?? ''], {
        ...options,
        input: JSON.stringify({ hook_event_name: name, ...input }),
      });
      return { code: done.status, stopped: /"decision":"block"|"continue":false/u.test(done.stdout) };
    };
    expect(run(event)).toEqual({ code: 0, stopped: true });
    expect(run({ ...event, prompt: 'x' })).toEqual({ code: 0, stopped: false });
    // Without keyguard the agent is stopped, not left alone.
    rmSync(join(repo.dir, 'node_modules'), { recursive: true });
    expect(run({ ...event, prompt: 'x' })).toEqual({ code: 2, stopped: false });

    expect(uninstall(repo.dir, agent)).toMatchObject({ code: 0, stderr: '' });
    expect(snapshot(repo)).toEqual(before);
  });

  it('keeps every byte and the mode of what was there, twice as well as once', () => {
    const repo = project();
    const before = '{\r\n\t"hooks": {\r\n\t\t"Stop": [ { "hooks": [] } ]\r\n\t},\r\n\t"ä": [1,2]\r\n}';
    repo.write(FILES[agent], before);
    chmodSync(join(repo.dir, FILES[agent]), 0o600);
    install(repo.dir, agent);
    const once = textOf(repo, FILES[agent]);
    expect(JSON.parse(once)).toMatchObject({ hooks: { Stop: [{ hooks: [] }] }, ä: [1, 2] });
    expect(install(repo.dir, agent).stdout).toContain('guards the agent here already; nothing was changed');
    expect(textOf(repo, FILES[agent])).toBe(once);
    expect(statSync(join(repo.dir, FILES[agent])).mode & 0o777).toBe(0o600);
    expect(uninstall(repo.dir, agent).stdout).toContain('as it was before');
    expect(textOf(repo, FILES[agent])).toBe(before);
    expect(existsSync(join(repo.dir, '.git', 'keyguard'))).toBe(false);
  });

  it('takes only its own out of a file that was changed since, and of one that somebody else committed', () => {
    const repo = project();
    repo.write(FILES[agent], '{ "a": 1 }\n');
    install(repo.dir, agent);
    repo.write(FILES[agent], textOf(repo, FILES[agent]).replace('"a": 1', '"a": 2'));
    rmSync(join(repo.dir, '.git', 'keyguard'), { recursive: true });
    expect(uninstall(repo.dir, agent).stdout).toContain('only what calls keyguard was taken out');
    const rest = JSON.parse(textOf(repo, FILES[agent]));
    expect(rest).toEqual(agent === 'cursor' ? { a: 2, version: 1 } : { a: 2 });
  });

  it('with --dry-run writes nothing', () => {
    const repo = project();
    const before = snapshot(repo);
    expect(install(repo.dir, agent, '--dry-run').stdout).toContain('nothing was changed (--dry-run)');
    expect(snapshot(repo)).toEqual(before);
    install(repo.dir, agent);
    const installed = snapshot(repo);
    expect(uninstall(repo.dir, agent, '--dry-run').stdout).toContain('nothing was changed (--dry-run)');
    expect(snapshot(repo)).toEqual(installed);
  });

  it('refuses what it cannot add to, in one line with the place', () => {
    const repo = project();
    repo.write(FILES[agent], '{\n  "hooks": [\n');
    const broken = install(repo.dir, agent);
    expect(broken).toMatchObject({ code: 2, stdout: '' });
    expect(broken.stderr).toMatch(/^keyguard: .*\.json:\d+:\d+: this is not JSON, so nothing was changed; .*\n$/u);
    rmSync(join(repo.dir, FILES[agent]));
    symlinkSync('/nowhere', join(repo.dir, FILES[agent]));
    expect(install(repo.dir, agent).stderr).toMatch(/is a symbolic link, so nothing was changed; /u);
  });
});

it('without keyguard in the project, Claude Code is given paths of this machine in the file that is not shared', () => {
  const repo = tempRepo();
  expect(install(repo.dir, 'claude').stdout).toContain('do not commit it');
  expect(existsSync(join(repo.dir, FILES.claude))).toBe(false);
  expect(textOf(repo, '.claude/settings.local.json')).toContain(process.execPath);
  uninstall(repo.dir, 'claude');
  expect(existsSync(join(repo.dir, '.claude'))).toBe(false);
});

it('Codex that keeps its hooks in config.toml gets them there, and back', () => {
  const repo = project();
  const before = '# mine\nmodel = "x"\n\n[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "a"\n';
  repo.write('.codex/config.toml', before);
  install(repo.dir, 'codex');
  expect(existsSync(join(repo.dir, FILES.codex))).toBe(false);
  expect(textOf(repo, '.codex/config.toml').startsWith(before)).toBe(true);
  expect(textOf(repo, '.codex/config.toml')).toContain('[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = "k=');
  uninstall(repo.dir, 'codex');
  expect(textOf(repo, '.codex/config.toml')).toBe(before);
});

it('Codex that is told to run no hooks is not said to be guarded', () => {
  const repo = project();
  repo.write('.codex/config.toml', '[features]\nhooks = false\n');
  expect(install(repo.dir, 'codex')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('tells Codex to run no hooks'),
  });
  repo.write('.codex/config.toml', '[features]\nhooks = true\n');
  expect(install(repo.dir, 'codex').code).toBe(0);
});

it('several agents are guarded at once, and a linked worktree by itself', () => {
  const repo = project();
  repo.commit('a.txt', 'a\n');
  const other = join(tempDir(), 'other');
  repo.git('worktree', 'add', '-q', other);
  expect(keyguard(repo.dir, ['install', '--agent', 'claude', '--agent', 'cursor']).code).toBe(0);
  expect(keyguard(other, ['install', '--agent', 'claude']).code).toBe(0);
  uninstall(repo.dir, 'claude');
  expect(existsSync(join(other, '.claude'))).toBe(true);
  expect(existsSync(join(repo.dir, FILES.cursor))).toBe(true);
  uninstall(other, 'claude');
  expect(existsSync(join(other, '.claude'))).toBe(false);
});

describe('bad input is one line, a remedy, and exit 2', () => {
  it.each([
    [['install', '--agent', 'cladue'], /--agent knows no "cladue"; did you mean "claude"\?/u],
    [['install', '--agent', 'aider'], /--agent knows no "aider"; there are claude, codex, cursor\./u],
    [['install', '--agent', 'claude', '--if-missing', 'warn'], /--if-missing says nothing with --agent/u],
    [['install', '--agent', 'claude'], /is in no working tree of git; change to the project/u],
  ])('%j', (args, message) => {
    const { code, stdout, stderr } = keyguard(tempDir(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('nothing installed is nothing to take back', () => {
    expect(uninstall(tempRepo().dir, 'codex')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing was changed'),
    });
  });
});

/** Every file of the repository with its bytes, git's own settings included. */
function snapshot({ dir }: TestRepo): string {
  const list = execFileSync('find', ['.', '-type', 'f', '-not', '-path', './node_modules/*'], {
    cwd: dir,
    encoding: 'utf8',
  });
  const files = list.split('\n').filter(Boolean).toSorted();
  return files.map((file) => `${file}\n${readFileSync(join(dir, file), 'latin1')}`).join('\n');
}
