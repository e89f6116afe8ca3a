import { decide } from './config/decide.ts';
import { IGNORE_FILE, type Policy } from './config/policy.ts';
import { detect, type Detected, type Known, knownIn } from './detect.ts';
import { KeyguardError } from './errors.ts';
import { type CountedSource, countIgnored } from './ignored.ts';
import type { Coverage, Unread } from './model/coverage.ts';
import type { AdvisedFinding, Exposure, Finding, Guidance, Notice, Suppressed } from './model/finding.ts';
import type { RawPath } from './model/fragment.ts';
import type { Report } from './model/report.ts';
import type { Fingerprint, Secret } from './model/secret.ts';
import { noticesOf } from './not-unpacked.ts';
import { packedExposure } from './packed-exposure.ts';
import type { Detection } from './read-fragment.ts';
import type { Situation } from './remedy/situation.ts';
import type { Scanner } from './scanner.ts';
import type { Source } from './sources/source.ts';

export type Adviser = (finding: Finding, exposure: Exposure, situation: Situation) => Guidance;

export interface ScanRequest {
  readonly source: Source;
  readonly scanner: Scanner;
  readonly policy: Policy;
  readonly version: string;
  /** How far these secrets have travelled; asked once, and only when there is a finding. */
  readonly expose: (
    kept: readonly Detection[],
    secrets: ReadonlyMap<Fingerprint, Secret>,
  ) => Promise<ReadonlyMap<Fingerprint, Exposure>>;
  /** Where the reader of findings at these paths stands; asked only when there is one. */
  readonly situate: (paths: ReadonlySet<RawPath>) => Promise<Situation>;
  /** Which of these files git tracks; asked only when there is one that it should not. Without it all are. */
  readonly tracked?: (paths: ReadonlySet<RawPath>) => Promise<ReadonlySet<RawPath>>;
  /** What knows the way out; loaded only when there is a finding. */
  readonly loadAdviser: () => Promise<Adviser>;
}

/**
 * The whole story. A source gives fragments; each is decoded, matched and judged (`detect`). What the change did not
 * bring in and what the repository has accepted is set aside; for the rest it is looked up how far each key has
 * travelled, and what to do now.
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const { scanner } = request;
  const counted = countIgnored(request.source, request.policy.isIgnored);
  const { source } = counted;
  const detected = await onlyTracked(await detect(source, scanner), request);
  const sorted = await sortOut(detected, request);
  const coverage = withIgnored(detected.coverage, sorted.failures, counted);
  const findings = await advise(sorted.kept, request);
  const isAdvisory = (index: number): boolean =>
    sorted.kept[index]?.kind === 'advise' && request.policy.failOn !== 'warning';
  return {
    tool: { name: 'keyguard', version: request.version, ruleset: scanner.rulesetHash },
    complete: isComplete(coverage),
    scope: { ...source.scope, detail: scanner.sink.text(source.scope.detail) },
    coverage,
    rules: scanner.rules.size,
    findings: findings.filter((_, index) => !isAdvisory(index)),
    advisories: findings.filter((_, index) => isAdvisory(index)),
    suppressed: sorted.suppressed,
    notices: [...sorted.notices, ...noticesOf(detected.notUnpacked, source.scope.kind, scanner.sink)],
  };
}

/** Ignored paths are listed; a scan of files that are all ignored has looked at nothing for anybody. */
function withIgnored(coverage: Coverage, failures: readonly Unread[], counted: CountedSource): Coverage {
  const { kind, files } = counted.source.scope;
  const ignored = counted.ignored();
  // A build that brings nothing in but what is ignored is looked at all the same; a tree of nothing else is not.
  const isAll = files === undefined ? ignored === coverage.expected : files > 0 && counted.ignoredFiles() === files;
  const isBlind = ignored > 0 && isAll && (kind === 'tree' || kind === 'files' || files !== undefined);
  const blind = isBlind ? [{ message: `${IGNORE_FILE} ignores every file of this scan; let it ignore less.` }] : [];
  const isNews = ({ message }: Unread): boolean => !coverage.errors.some((error) => error.message === message);
  return {
    ...coverage,
    skipped: ignored === 0 ? coverage.skipped : [...coverage.skipped, { reason: 'ignored', count: ignored }],
    errors: [...coverage.errors, ...failures.filter(isNews), ...blind],
  };
}

