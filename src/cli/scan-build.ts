import { findBuild } from '../ci/find-build.ts';
import { exposuresInBuild } from '../exposure-in-build.ts';
import type { Host } from '../host.ts';
import type { Build } from '../model/build.ts';
import type { Report } from '../model/report.ts';
import type { Scanner } from '../scanner.ts';
import { namedSource, openBuildSource } from '../sources/build.ts';
import { openBaseTree } from '../sources/git/base-tree.ts';
import { type BuildRange, rangeOfBuild } from '../sources/git/build-range.ts';
import { deepen } from '../sources/git/deepen.ts';
import { listCommits } from '../sources/git/list-commits.ts';
import { openRangeSource } from '../sources/git/range.ts';
import { tagsOnto } from '../sources/git/remote-branches.ts';
import { openRepository, type Repository } from '../sources/git/repository.ts';
import { openTreeSource } from '../sources/git/tree.ts';
import { exposuresOfCommits } from '../exposure-of-commits.ts';
import { isCi } from './ci.ts';
import { readEventPayload } from './event-payload.ts';
import { policyOfBuild, policyOfHead, refuseOwnPolicy } from './policy-of-build.ts';
import { runScan, type ScanGround, type ScanSettings, scannerFor } from './run-scan.ts';
import { scanTree } from './scan-files.ts';

export interface BuildSettings extends ScanSettings {
  /** `--accept-suppressions` */
  readonly acceptSuppressions: boolean;
  /** `--fetch` */
  readonly fetch: boolean;
}

/** In a build: the tree of HEAD, and the commits that the build brings in. */
export async function scanBuild(host: Host, settings: BuildSettings): Promise<Report> {
  const build = findBuild(host.env, () => readEventPayload(host));
  if (build === null) return noted(await scanTree(host, [], settings), UNKNOWN_CI);
  const opened = await openRepository(host);
  if (opened === null) {
    const where = `${host.cwd} is in no git repository: its files were scanned, and no commits.`;
    return noted(await scanTree(host, [], settings), `${build.ci} runs this build, but ${where}`);
  }
  await refuseOwnPolicy(opened, host, settings);
  if (build.kind !== 'push' && build.kind !== 'review')
    return scanHead({ build, repository: opened, host, settings }, 'no commits come with it');
  const { repository, command } = settings.fetch ? await deepen(opened, host) : { repository: opened, command: null };
  const about: About = { build, repository, host, settings };
  const range = await rangeOfBuild(repository, build);
  const report = range === null ? await scanHead(about, 'there is no commit yet') : await scanChange(about, range);
  return command === null ? report : noted(report, `The clone was shallow, so keyguard ran: ${command}`, 'fetched');
}

const UNKNOWN_CI =
  'CI is set, but nothing tells which commits this build brings in: the working tree was scanned. To scan commits name them: keyguard scan --range A..B.';

interface About {
  readonly build: Build;
  readonly repository: Repository;
  readonly host: Host;
  readonly settings: BuildSettings;
}

async function scanChange(about: About, range: BuildRange): Promise<Report> {
  const { build, repository, host, settings } = about;
  const policy = await policyOfBuild(repository, build, range, host, settings);
  const scanner = await scannerFor(policy);
  const options = { overlap: scanner.overlap };
  const ids = await listCommits(repository.git, range);
  const others = await tagsOnto(repository, new Set(ids));
  // Nothing to look at in the history, and nothing that a change could silence.
  if (ids.length === 0 && (range.unreadable ?? []).length === 0)
    return scanHead(about, `${range.name} holds 0 commits`);
  const commits = await openRangeSource(repository, { ...range, others }, options);
  const tree = await openTreeSource(repository, host, [], options);
  const { git, head } = repository;
  const isFirst = range.before.length === 0 || head === null;
  const base = isFirst
    ? null
    : (paths: Parameters<typeof openBaseTree>[3]) => openBaseTree(git, range.before, head, paths, options);
  const source = openBuildSource({ tree, commits, base });
  const { scope } = source;
  const detail = `${scope.detail}, and the tree of HEAD; ${build.ci}: ${build.source}; policy from ${policy.from}`;
  return runScan(namedSource(source, detail), policy, groundOf(about, scanner));
}

/** What is checked out, where there are no commits to look at; that it is so is said. */
async function scanHead(about: About, why: string): Promise<Report> {
  const { build, repository, host, settings } = about;
  const policy = await policyOfHead(repository, host, settings);
  const scanner = await scannerFor(policy);
  const source = await openTreeSource(repository, host, [], { overlap: scanner.overlap });
  const detail = `${source.scope.detail}; ${build.ci}: ${build.source}; policy from ${policy.from}`;
  const report = await runScan(namedSource(source, detail), policy, groundOf(about, scanner));
  return noted(report, `${build.ci}, ${build.source}: ${why}; the working tree was scanned.`);
}

function groundOf({ build, repository, host, settings }: About, scanner: Scanner): ScanGround {
  const expose: ScanGround['expose'] = async (kept, secrets) =>
    isCi(host) ? exposuresInBuild(build, secrets) : exposuresOfCommits(repository, kept, secrets, scanner.sink);
  return { host, settings, scanner, repository, expose };
}

function noted(report: Report, message: string, code = 'no-range'): Report {
  return { ...report, notices: [{ code, message }, ...report.notices] };
}
