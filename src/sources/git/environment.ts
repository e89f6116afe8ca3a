import type { Host } from '../../host.ts';

/**
 * Git itself understands this name on Windows too.
 * https://github.com/git/git/blob/v2.39.0/compat/mingw.c (mingw_open)
 */
const NOWHERE = '/dev/null';

/**
 * Stands before every command. `core.fsmonitor` and hooks are programs named by the repository; a bare repository inside
 * of a worktree brings a config of its own; the rest changes what is printed. The user's global config stays readable:
 * `safe.directory` is set there.
 */
export const GIT_OPTIONS: readonly string[] = [
  '--no-pager',
  '--no-replace-objects',
  ...[
    'core.fsmonitor=false',
    `core.hooksPath=${NOWHERE}`,
    'safe.bareRepository=explicit',
    'core.quotePath=false',
    'color.ui=never',
    'log.showSignature=false',
    'diff.external=',
    `diff.orderFile=${NOWHERE}`,
    'submodule.recurse=false',
    // Both are notes of what git has seen before. A forged one hides untracked files, or names another tree for HEAD.
    'core.untrackedCache=false',
    'core.commitGraph=false',
    'advice.graftFileDeprecated=false',
    'gc.auto=0',
    'maintenance.auto=false',
  ].flatMap((setting) => ['-c', setting]),
];

/**
 * Programs to run, files to write to, other objects or attributes to look at. `GIT_DIR`, `GIT_INDEX_FILE`,
 * `GIT_OBJECT_DIRECTORY` and the like stay: in `git commit -a` the content to come lies in a temporary index, and a git
 * without that variable sees nothing staged.
 */
const DROPPED =
  /^(?:GIT_EXTERNAL_DIFF|GIT_DIFF_OPTS|GIT_PAGER|GIT_PAGER_IN_USE|PAGER|GIT_TRACE.*|GIT_TR2.*|GIT_.*_PATHSPECS|GIT_REPLACE_REF_BASE|GIT_ATTR_.*|GIT_EDITOR|GIT_SEQUENCE_EDITOR|GIT_REDIRECT_.*)$/iu;

export function gitEnvironment(host: Host): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(host.env)) {
    if (value !== undefined && !DROPPED.test(name)) kept[name] = value;
  }
  return {
    ...kept,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: NOWHERE,
    // A missing object in a hostile "partial clone" would run the remote helper that the repository names.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    LC_ALL: 'C',
    LANGUAGE: '',
    ...(host.platform === 'win32' ? { NoDefaultCurrentDirectoryInExePath: '1' } : {}),
  };
}

/** For the one command that was asked for and needs the network: whatever leads to a server, and no program as address. */
export function fetchEnvironment(host: Host): Record<string, string> {
  const { GIT_NO_LAZY_FETCH: _, ...kept } = gitEnvironment(host);
  return { ...kept, GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh' };
}
