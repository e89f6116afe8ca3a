// The part of a hook that finds node and keyguard, in plain POSIX sh: built-in commands only, never npx, never the network.

import type { HookName } from './hook-names.ts';

export interface ScriptParts {
  /** What a commit meets when node or keyguard is gone. */
  readonly ifMissing: 'block' | 'warn';
  /** Absolute, `/` as separator: the fallback of a client that starts without the user's PATH. */
  readonly node: string;
  readonly bin: string;
  /** The folder of the package below the top of the repository, `/` as separator; empty for the top. */
  readonly folder: string;
}

/** Defines `missing`, `find_node` and `find_keyguard`, which set `$node` and `$bin`. They read `$what`. */
export function findPrograms(parts: ScriptParts, name: HookName | null = null): string {
  return `${sayMissing(parts, name !== 'pre-receive')}
${findNode(parts)}
${findKeyguard(parts)}`;
}

/** One word of sh, whatever stands in it. */
export function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** No key of any rule is a shorter word. */
const KEY_LONG = '[A-Za-z0-9_-]'.repeat(32);

function sayMissing({ ifMissing }: ScriptParts, canStepAside: boolean): string {
  const [verdict, exit] = ifMissing === 'block' ? ['$what stopped', 1] : ['this $what is NOT checked', 0];
  return `# Without node there are no rules: what could hold a key, or move the cursor, is not shown.
shown() {
  case $1 in
    *[!\\ -~]* | *${KEY_LONG}*) printf '%s' '(not shown: a name in it is as long as a key, or has unusual characters)' ;;
    *) printf '%s' "$1" ;;
  esac
}

# $1: what is missing, $2: where it was looked for, $3: how to mend it, $4: a further line or nothing.
missing() {
  printf '%s\\n' "keyguard: ${verdict}: $1 was not found." \\
    "Looked in: $2." \\
    "To mend: $3" \${4:+"$4"} \\
${canStepAside ? WITHOUT_CHECK : ''}    "PATH is: $(shown "$PATH")" >&2
  exit ${exit}
}
`;
}

const WITHOUT_CHECK = `    "To $what without the check: KEYGUARD=0 git $what" \\
    "  in PowerShell: \\$env:KEYGUARD=0; git $what; Remove-Item Env:KEYGUARD" \\
`;

/** Clients with windows start git without the PATH of the user's shell: so the places of the version managers too. */
function findNode({ node }: ScriptParts): string {
  return `recorded_node=${quoted(node)}
home=\${HOME:-\${USERPROFILE:-}}
data=\${XDG_DATA_HOME:-$home/.local/share}

# Takes the last of these files that can be run; a glob is sorted, so that is the newest.
take() {
  node=
  for place do
    if [ -f "$place" ] && [ -x "$place" ]; then node=$place; fi
  done
  [ -n "$node" ]
}

# A PATH with "." or a folder below this one would run what the repository brings. Only such a PATH is worth a subshell.
find_on_path() {
  command -v node >/dev/null 2>&1 || return
  node=node
  case :$PATH in
    *:[!/]* | *: | *":$PWD"*) node=$(command -v node) ;;
    *) return 0 ;;
  esac
  case $node in
    "$recorded_node") ;;
    "$PWD"/*) return 1 ;;
    /* | [A-Za-z]:[\\\\/]*) ;;
    *) return 1 ;;
  esac
}

find_node() {
  take "\${KEYGUARD_NODE:-}" && return
  find_on_path && return
  take "$recorded_node" && return
  take "\${VOLTA_HOME:-$home/.volta}/bin/node" "\${LOCALAPPDATA:-}/Volta/bin/node.exe" && return
  take "\${FNM_DIR:-$data/fnm}/aliases/default/bin/node" "$home/.fnm/aliases/default/bin/node" \\
    "$home/Library/Application Support/fnm/aliases/default/bin/node" && return
  take "\${NVM_DIR:-$home/.nvm}"/versions/node/v[2-9][0-9].*/bin/node "\${NVM_SYMLINK:-}/node.exe" && return
  take "\${MISE_DATA_DIR:-$data/mise}"/installs/node/[2-9][0-9]*/bin/node && return
  take "\${ASDF_DATA_DIR:-$home/.asdf}"/installs/nodejs/[2-9][0-9].*/bin/node && return
  take /usr/bin/node /opt/local/bin/node /snap/bin/node /home/linuxbrew/.linuxbrew/bin/node \\
    /usr/local/opt/node@[2-9][0-9]/bin/node /usr/local/bin/node \\
    /opt/homebrew/opt/node@[2-9][0-9]/bin/node /opt/homebrew/bin/node && return
  take "$home/scoop/apps/nodejs/current/node.exe" "\${PROGRAMFILES:-/c/Program Files}/nodejs/node.exe"
}
`;
}

function findKeyguard({ bin, folder }: ScriptParts): string {
  return `recorded_bin=${quoted(bin)}
folder=${quoted(folder === '' ? '' : `/${folder}`)}

passed_over=

# The project's own copy, if keyguard was installed from it. Else the recorded one: a copy could have come with a commit.
find_keyguard() {
  bin=\${KEYGUARD_BIN:-}
  [ -f "$bin" ] && return
  case $recorded_bin in
    "$PWD"/node_modules/* | "$PWD"/*/node_modules/*) find_copy && return ;;
  esac
  bin=$recorded_bin
  [ -f "$bin" ] && return
  find_copy || return
  is_untracked && return
  passed_over=' (the one there is committed, so it is not run)'
  return 1
}

# From the folder of the package up to the top of the worktree, which is where git starts a hook; not above it, where a
# stranger could have put one.
find_copy() {
  at=$folder
  while :; do
    bin=$PWD$at/node_modules/keyguard/bin/keyguard.js
    [ -f "$bin" ] && return
    [ -n "$at" ] || return
    at=\${at%/*}
  done
}

# All of node_modules, because a link in it can be committed as well. With 1, and with 1 only, git says: not tracked.
is_untracked() {
  git --literal-pathspecs ls-files --error-unmatch -- ".$at/node_modules" >/dev/null 2>&1
  [ $? = 1 ]
}
`;
}
