import { policies, ruleset } from '#compiled/ruleset';
import type { Scope, ScopeKind } from '../model/coverage.ts';
import { KeyguardError } from '../errors.ts';
import type { HazardSearch } from '../hazards/hazard.ts';
import type { Host } from '../host.ts';
import type { Exposure } from '../model/finding.ts';
import type { RawPath } from '../model/fragment.ts';
import type { Fingerprint, Secret } from '../model/secret.ts';
import type { Detection } from '../read-fragment.ts';
import type { Report } from '../model/report.ts';
import type { Situation } from '../remedy/situation.ts';
import { type Adviser, scan } from '../scan.ts';
import { createScanner, type Scanner } from '../scanner.ts';
import { beginHeadDiff } from '../sources/git/diff-index.ts';
import type { RawChange } from '../sources/git/raw-diff.ts';
import { currentBranch, openRepository, type Repository } from '../sources/git/repository.ts';
import { readIndex } from '../sources/git/read-index.ts';
import { openStagedSource } from '../sources/git/staged.ts';
import { changedInWorktree } from '../sources/git/worktree-changes.ts';
import type { Source } from '../sources/source.ts';
import type { UserRules } from '../user-rules/compile-user-rules.ts';
import { isCi } from './ci.ts';
import { withOwnKeys } from './own-keys.ts';
import type { LoadedPolicy, PolicySettings } from './policy-from.ts';
import { policyOfIndex } from './read-policy.ts';
import { unstagedBaseline } from './unstaged-baseline.ts';
import { VERSION } from './version.ts';

/** What the command line decides about any scan. */
export interface ScanSettings extends PolicySettings {
  readonly allowIncomplete: boolean;
  /** Files of values that are looked for, too. */
  readonly known?: readonly string[];
}

/** What every scan needs besides its source. */
export interface ScanGround {
  readonly host: Host;
  readonly settings: ScanSettings;
  readonly scanner: Scanner;
  readonly repository: Repository | null;
  /** How far what was found has travelled, where the commits in scope tell more than a look-up. */
  readonly expose?: (
    kept: readonly Detection[],
    secrets: ReadonlyMap<Fingerprint, Secret>,
  ) => Promise<ReadonlyMap<Fingerprint, Exposure>>;
  /** The index against HEAD, where it is asked for anyway. */
  readonly headDiff?: Promise<readonly RawChange[]>;
}

/** Index against HEAD: what the next commit brings in. Throws `KeyguardError` outside of a repository. */
export async function scanStaged(host: Host, settings: ScanSettings): Promise<Report> {
  const headDiff = beginHeadDiff(host);
  const opening = openRepository(host);
  // Git answers while the rules are made ready.
  const builtIn = createScanner(ruleset);
  const repository = await opening;
  if (repository === null) {
    throw new KeyguardError(
      'not-a-repository',
      `${host.cwd} is in no git repository, so nothing is staged; run it inside of one, or scan files with "keyguard scan PATH".`,
    );
  }
  const index = readIndex(repository);
  const open = ({ overlap }: Scanner): Promise<Source> => openStagedSource(repository, { overlap, headDiff, index });
  const [policy, opened] = await Promise.all([policyOfIndex(repository, index, host, settings), open(builtIn)]);
  const scanner = await scannerFor(policy, builtIn);
  const source = scanner.overlap === builtIn.overlap ? opened : await open(scanner);
  const report = await runScan(source, policy, { host, settings, scanner, repository, headDiff });
  const unstaged = unstagedBaseline(report.findings, repository.top, host.today, standsAtTop(repository.top, host));
  return { ...report, notices: [...report.notices, ...unstaged] };
}

/** The rules of keyguard, and those that the repository brings; loaded only where it does. */
export async function scannerFor({ userRules }: LoadedPolicy, builtIn = createScanner(ruleset)): Promise<Scanner> {
  if (userRules === null) return builtIn;
  const { withUserRules } = await import('../user-rules/with-user-rules.ts');
  return withUserRules(builtIn, userRules);
}

