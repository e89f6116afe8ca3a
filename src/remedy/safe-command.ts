import type { Shown } from '../model/finding.ts';
import type { Situation } from './situation.ts';

/**
 * A path as it may stand in a command, or null. Only characters that no shell reads as anything else, so that a file
 * name can never become a command of somebody who copies it.
 */
export function pathForCommand(path: Shown | null, situation: Situation): string | null {
  if (path === null || !isPlain(path)) return null;
  // `:/` counts from the top of the worktree: https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-top
  return situation.atTop ? path : `:/${path}`;
}

/** A branch as it may stand in a command, or null. A name that begins with `-` would be read as an option. */
export function branchForCommand(branch: string | null): string | null {
  return branch === null || !isPlain(branch) || branch.startsWith('-') ? null : branch;
}

function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_./-]+$/u.test(text);
}
