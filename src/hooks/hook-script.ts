// The text of the hooks that belong to one machine. Plain POSIX sh (dash, busybox, the sh of Git for Windows): built-in
// commands only, so that it costs nothing before node starts; no `cd`, because git's GIT_INDEX_FILE is relative.
import { createHash } from 'node:crypto';
import { findPrograms, type ScriptParts } from './find-programs.ts';
import { type HookName, readsStdin, stoppedBy } from './hook-names.ts';

export interface HookParts extends ScriptParts {
  readonly name: HookName;
  /** A folder for all repositories hides what each has in `.git/hooks`: the hook runs that, too. */
  readonly passesOn?: boolean;
  /** The shell that reads the hook from before, where that asks for the name under which it was called. */
  readonly readBy?: 'sh' | 'bash' | null;
}

/** The hook whole. Its second line seals the rest, so that an edit by hand is seen and kept. */
export function hookScript(parts: HookParts): string {
  const passedOn = parts.passesOn === true ? `${COMMON_DIR}earlier "$common/hooks/${parts.name}" "$@"\n` : '';
  return sealed(`${runEarlier(parts.name, parts.readBy ?? null)}
what=${stoppedBy(parts.name)}
earlier "$here/${previousName(parts.name)}" "$@"
${passedOn}
${parts.name === 'pre-receive' ? '' : stepAside}
${findPrograms(parts, parts.name)}
${demandPrograms}
${readsStdin(parts.name) ? FEED_KEYGUARD(parts.name) : ''}exec "$node" "$bin" hook ${parts.name} "$@"
`);
}

/** What files that others share call, because they may hold no path of this machine: `sh run HOOK ARG...`. */
export function runnerScript(parts: ScriptParts): string {
  return sealed(`here=\${0%/*}
what=commit
case \${1:-} in pre-push | pre-receive) what=push ;; esac
${stepAside}
${findPrograms(parts)}
${demandPrograms}
exec "$node" "$bin" hook "$@"
`);
}

/** For a folder of hooks that others share: the hook from before, then the line that they share. */
export function sharedHookScript(name: HookName, command: string): string {
  return sealed(`${runEarlier(name)}
earlier "$here/${previousName(name)}" "$@"
${readsStdin(name) ? `if [ -n "$has_read" ]; then feed | ${command} "$@"; exit $?; fi\n` : ''}${command} "$@"
`);
}

/** Nothing of keyguard: what the repository has itself, where a folder for all repositories hides it. */
export function passOnScript(name: string): string {
  const otherwise = OTHERWISE.get(name) ?? 'exit 0';
  return sealed(`case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
prev=$here/${previousName(name)}
if [ -f "$prev" ] && [ -x "$prev" ]; then exec "$prev" "$@"; fi
${COMMON_DIR}own=$common/hooks/${name}
if [ -f "$own" ] && [ -x "$own" ]; then exec "$own" "$@"; fi
${otherwise}
`);
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

function sealed(script: string): string {
  const body = `# Written by "keyguard install" and taken back by "keyguard uninstall", which leaves it alone once it is edited.

${script}`;
  return `#!/bin/sh\n${MARK} v1 sha256=${sealOf(body)}\n${body}`;
}

function sealOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function runEarlier(name: HookName, readBy: HookParts['readBy'] = null): string {
  const call = readBy === null ? '"$hook"' : `KEYGUARD_PREV=$hook ${readBy} -c '. "$KEYGUARD_PREV"' "$here/${name}"`;
  return `case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac
${readsStdin(name) ? READ_STDIN : ''}
# A hook of somebody else runs first, with git's own environment and arguments. If it calls this file again, it is not
# run a second time.
earlier() {
  [ -f "$1" ] && [ -x "$1" ] && [ "\${KEYGUARD_CHAIN:-}" != "$self" ] || return 0
  hook=$1
  shift
  ${readsStdin(name) ? 'read_stdin\n  feed | ' : ''}KEYGUARD_CHAIN=$self ${call} "$@" || exit $?
}
`;
}

/** Both hooks get what git says, so it is read once; without a hook from before it goes to keyguard untouched. */
const READ_STDIN = `has_read=
lines=
read_stdin() {
  [ -z "$has_read" ] || return 0
  has_read=1
  while IFS= read -r line || [ -n "$line" ]; do
    lines="$lines$line
"
  done
}
feed() {
  printf '%s' "$lines" 2>/dev/null
}
`;

const FEED_KEYGUARD = (name: HookName): string =>
  `if [ -n "$has_read" ]; then feed | "$node" "$bin" hook ${name} "$@"; exit $?; fi\n`;

/** Whoever pushes may not switch off what a server does. */
const stepAside = `if [ "\${KEYGUARD:-1}" = 0 ]; then
  echo "keyguard: this $what is NOT checked, because KEYGUARD=0 is set." >&2
  exit 0
fi
`;

const demandPrograms = `find_node || missing node \\
  "KEYGUARD_NODE, PATH outside of this repository, $(shown "$recorded_node"), and where volta, fnm, nvm, mise, asdf, Homebrew and Windows keep it" \\
  'install Node.js or set KEYGUARD_NODE to where it is; then run "keyguard install" again.'

find_keyguard || missing keyguard \\
  "node_modules/keyguard from $(shown "$PWD$folder") up to the top of the repository$passed_over, and $(shown "$recorded_bin")" \\
  'run "npm ci", or install keyguard again as it was installed.' \\
  "If it was removed on purpose: in $(shown "$here") delete the files whose second line names keyguard; rename any .keyguard-prev back."
`;

/** A linked worktree has the hooks of the main one; its own git folder says so by a file "commondir". */
const COMMON_DIR = `common=\${GIT_DIR:-.git}
if [ ! -d "$common" ] || [ -f "$common/commondir" ]; then common=$(git rev-parse --git-common-dir) || exit 1; fi
`;

/** Where the mere presence of a hook changes what git does, the hook does what git does without one. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['proc-receive', 'echo "keyguard: this repository has no proc-receive hook." >&2\nexit 1'],
  [
    'push-to-checkout',
    `git update-index -q --ignore-submodules --refresh || exit 1
git diff-files --quiet --ignore-submodules -- || { echo 'Working directory has unstaged changes' >&2; exit 1; }
if git rev-parse --quiet --verify HEAD >/dev/null; then head=HEAD; else head=$(git hash-object -t tree --stdin </dev/null); fi
git diff-index --quiet --cached --ignore-submodules "$head" -- || { echo 'Working directory has staged changes' >&2; exit 1; }
exec git read-tree -u -m "$1"`,
  ],
]);
