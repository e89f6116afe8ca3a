import type { Cleanup } from './recorded-message.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/**
 * How git will clean up the message that commit-msg is given. A `--cleanup` on the command line is not told to hooks; what
 * it would keep is read when the commit is pushed. https://git-scm.com/docs/git-commit#Documentation/git-commit.txt-default
 */
export async function cleanupOf({ git }: Repository): Promise<Cleanup> {
  const args = ['config', '-z', '--get-regexp', '^(core\\.comment(char|string)|commit\\.cleanup)$'];
  const { stdout } = await runGit(git, args, { ok: [0, 1] });
  let marker = '#';
  let mode = 'default';
  for (const entry of stdout.toString('latin1').split('\0')) {
    const end = entry.indexOf('\n');
    const [name, value] = [entry.slice(0, end), entry.slice(end + 1)];
    if (name === 'commit.cleanup') mode = value;
    else if (name.startsWith('core.comment') && value !== '') marker = value;
  }
  // Git sets it to ":" where nobody has edited the message; then a line that begins with # is part of it.
  const isEdited = git.host.env['GIT_EDITOR'] !== ':';
  return {
    marker,
    comments: mode === 'strip' || (mode === 'default' && isEdited),
    diff: isEdited,
  };
}
