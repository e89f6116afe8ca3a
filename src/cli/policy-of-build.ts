import { isAbsolute, relative, resolve, sep } from 'node:path';
import { policies } from '#compiled/ruleset';
import type { PolicyInChange } from '../config/policy.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { rawPathFromText } from '../model/fragment.ts';
import type { Build } from '../model/build.ts';
import { type BuildRange, short } from '../sources/git/build-range.ts';
import type { Repository } from '../sources/git/repository.ts';
import type { LoadedPolicy, PolicySettings } from './policy-from.ts';
import { policyOfCommit } from './read-policy.ts';
import type { BuildSettings } from './scan-build.ts';

/** What held before a change decides over it; what holds behind it tells what it silences itself. */
export async function policyOfBuild(
  repository: Repository,
  { kind }: Build,
  { base, head }: BuildRange,
  host: Host,
  settings: BuildSettings,
): Promise<LoadedPolicy> {
  if (base === null) return policyOfHead(repository, host, settings, ', as there is no base');
  const from = `${base.isMergeBase ? 'the merge base' : 'the base'} ${short(base.oid)}`;
  const change = await changeUpTo(repository, head, host, settings);
  return {
    ...(await policyBefore(repository, base.oid, from, host, settings)),
    change: { ...change, isAccepted: settings.acceptSuppressions, isReview: kind === 'review' },
  };
}

/** What the tip of a change says, its comments included, as somebody outside of it accepts it. */
export async function changeUpTo(
  repository: Repository,
  tip: string,
  host: Host,
  settings: PolicySettings,
): Promise<PolicyInChange> {
  const rule = policies.find(({ id }) => id === 'suppression-in-change');
  if (rule === undefined) throw new RangeError('the rule of suppressions is gone');
  const after = await policyOfCommit(repository, tip, short(tip), host, settings);
  return { after: { ...after, honoursAllows: true }, isAccepted: true, isReview: false, rule };
}

/** Where nothing came before, or nothing is compared. */
export async function policyOfHead(
  repository: Repository,
  host: Host,
  settings: BuildSettings,
  why = '',
): Promise<LoadedPolicy> {
  const { head } = repository;
  const from = head === null ? 'nowhere, as HEAD has no commit' : `HEAD ${short(head)}${why}`;
  return { ...(await policyOfCommit(repository, head, from, host, settings)), honoursAllows: true };
}

/** A mistake in the base is what this change may be mending: it silences nothing. */
async function policyBefore(
  repository: Repository,
  commit: string,
  from: string,
  host: Host,
  settings: BuildSettings,
): Promise<LoadedPolicy> {
  try {
    return await policyOfCommit(repository, commit, from, host, settings);
  } catch (error) {
    if (!(error instanceof KeyguardError) || error.code !== 'config') throw error;
    return policyOfCommit(repository, null, `nowhere, as that of ${from} has a mistake`, host, settings);
  }
}

/** A file that a change can bring is no policy from outside of it. */
export async function refuseOwnPolicy(repository: Repository, host: Host, settings: BuildSettings): Promise<void> {
  const name = settings.policy ?? host.env['KEYGUARD_POLICY'] ?? '';
  const place = relative(repository.top, resolve(host.cwd, name));
  if (name === '' || place === '' || isAbsolute(place) || /^\.\.(?:[\\/]|$)/u.test(place) || /\n/u.test(place)) return;
  const { listTracked } = await import('../sources/git/list-files.ts');
  const own = rawPathFromText(place.split(sep).join('/'));
  if (!(await listTracked(repository)).some((file) => file.place === own)) return;
  throw new KeyguardError(
    'usage',
    `${name} is tracked by the repository that it would judge, so a change could rewrite it; give --policy a file from outside.`,
  );
}
