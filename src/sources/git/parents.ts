import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.ts';
import { emptyTreeOf } from './repository.ts';

/**
 * The commits that the next commit will have as parents: HEAD and, in a merge, the other sides; the empty tree before
 * the first commit. `git commit` finds the other sides in MERGE_HEAD; while `git merge` runs pre-merge-commit that file
 * does not exist yet, and each side is named by a variable `GITHEAD_<id>`.
 */
export function parentsOf(repository: Repository): readonly string[] {
  const { head, objectFormat, git } = repository;
  const isOid = objectFormat === 'sha1' ? /^[0-9a-f]{40}$/u : /^[0-9a-f]{64}$/u;
  const first = head ?? emptyTreeOf(objectFormat);
  const fromEnvironment = Object.keys(git.host.env)
    .filter((name) => name.startsWith('GITHEAD_'))
    .map((name) => name.slice('GITHEAD_'.length));
  const others = [...mergeHeads(repository), ...fromEnvironment.toSorted()].filter((oid) => isOid.test(oid));
  return [first, ...new Set(others.filter((oid) => oid !== first))];
}

/** One line per side: an octopus merge has several. The file belongs to the worktree, not to the repository. */
function mergeHeads(repository: Repository): readonly string[] {
  try {
    return readFileSync(join(repository.gitDir, 'MERGE_HEAD'), 'latin1').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