/** The coverage contract: everything that the source promised was read whole. */
function isComplete({ expected, scanned, errors }: Coverage): boolean {
  return expected === scanned && errors.length === 0;
}

/** A file of values that git does not track is where values belong. */
async function onlyTracked(detected: Detected, { tracked }: ScanRequest): Promise<Detected> {
  const inQuestion = detected.detections.filter(({ ifTracked }) => ifTracked === true);
  const paths = new Set(inQuestion.flatMap(({ path }) => (path === null ? [] : [path])));
  if (tracked === undefined || paths.size === 0) return detected;
  const known = await tracked(paths);
  const detections = detected.detections.filter(
    ({ ifTracked, path }) => ifTracked !== true || (path !== null && known.has(path)),
  );
  return { ...detected, detections };
}

/** The secrets that the old side of this change held; none where nothing was found or there is no old side. */
async function knownBefore({ detections }: Detected, { source, scanner }: ScanRequest): Promise<Known> {
  if (detections.length === 0 || source.before === null) return { identities: new Set(), failures: [] };
  return knownIn(await source.before(), scanner);
}

interface Sorted {
  readonly kept: readonly Detection[];
  readonly suppressed: readonly Suppressed[];
  readonly notices: readonly Notice[];
  /** Where git failed while it was asked what is old. */
  readonly failures: readonly Unread[];
}

/** Sets aside what is old or accepted. In a history each commit is a change of its own, and a secret one finding. */
async function sortOut(detected: Detected, request: ScanRequest): Promise<Sorted> {
  const { history } = request.source;
  if (history !== undefined && detected.detections.length > 0) {
    // A commit hook has none, and does without the file.
    const { sortOutHistory } = await import('./sort-out-history.ts');
    return sortOutHistory(detected.detections, history, request.policy, request.scanner);
  }
  const { identities, failures } = await knownBefore(detected, request);
  return { ...sortOutPlaces(detected.detections, request, identities), failures };
}

/** Each place by itself. Reasons quote what people wrote, so they pass the sink. */
function sortOutPlaces(
  detections: readonly Detection[],
  { policy, scanner: { sink } }: ScanRequest,
  before: ReadonlySet<Fingerprint>,
): Omit<Sorted, 'failures'> {
  const kept: Detection[] = [];
  const suppressed: Suppressed[] = [];
  const notices: Notice[] = [];
  for (const detection of detections) {
    const { finding, identity } = detection;
    if (before.has(identity)) {
      const reason = 'the old side of the same change holds it';
      suppressed.push({ finding, by: 'already-committed', reason });
      continue;
    }
    const decision = decide(policy, { ...finding, path: detection.path, allow: detection.allow });
    notices.push(...decision.notices.map(({ code, message }) => ({ code, message: sink.text(message) })));
    if (decision.kind === 'keep') kept.push(detection);
    else suppressed.push({ finding, by: decision.by, reason: sink.text(decision.reason) });
  }
  return { kept, suppressed, notices };
}

async function advise(kept: readonly Detection[], request: ScanRequest): Promise<readonly AdvisedFinding[]> {
  if (kept.length === 0) return [];
  const secrets = new Map<Fingerprint, Secret>();
  for (const { finding, identity, secret } of kept) {
    if (finding.hazard === undefined) secrets.set(identity, secret);
  }
  const [exposures, situation, adviseOn] = await Promise.all([
    secrets.size === 0 ? new Map<Fingerprint, Exposure>() : request.expose(kept, secrets),
    request.situate(new Set(kept.flatMap(({ path }) => (path === null ? [] : [path])))),
    request.loadAdviser(),
  ]);
  return kept.map(({ finding, identity, within }) => {
    const found = finding.hazard === undefined ? exposures.get(identity) : NO_KEY;
    if (found === undefined)
      throw new KeyguardError('git', 'The look-up of a finding gave no answer; run keyguard again.');
    const exposure = within.length === 0 ? found : packedExposure(found, request.source.scope.kind);
    // Its detail names branches and repeats what git said.
    const shown = { ...exposure, detail: request.scanner.sink.text(exposure.detail) };
    return { ...finding, exposure: shown, guidance: adviseOn(finding, shown, situation) };
  });
}

/** Of a finding without a key nothing can have travelled. */
const NO_KEY: Exposure = { state: 'unknown', detail: 'no key was found here, so none was looked up' };
