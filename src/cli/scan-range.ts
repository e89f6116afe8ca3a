import { ruleset } from '#compiled/ruleset';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Report } from '../model/report.ts';
import type { Notice } from '../model/finding.ts';
import { createScanner } from '../scanner.ts';
import { listCommits } from '../sources/git/list-commits.ts';
import { openRangeSource, type RangeRequest } from '../sources/git/range.ts';
import { openRepository, type Repository } from '../sources/git/repository.ts';
import { type AskedRange, resolveRange, type RevisionRange } from '../sources/git/revisions.ts';
import { exposuresOfCommits } from '../exposure-of-commits.ts';
import { isCi } from './ci.ts';
import type { BuildSettings } from './scan-build.ts';
import type { LoadedPolicy } from './policy-from.ts';
import { policyOfCommit } from './read-policy.ts';
import { runScan, type ScanGround, type ScanSettings, scannerFor } from './run-scan.ts';

/** What the commits between two revisions bring in. Throws `KeyguardError` where one of them is not known. */
export async function scanRange(host: Host, asked: AskedRange, settings: BuildSettings): Promise<Report> {
  const repository = await openRepository(host, 'taken');
  if (repository === null)
    throw new KeyguardError(
      'not-a-repository',
      `${host.cwd} is in no git repository, so there are no commits to scan.`,
    );
  const range = await resolveRange(repository, asked);
  const before = await policyOfRange(repository, range, host, settings);
  const policy = settings.acceptSuppressions
    ? {
        ...before,
        change: await (await import('./policy-of-build.ts')).changeUpTo(repository, range.to, host, settings),
      }
    : before;
  const request = { name: range.name, include: [range.to], exclude: [range.from] };
  const report = await scanCommits(request, policy, { host, settings, repository });
  if (report.scope.commits !== 0) return report;
  const turned = await listCommits(repository.git, { include: [range.from], exclude: [range.to] });
  return { ...report, notices: [...report.notices, emptyRange(range, turned.length)] };
}

/** A range that was written the wrong way round is empty as well. */
function emptyRange({ name, ends }: RevisionRange, turned: number): Notice {
  const { sink } = createScanner(ruleset);
  const hint = turned === 0 ? ', so nothing was scanned' : `; ${ends[1]}..${ends[0]} holds ${turned}`;
  return { code: 'empty-range', message: sink.text(`No commit is in ${name}${hint}.`) };
}

/** A change cannot silence what it brings in: what held before it decides. */
function policyOfRange(
  repository: Repository,
  { base }: RevisionRange,
  host: Host,
  settings: ScanSettings,
): Promise<LoadedPolicy> {
  if (base !== null) return policyOfCommit(repository, base, `the merge base ${base.slice(0, 12)}`, host, settings);
  const { head } = repository;
  const from = head === null ? 'nowhere' : `HEAD ${head.slice(0, 12)}, as there is no merge base`;
  return policyOfCommit(repository, head, from, host, settings);
}

/** Scans commits; where the policy was read is part of how the scope is named. */
export async function scanCommits(
  request: RangeRequest,
  policy: LoadedPolicy,
  ground: Omit<ScanGround, 'scanner'> & { readonly repository: Repository },
  newTags: readonly string[] = [],
): Promise<Report> {
  const { repository, host } = ground;
  const scanner = await scannerFor(policy);
  const source = await openRangeSource(repository, request, { overlap: scanner.overlap });
  const { scope } = source;
  const named = { ...scope, detail: `${scope.detail}; policy from ${policy.from}` };
  const expose: ScanGround['expose'] = async (kept, secrets) => {
    if (isCi(host)) return (await import('../exposure.ts')).exposuresOf(repository, secrets, true, scanner.sink);
    return exposuresOfCommits(repository, kept, secrets, scanner.sink, newTags);
  };
  return runScan({ ...source, scope: named }, policy, { expose, ...ground, scanner });
}
