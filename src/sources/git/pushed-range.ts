import { KeyguardError } from '../../errors.ts';
import type { PushedRef } from './pushed-refs.ts';
import type { RangeRequest } from './range.ts';
import type { Repository } from './repository.ts';
import { resolveCommits } from './resolve.ts';
import { runGit } from './run.ts';

/**
 * What a push brings to its receiver: everything that the pushed names reach and the receiver does not have, also what a
 * later commit took out again. One question for a thousand names. `known` are commits that the receiver has; what it has
 * at these names counts as well, as far as it is known here.
 */
export async function rangeOfPush(
  repository: Repository,
  name: string,
  refs: readonly PushedRef[],
  known: readonly string[],
): Promise<RangeRequest> {
  const pushed = unique(refs.flatMap(({ now }) => (now === null ? [] : [now])));
  const before = unique(refs.flatMap((ref) => (ref.before === null ? [] : [ref.before])));
  const resolved = await resolveCommits(repository, [...pushed, ...before, ...known]);
  const tips = resolved.slice(0, pushed.length);
  const had = resolved.slice(pushed.length).flatMap((commit) => (commit === null ? [] : [commit.oid]));
  return {
    name,
    include: unique(tips.flatMap((commit) => (commit === null ? [] : [commit.oid]))),
    exclude: unique(had),
    // A tag has an id of its own; it may lead to a commit, or to something else.
    others: pushed.filter((oid, i) => tips[i]?.oid !== oid),
    refs: refs.flatMap(({ ref, now, before: old }) => (now !== null && old === null ? [ref] : [])),
  };
}

/** Every commit that the repository's names reach, as a server knows them before it takes a push. */
export async function commitsOfAllRefs({ git }: Repository): Promise<readonly string[]> {
  const { stdout } = await runGit(git, ['for-each-ref', '--format=%(objectname)']);
  const oids = stdout.toString('latin1').split('\n').slice(0, -1);
  if (!oids.every((oid) => /^[0-9a-f]{40,64}$/u.test(oid)))
    throw new KeyguardError('git', 'git for-each-ref gave an answer that cannot be understood; run keyguard again.');
  return unique(oids);
}

function unique(oids: readonly string[]): readonly string[] {
  return [...new Set(oids)];
}
