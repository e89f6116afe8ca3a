// What keyguard writes into files that others share. It holds no path of this machine: it calls what "keyguard install"
// wrote into the git folder of this clone, and in a clone where nobody ran that, the keyguard of the project.
import { KeyguardError } from '../errors.ts';
import { HOOK_NAMES, type HookName, readsStdin } from './hook-names.ts';
import { eolOf, markedLines } from './marked-lines.ts';

/**
 * One line for sh, cmd and what takes a line apart like a shell. `bin` is keyguard's file from the top of the
 * repository.
 */
export function sharedCommand(name: HookName, bin: string): string {
  return `sh -c '${SCRIPT.replaceAll('BIN', bin)}' keyguard ${name}`;
}

/** In front of the commands that a hook of sh consists of, in a configuration; `rest` may be empty. */
export function inFront(name: HookName, bin: string, rest: string): string {
  const command = `${sharedCommand(name, bin)} "$@"`;
  if (rest.trim() === '') return command;
  return readsStdin(name) ? `${shLines(name, bin, '\n').join('\n')}\n${rest}` : `${command} && ${rest}`;
}

/** Null: no command of keyguard is in it. `text` is what was there before. */
export function takeCommandOut(text: string): { readonly text: string; readonly isEdited: boolean } | null {
  if (!text.includes(RUNNER)) return null;
  const out = text.replace(COMMAND, '');
  return { text: out, isEdited: out === text || out.includes(RUNNER) };
}

/** The hooks that a shared file calls keyguard for already. */
export function hooksIn(text: string): readonly HookName[] {
  const called = [...text.matchAll(CALLED)].map((call) => call.groups?.['name']);
  return HOOK_NAMES.filter((name) => called.includes(name));
}

/** `text` is a script of sh that others share, null if there is none yet. */
export function withShLines(text: string | null, name: HookName, bin: string): string {
  if (text === null) return `#!/bin/sh\n${markedLines(shLines(name, bin, '\n'), '', '\n')}`;
  const eol = eolOf(text);
  const at = startOf(text);
  const head = text.slice(0, at);
  if (head !== '' && !head.endsWith('\n')) return `${text}${eol}${markedLines(shLines(name, bin, eol), '', eol)}`;
  return head + markedLines(shLines(name, bin, eol), '', eol) + text.slice(at);
}

const RUNNER = 'keyguard/run';

const SCRIPT = [
  'r=.git/keyguard/run',
  '[ -f $r ] || r=$(git rev-parse --git-common-dir)/keyguard/run',
  'if [ -f "$r" ]; then exec sh "$r" "$@"; fi',
  'if [ -f BIN ] && command -v node >/dev/null; then exec node BIN hook "$@"; fi',
  // Without a colon and a space, which would end a word of YAML.
  'echo "keyguard stopped this, because it or node was not found. Looked for .git/keyguard/run and BIN" >&2',
  'echo "To mend it, run npm ci, then npx keyguard install. To go on without the check, add --no-verify" >&2',
  'exit 1',
].join('; ');

/** A command as `sharedCommand` writes it, with what `inFront` puts around it. */
const COMMAND =
  /(?:keyguard_lines=\$\(cat\)\n[^\n]*)?sh -c '[^']*keyguard\/run[^']*' keyguard [a-z-]+(?: "(?:\$@|\{\d\})")*(?: && | \|\| exit \$\?\nif [^\n]*\n\$keyguard_lines\nKEYGUARD\nfi\n)?/u;

const CALLED = /keyguard\/run[^\n]*?' keyguard (?<name>[a-z-]+)/gu;

function shLines(name: HookName, bin: string, eol: string): readonly string[] {
  const command = sharedCommand(name, bin);
  // Behind the sign a carriage return is part of a comment, and not of the last word.
  if (!readsStdin(name)) return [`${command} "$@" || exit $?${eol === '\r\n' ? ' #' : ''}`];
  if (eol === '\r\n') {
    throw new KeyguardError(
      'install',
      `Nothing was installed: the ${name} hook has the line ends of Windows, which no sh reads; save it with LF, then run "keyguard install" again.`,
    );
  }
  // What git says stands on standard input once; the lines below need it, too.
  return [
    'keyguard_lines=$(cat)',
    `if [ -n "$keyguard_lines" ]; then printf '%s\\n' "$keyguard_lines"; fi | ${command} "$@" || exit $?`,
    'if [ -z "$keyguard_lines" ]; then exec </dev/null; else exec <<KEYGUARD',
    '$keyguard_lines',
    'KEYGUARD',
    'fi',
  ];
}

/** Behind the shebang; and behind the line by which husky 5 to 8 runs the file a second time, in a shell of its own. */
function startOf(text: string): number {
  const husky = /^\s*\. "\$\(dirname (?:-- )?"\$0"\)\/_\/husky\.sh"[^\n]*(?:\n|$)/mu.exec(text);
  if (husky !== null) return husky.index + husky[0].length;
  return /^#![^\n]*(?:\n|$)/u.exec(text)?.[0].length ?? 0;
}