/** Scans a source and says how far what it found has travelled. */
export async function runScan(source: Source, policy: LoadedPolicy, ground: ScanGround): Promise<Report> {
  const { host, settings, repository } = ground;
  const inCi = isCi(host);
  const top = repository?.top ?? host.cwd;
  const { scanner, skipped, notices } = await withOwnKeys(
    { ...ground.scanner, loadHazards },
    top,
    source.places ?? [],
    settings.known ?? [],
    host,
  );
  const report = await scan({
    source,
    scanner,
    policy,
    version: VERSION,
    expose: async (kept, secrets) => {
      if (ground.expose !== undefined) return ground.expose(kept, secrets);
      return (await import('../exposure.ts')).exposuresOf(repository, secrets, inCi, scanner.sink);
    },
    situate: (paths) => situate({ ...ground, scanner }, source.scope.kind, paths),
    tracked: (paths) => trackedAmong(repository, source.scope, paths),
    loadAdviser: () => loadAdviser(policy.userRules),
  });
  const coverage = { ...report.coverage, skipped: [...report.coverage.skipped, ...skipped] };
  return { ...report, coverage, notices: [...report.notices, ...notices] };
}

/** What is staged or committed is tracked; of other files git is asked, and without it nothing is. */
async function trackedAmong(
  repository: Repository | null,
  { kind, files }: Scope,
  paths: ReadonlySet<RawPath>,
): Promise<ReadonlySet<RawPath>> {
  if (kind !== 'tree' && kind !== 'files' && files === undefined) return kind === 'stdin' ? new Set() : paths;
  if (repository === null) return new Set();
  const { listTracked } = await import('../sources/git/list-files.ts');
  const tracked = (await listTracked(repository)).map(({ place }) => place);
  return new Set(tracked.filter((place) => paths.has(place)));
}

/** Nearly no commit has a file that may publish a key. */
export async function loadHazards(): Promise<HazardSearch> {
  hazards ??= (await import('../hazards/hazards.ts')).hazardSearch(policies, ruleset.rules);
  return hazards;
}

let hazards: HazardSearch | null = null;

/** The guidance is bigger than everything else together, and most scans find nothing. */
async function loadAdviser(userRules: UserRules | null): Promise<Adviser> {
  const [{ guidance }, { adviseOn }] = await Promise.all([import('#compiled/guidance'), import('../remedy/remedy.ts')]);
  const own =
    userRules === null ? [] : (await import('../ruleset/compile-guidance.ts')).guidanceOfUser(userRules.files);
  const all = { ...guidance, providers: [...guidance.providers, ...own] };
  return (finding, exposure, situation) => adviseOn(finding, exposure, situation, all);
}

async function situate(
  { repository, host, scanner: { sink }, headDiff }: ScanGround,
  scope: ScopeKind,
  paths: ReadonlySet<RawPath>,
): Promise<Situation> {
  const [branch, changed, unstaged] = await Promise.all([
    repository === null ? null : unlessGitFails(currentBranch(repository), null),
    // Before the first commit there is nothing to compare with, and git fails.
    headDiff === undefined ? [] : unlessGitFails(headDiff, []),
    repository === null || scope !== 'staged' ? [] : unlessGitFails(changedInWorktree(repository, paths), []),
  ]);
  return {
    scope,
    inCi: isCi(host),
    hasHead: repository !== null && repository.head !== null,
    platform: host.platform,
    branch: branch === null ? null : sink.text(branch),
    atTop: repository === null || standsAtTop(repository.top, host),
    changedFiles: changed.filter(({ status }) => status === 'M').map(({ path }) => sink.path(path)),
    partlyStaged: unstaged.map((path) => sink.path(path)),
  };
}

/**
 * Git runs hooks at the top and keeps in GIT_PREFIX the folder in which it was typed; what it advises is typed there.
 * https://git-scm.com/docs/git#Documentation/git.txt-GITPREFIX
 */
export function standsAtTop(top: string, { cwd, env }: Host): boolean {
  return top === cwd && (env['GIT_PREFIX'] ?? '') === '';
}

/** Only the wording of the advice needs it: a finding is worth more than that. */
async function unlessGitFails<Answer>(asked: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    return otherwise;
  }
}
