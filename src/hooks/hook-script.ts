// The text of a hook. Plain POSIX sh (dash, busybox, the sh of Git for Windows): built-in commands only, so that it costs
// nothing before node starts; no `cd`, because git's GIT_INDEX_FILE is relative; never npx and never the network.
import { createHash } from 'node:crypto';

export type HookName = 'pre-commit' | 'pre-merge-commit';

export interface HookParts {
  readonly name: HookName;
  /** What a commit meets when node or keyguard is gone. */
  readonly ifMissing: 'block' | 'warn';
  /** Absolute, `/` as separator: the fallback of a client that starts without the user's PATH. */
  readonly node: string;
  readonly bin: string;
  /** The folder of the package below the top of the repository, `/` as separator; empty for the top. */
  readonly folder: string;
}

/** The hook whole. Its second line seals the rest, so that an edit by hand is seen and kept. */
export function hookScript(plan: HookParts): string {
  const body = bodyOf(plan);
  return `#!/bin/sh\n${MARK} v1 sha256=${sealOf(body)}\n${body}`;
}

/** Where a hook of somebody else waits while keyguard's stands in its place. */
export function previousName(hook: string): string {
  return `${hook}.keyguard-prev`;
}

export type Authorship = 'keyguard' | 'keyguard-edited' | 'somebody-else';

export function authorOf(text: string): Authorship {
  const head = /^#!\/bin\/sh\r?\n# keyguard:hook v\d+ (?:sha256=(?<seal>[0-9a-f]{64}))?[^\n]*\n/u.exec(text);
  if (head === null) return text.includes(`${MARK} v`) ? 'keyguard-edited' : 'somebody-else';
  return head.groups?.['seal'] === sealOf(text.slice(head[0].length)) ? 'keyguard' : 'keyguard-edited';
}

const MARK = '# keyguard:hook';

function sealOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** One word of sh, whatever stands in it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function bodyOf(parts: HookParts): string {
  return `# Written by "keyguard install" and taken back by "keyguard uninstall", which leaves it alone once it is edited.

${runPrevious(parts)}
${stepAside()}
${sayMissing(parts)}
${findNode(parts)}
${findKeyguard(parts)}
find_node || missing node \\
  "KEYGUARD_NODE, PATH outside of this repository, $(shown "$recorded_node"), and where volta, fnm, nvm, mise, asdf, Homebrew and Windows keep it" \\
  'install Node.js or set KEYGUARD_NODE to where it is; then run "keyguard install" again.'

find_keyguard || missing keyguard \\
  "node_modules/keyguard from $(shown "$PWD$folder") up to the top of the repository$passed_over, and $(shown "$recorded_bin")" \\
  'run "npm ci", or install keyguard again as it was installed.' \\
  "If it was removed on purpose: in $(shown "$here") delete pre-commit and pre-merge-commit; rename any .keyguard-prev back."

exec "$node" "$bin" hook ${parts.name} "$@"
`;
}

function runPrevious({ name }: HookParts): string {
  return `case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac

# The hook that was here before runs first, with git's own environment and arguments. If it calls this file again, it is
# not run a second time.
prev=$here/${previousName(name)}
if [ -f "$prev" ] && [ -x "$prev" ] && [ "\${KEYGUARD_CHAIN:-}" != "$self" ]; then
  KEYGUARD_CHAIN=$self "$prev" "$@" || exit $?
fi
`;
}

function stepAside(): string {
  return `if [ "\${KEYGUARD:-1}" = 0 ]; then
  echo 'keyguard: this commit is NOT checked, because KEYGUARD=0 is set.' >&2
  exit 0
fi
`;
}

/** No key of any rule is a shorter word. */
const KEY_LONG = '[A-Za-z0-9_-]'.repeat(32);

function sayMissing({ ifMissing }: HookParts): string {
  const [verdict, exit] = ifMissing === 'block' ? ['commit stopped', 1] : ['this commit is NOT checked', 0];
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
    'To commit without the check: KEYGUARD=0 git commit' \\
    '  in PowerShell: $env:KEYGUARD=0; git commit; Remove-Item Env:KEYGUARD' \\
    "PATH is: $(shown "$PATH")" >&2
  exit ${exit}
}
`;
}

/** Clients with windows start git without the PATH of the user's shell: so the places of the version managers too. */
function findNode({ node }: HookParts): string {
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

function findKeyguard({ bin, folder }: HookParts): string {
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
