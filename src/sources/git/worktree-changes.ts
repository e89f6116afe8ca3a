import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RawPath } from '../../model/fragment.ts';
import { bytesOfPath } from '../../model/fragment.ts';
import { parseRawDiff } from './raw-diff.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/**
 * Which of these files hold something else in the worktree than in the index. Git tells by dates and sizes only, because
 * more would run the filters of the repository; a copied worktree then looks changed, so the bytes are compared here.
 */
export async function changedInWorktree(
  repository: Repository,
  paths: ReadonlySet<RawPath>,
): Promise<readonly RawPath[]> {
  const how = ['--raw', '-z', '--no-abbrev', '--no-renames', '--no-relative', '--ignore-submodules=all'];
  const { stdout } = await runGit(repository.git, ['diff-files', ...how]);
  return parseRawDiff(stdout)
    .filter(({ status, path }) => status === 'M' && paths.has(path))
    .filter(({ path, oldOid }) => blobId(repository, path) !== oldOid)
    .map(({ path }) => path);
}

/** The id that git would give the bytes of a file; null if it cannot be read. */
function blobId({ top, objectFormat }: Repository, path: RawPath): string | null {
  try {
    const bytes = readFileSync(Buffer.concat([Buffer.from(`${top}/`), bytesOfPath(path)]));
    return createHash(objectFormat).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  } catch {
    return null;
  }
}
