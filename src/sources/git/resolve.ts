import { KeyguardError } from '../../errors.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** What git has under a name. */
export interface Resolved {
  readonly oid: string;
  readonly type: string;
}

/**
 * What revisions mean, in their order; null for one that git does not know. They are written to git's stdin, one a line:
 * whatever somebody typed cannot become an option there. https://git-scm.com/docs/git-cat-file#_batch_output
 */
async function resolveNames(
  { git }: Pick<Repository, 'git'>,
  names: readonly string[],
): Promise<readonly (Resolved | null)[]> {
  if (names.length === 0) return [];
  const asked = names.filter((name) => !/[\n\0]/u.test(name));
  const input = asked.map((name) => `${name}\n`);
  const { stdout } = await runGit(git, ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'], {
    input,
  });
  const lines = stdout.toString('utf8').split('\n');
  if (lines.length !== asked.length + 1 || lines.at(-1) !== '') throw unclear();
  const answers = new Map(asked.map((name, i) => [name, resolvedIn(lines[i] ?? '')]));
  return names.map((name) => answers.get(name) ?? null);
}

/** The commits behind these names. Tags lead to their commits. */
export function resolveCommits(
  repository: Pick<Repository, 'git'>,
  names: readonly string[],
): Promise<readonly (Resolved | null)[]> {
  return resolveNames(
    repository,
    names.map((name) => `${name}^{commit}`),
  );
}

function resolvedIn(line: string): Resolved | null {
  const found = /^(?<oid>[0-9a-f]{40}|[0-9a-f]{64}) (?<type>commit|tree|blob|tag)$/u.exec(line)?.groups;
  return found === undefined ? null : { oid: found['oid'] ?? '', type: found['type'] ?? '' };
}

function unclear(): KeyguardError {
  return new KeyguardError('git', 'git cat-file gave an answer that cannot be understood; run keyguard again.');
}
