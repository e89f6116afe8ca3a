import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyguardError } from '../../errors.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run.ts';
import { runGit, streamGit } from './run.ts';

/** Commits by object id: all that `include` reaches and `exclude` does not. Never a name that somebody typed. */
export interface CommitSet {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Their ids, parents before children. Throws `KeyguardError` if one is missing, or if git leaves out a tip. */
export async function listCommits(git: Git, set: CommitSet): Promise<readonly string[]> {
  if (set.include.length === 0) return [];
  const commits: string[] = [];
  let rest = '';
  const args = ['rev-list', '--topo-order', '--reverse', '--stdin'];
  for await (const chunk of streamGit(git, args, { input: linesOf(set) })) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!OID.test(line)) throw unclear();
      commits.push(line);
    }
  }
  if (rest !== '') throw unclear();
  await demandTips(git, set, new Set(commits));
  return commits;
}

/** A list that was cut short lacks its end, where the tips are. One that an excluded commit reaches is right to lack. */
async function demandTips(git: Git, { include, exclude }: CommitSet, listed: ReadonlySet<string>): Promise<void> {
  const absent = include.filter((oid) => !listed.has(oid));
  if (absent.length === 0) return;
  const input = linesOf({ include: absent, exclude });
  const { stdout } = await runGit(git, ['rev-list', '--max-count=1', '--stdin'], { input });
  if (stdout.length > 0) throw unclear();
}

/** Where a shallow clone ends: these commits have parents that are not here. */
export async function shallowEdges({ commonDir, isShallow }: Repository): Promise<ReadonlySet<string>> {
  if (!isShallow) return new Set();
  try {
    return new Set((await readFile(join(commonDir, 'shallow'), 'latin1')).split('\n').filter((line) => OID.test(line)));
  } catch (cause) {
    throw new KeyguardError('git', `${join(commonDir, 'shallow')} could not be read; check its permissions.`, {
      cause,
    });
  }
}

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;

function linesOf({ include, exclude }: CommitSet): readonly string[] {
  return [...include.map((oid) => `${oid}\n`), ...exclude.map((oid) => `^${oid}\n`)];
}

function unclear(): KeyguardError {
  return new KeyguardError('git', 'git rev-list gave a list of commits that ends too early; run keyguard again.');
}
