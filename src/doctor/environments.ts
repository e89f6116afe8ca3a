import { resolve, win32 } from 'node:path';
import type { Host } from '../host.ts';

type Env = Host['env'];

/** Where git is started from: the shell of the user, or a client with windows, which has not read its start files. */
export const ENVIRONMENTS = ['shell', 'gui'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

export function environmentOf(host: Host, environment: Environment): Env {
  const own = withoutNpm(host);
  return environment === 'shell' ? own : asFromDesktop(host, own);
}

/** The PATH in it, whatever case Windows writes it in. */
export function pathIn(env: Env): string {
  return Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
}

/** The same machine at another folder: relative paths for git stay what they were. */
export function movedTo(host: Host, cwd: string): Host {
  const paths = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY'];
  const set = paths.flatMap((name) => {
    const value = host.env[name];
    return value === undefined || value === '' ? [] : [[name, resolve(host.cwd, value)] as const];
  });
  return { ...host, cwd, env: { ...host.env, ...Object.fromEntries(set) } };
}

/** What says which repository it is about; `git rev-parse --local-env-vars` lists it. Configuration stays. */
export function withoutRepository(env: Env): Env {
  return without(env, LOCAL);
}

const LOCAL =
  /^GIT_(?:ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|DIR|GRAFT_FILE|IMPLICIT_WORK_TREE|INDEX_FILE|INTERNAL_SUPER_PREFIX|NAMESPACE|OBJECT_DIRECTORY|PREFIX|QUARANTINE_PATH|SHALLOW_FILE|WORK_TREE)$/u;

/** `npx` and `npm run` put folders of the project in front of PATH, which a commit does not have. */
function withoutNpm(host: Host): Env {
  const { env } = host;
  if (env['npm_execpath'] === undefined && env['npm_config_user_agent'] === undefined) return env;
  const separator = host.platform === 'win32' ? ';' : ':';
  const folders = pathIn(env).split(separator);
  const kept = folders.filter((folder) => !/[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/u.test(folder));
  return withPath(without(env, /^(?:npm_|INIT_CWD$|PNPM_SCRIPT_SRC_DIR$|PROJECT_CWD$)/u), kept.join(separator));
}

/** What start files of a shell set, and version managers with them. */
const OF_SHELL =
  /^(?:NVM_.*|VOLTA_.*|FNM_.*|MISE_.*|__MISE_.*|ASDF_.*|NODE_PATH|KEYGUARD.*|HUSKY.*|SKIP|SKIP_.*|LEFTHOOK.*|PRE_COMMIT.*|SHLVL|OLDPWD|PS1)$/u;

/** https://developer.apple.com/library/archive/qa/qa1067/ and what a Linux desktop gives. */
const PATHS: Readonly<Record<string, string>> = {
  darwin: '/usr/bin:/bin:/usr/sbin:/sbin',
  linux: '/usr/bin:/bin:/usr/sbin:/sbin',
};

function asFromDesktop({ platform }: Host, env: Env): Env {
  return withPath(
    without(env, OF_SHELL),
    platform === 'win32' ? windowsPath(env) : (PATHS[platform] ?? '/usr/bin:/bin'),
  );
}

function windowsPath(env: Env): string {
  const root = env['SystemRoot'] ?? String.raw`C:\Windows`;
  return [win32.join(root, 'System32'), root].join(';');
}

function withPath(env: Env, path: string): Env {
  return { ...without(env, /^path$/iu), PATH: path };
}

function without(env: Env, names: RegExp): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
}
