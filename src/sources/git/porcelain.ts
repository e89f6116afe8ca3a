// The only importer of simple-git. As it comes, simple-git drops every GIT_* variable and takes a killed git for a
// success: both make a scanner pass what it never saw. So it is asked small textual questions only, through one factory
// that keeps git's own variables and rejects whatever did not end with 0.
import { simpleGit, type SimpleGit } from 'simple-git';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { findGit } from './find-git.ts';

export interface GitSetting {
  readonly value: string;
  /** Where git read it: `system`, `global`, `local`, `worktree` or `command`. */
  readonly scope: string;
  /** As git says it: `file:.git/config`. */
  readonly origin: string;
}

export interface Porcelain {
  /** `2.39.5`, as a list of numbers. */
  version(): Promise<readonly number[]>;
  /** One answer of `git rev-parse`, without its line end. */
  revParse(...args: readonly string[]): Promise<string>;
  /** The value that wins, or that of one scope; null where none is set. `name` as git lists it, in lower case. */
  setting(name: string, scope?: GitSetting['scope']): Promise<GitSetting | null>;
  /** Sets it in that configuration, or takes it out. The one thing that is ever asked to be written. */
  configure(scope: 'local' | 'global', name: string, value: string | null): Promise<void>;
}

/** Questions to the git of the repository around `host.cwd`. Every one throws `KeyguardError('git')` when git fails. */
export function openPorcelain(host: Host): Porcelain {
  const git = strictGit(host);
  const ask = async (args: readonly string[]): Promise<string> => {
    try {
      return await git.raw([...args]);
    } catch (cause) {
      throw new KeyguardError('git', `git ${args[0]} failed: ${firstLine(cause)}`, { cause });
    }
  };
  return {
    configure: async (scope, name, value) => {
      await ask(['config', `--${scope}`, ...(value === null ? ['--unset', name] : [name, value])]);
    },
    version: async () => versionIn(await ask(['version'])),
    revParse: async (...args) => (await ask(['rev-parse', ...args])).replace(/\r?\n$/u, ''),
    setting: async (name, scope) =>
      lastSetting(await ask(['config', '--list', '-z', '--show-scope', '--show-origin']), name, scope),
  };
}

const SILENCE_MS = 20_000;

function strictGit(host: Host): SimpleGit {
  const env = environmentForSimpleGit(host);
  return simpleGit({
    baseDir: host.cwd,
    binary: findGit(host),
    maxConcurrentProcesses: 1,
    allowEnvironment: Object.keys(env).filter((name) => name.startsWith('GIT_')),
    // Each of these opens a door to what the caller's own environment or the line below says, never to an argument.
    unsafe: {
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCustomBinary: true,
      allowUnsafeExec: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
    },
    config: ['core.fsmonitor=false', 'core.quotePath=false'],
    // By default it stops reading 50 ms after exit, drained or not: https://github.com/steveukx/git-js/issues/608
    completion: { onExit: false },
    timeout: { block: SILENCE_MS },
    errors: (error, { exitCode }) => error ?? (exitCode === 0 ? undefined : new Error(howItEnded(exitCode))),
  }).env(env);
}

// What says which repository and which configuration. GIT_CONFIG is not among them: only `git config` reads it, a
// commit does not, so an answer that followed it would be wrong.
const KEPT =
  /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|CONFIG_.+)$/u;

function environmentForSimpleGit(host: Host): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(host.env)) {
    if (value === undefined || /^(?:EDITOR|PAGER|PREFIX|SSH_ASKPASS|VISUAL)$/iu.test(name)) continue;
    if (name.startsWith('GIT_') && !KEPT.test(name)) continue;
    env[name] = value;
  }
  return { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', LANGUAGE: '' };
}

function versionIn(text: string): readonly number[] {
  const digits = /(?<version>\d+(?:\.\d+)+)/u.exec(text)?.groups?.['version'];
  if (digits === undefined) throw new KeyguardError('git', `git version gave no version: ${text.trim()}`);
  return digits.split('.').map(Number);
}

/** `git config --list -z` with scope and origin: three fields an entry, the third `name LF value` or a bare name. */
export function lastSetting(listing: string, name: string, only?: GitSetting['scope']): GitSetting | null {
  const fields = listing.split('\0');
  let found: GitSetting | null = null;
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [scope = '', origin = '', entry = ''] = fields.slice(i, i + 3);
    const end = entry.indexOf('\n');
    const key = end === -1 ? entry : entry.slice(0, end);
    if (key === name && (only === undefined || only === scope))
      found = { value: end === -1 ? '' : entry.slice(end + 1), scope, origin };
  }
  return found;
}

/** `code` is what node gives: no number for a process that a signal ended, whatever the type says. */
function howItEnded(code: unknown): string {
  return typeof code === 'number' ? `it ended with ${code}` : 'it was killed';
}

function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.trim().split('\n')[0] ?? '').replace(/^(?:Error|fatal): /u, '');
}
