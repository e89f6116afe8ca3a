import type { Host } from '../../host.ts';
import type { RawChange } from './raw-diff.ts';
import { parseRawDiff } from './raw-diff.ts';
import type { Git } from './run.ts';
import { openGit, runGit } from './run.ts';

/**
 * The index against a commit or tree. Raw, never a patch: attributes, textconv, colours and a NUL hide content from a
 * patch, and odd names change its form. Renames are not looked for, so that a moved file is read as a whole.
 */
export async function diffIndex(git: Git, parent: string): Promise<readonly RawChange[]> {
  const { stdout } = await runGit(git, [
    'diff-index',
    '--cached',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-relative',
    '--ignore-submodules=none',
    '--ita-invisible-in-index',
    parent,
    '--',
  ]);
  return parseRawDiff(stdout);
}

/**
 * The index against HEAD, begun before anything is known of the repository: git answers it while it is asked for the
 * rest, which a commit hook can feel. Fails before the first commit; whoever knows of that does not wait for it.
 */
export function beginHeadDiff(host: Host): Promise<readonly RawChange[]> {
  const diff = diffIndex(openGit(host), 'HEAD');
  diff.catch(() => undefined);
  return diff;
}
