import type { GuardedPaths } from './guarded-paths.ts';
import type { Invocation } from './invocation.ts';
import { refuseSettings } from './off-switches.ts';
import { pathsInPatch } from './patch.ts';
import { readCommand } from './read-command.ts';
import { refuseFiles } from './refuse-files.ts';
import { refuseGit } from './refuse-git.ts';
import type { Refusal } from './refusal.ts';

/**
 * Why a command line is not let through: it would skip the check for keys, or change what the check is called by. What
 * is not understood is let through, unless it plainly hides such a command: this is a help against haste, and no wall.
 */
export function refuseCommand(command: string, folder: string, guarded: GuardedPaths): Refusal | null {
  const { invocations, opaque } = readCommand(command, folder);
  const refuse = (invocation: Invocation, depth = 0): Refusal | null =>
    refuseSettings(invocation) ??
    refuseFiles(invocation, guarded) ??
    refuseRemoval(invocation) ??
    (invocation.name === 'git' && depth < DEEPEST_ALIAS
      ? refuseGit(invocation, guarded, (inner) => refuse(inner, depth + 1))
      : null);
  for (const invocation of invocations) {
    const refusal = refuse(invocation);
    if (refusal !== null) return refusal;
  }
  if (opaque.some((code) => HIDDEN.test(code))) return { kind: 'hidden' };
  return invocations.some(({ name }) => name === 'apply_patch' || name === 'applypatch')
    ? refusePaths(pathsInPatch(command), folder, guarded)
    : null;
}

/** Why files with these names are not written; null: nothing against it. */
export function refusePaths(paths: readonly string[], folder: string, guarded: GuardedPaths): Refusal | null {
  const path = paths.find((text) => guarded.holds({ text, isExact: true, isGlob: false }, folder));
  return path === undefined ? null : { kind: 'guarded-file', path };
}

const DEEPEST_ALIAS = 4;

/** In the code of another language: `subprocess.run(["git", "commit", "--no-verify"])`. */
const HIDDEN =
  /\bgit\b[^]{0,400}(?:--no-veri|commit["'\s,]+-\w*n|core\.hooksPath|commit-tree)|\bHUSKY\b["'\s\]:=,]+0|\bKEYGUARD\b["'\s\]:=,]+0|\.git\/hooks\/|\.husky\//iu;

const KEYGUARD_VERBS = new Set(['uninstall', 'allow', 'baseline']);
const MANAGERS = new Set(['husky', 'lefthook', 'pre-commit', 'prek']);
const PACKAGE_MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const REMOVE = new Set(['uninstall', 'remove', 'rm', 'un', 'r', 'unlink']);

function refuseRemoval({ name, args }: Invocation): Refusal | null {
  const words = args.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  const verb = words[0] ?? '';
  if (name === 'keyguard' && KEYGUARD_VERBS.has(verb)) return { kind: 'removes-guard', command: `keyguard ${verb}` };
  if (MANAGERS.has(name) && verb === 'uninstall') return { kind: 'removes-guard', command: `${name} uninstall` };
  const removes = PACKAGE_MANAGERS.has(name) && REMOVE.has(verb) && words.slice(1).some((word) => MANAGED.has(word));
  return removes ? { kind: 'removes-guard', command: `${name} ${verb}` } : null;
}

const MANAGED = new Set(['keyguard', 'husky', 'lefthook', 'simple-git-hooks']);
