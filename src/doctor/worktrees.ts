import { existsSync, realpathSync } from 'node:fs';
import type { Host } from '../host.ts';
import { openGit, runGit } from '../sources/git/run.ts';

/** The tops of the other worktrees that are there and have a working tree. */
export async function otherWorktrees(host: Host, top: string): Promise<readonly string[]> {
  const { stdout } = await runGit(openGit(host), ['worktree', 'list', '--porcelain']);
  const blocks = stdout.toString('utf8').split(/\n\n/u);
  const here = realpathSync(top);
  return blocks.flatMap((block) => {
    const path = /^worktree (?<path>.*)$/mu.exec(block)?.groups?.['path'];
    if (path === undefined || /^bare$/mu.test(block) || !existsSync(path)) return [];
    return realpathSync(path) === here ? [] : [path];
  });
}
