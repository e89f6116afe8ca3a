import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Host } from '../host.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { openPorcelain } from '../sources/git/porcelain.ts';
import { openGit, runGit } from '../sources/git/run.ts';

/** The tops of the other worktrees that are there and have a working tree. */
export async function otherWorktrees(host: Host, { top, commonDir }: HookedRepository): Promise<readonly string[]> {
  const { stdout } = await runGit(openGit(host), ['worktree', 'list', '--porcelain']);
  const listed = stdout
    .toString('utf8')
    .split(/\n\n/u)
    .flatMap((block) => {
      const path = /^worktree (?<path>.*)$/mu.exec(block)?.groups?.['path'];
      return path === undefined || /^bare$/mu.test(block) || !existsSync(path) ? [] : [realpathSync(path)];
    });
  const here = realpathSync(top);
  const hasMoved = listed.includes(realpathSync(commonDir));
  const main = hasMoved ? await mainBeside(host, commonDir) : null;
  return listed.flatMap((path) => {
    const place = path === realpathSync(commonDir) ? main : path;
    return place === null || place === here ? [] : [place];
  });
}

/**
 * Where the git folder lies elsewhere, as of a submodule, git lists it in place of the main worktree. Null: this is the
 * main worktree; the git folder itself: nobody knows where that is.
 */
async function mainBeside(host: Host, commonDir: string): Promise<string | null> {
  const git = openPorcelain(host);
  const known = await git.setting('core.worktree', 'local');
  if (known !== null) return realpathSync(isAbsolute(known.value) ? known.value : resolve(commonDir, known.value));
  const gitDir = await git.revParse('--absolute-git-dir');
  return realpathSync(gitDir) === realpathSync(commonDir) ? null : commonDir;
}
