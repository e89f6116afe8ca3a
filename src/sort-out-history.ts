import { type BlobSecrets, blobSecrets } from './blob-secrets.ts';
import type { Decision } from './config/decide.ts';
import type { Policy } from './config/policy.ts';
import { type DecidedSighting, decideOn, type Held } from './decide-in-change.ts';
import { heldByBase } from './held-by-base.ts';
import type { Unread } from './model/coverage.ts';
import type { Finding, Notice, Occurrence, Suppressed } from './model/finding.ts';
import type { RawPath } from './model/fragment.ts';
import type { Detection } from './read-fragment.ts';
import { refusedSuppression } from './refused-suppression.ts';
import type { Scanner } from './scanner.ts';
import { type Sighting, sightingsOf } from './sightings.ts';
import type { CommitFacts, History } from './sources/source.ts';
import { sturdy } from './sturdy-history.ts';

export interface SortedHistory {
  /** One for each secret, at the place where it came in. */
  readonly kept: readonly Detection[];
  readonly suppressed: readonly Suppressed[];
  readonly notices: readonly Notice[];
  readonly failures: readonly Unread[];
}

/**
 * Makes one finding of each secret, and sets aside what is old or accepted: a secret stays if it came in at one place at
 * which nothing accepts it.
 */
export async function sortOutHistory(
  detections: readonly Detection[],
  given: History,
  policy: Policy,
  scanner: Scanner,
): Promise<SortedHistory> {
  const tried = sturdy(given, scanner.sink);
  const { history } = tried;
  const blobs = blobSecrets(detections, history, scanner);
  const { secrets, failures } = await sightingsOf(detections, blobs, history, scanner);
  const before = await heldByBase(secrets.flat(), history, scanner);
  const judged = secrets.map((sightings) => judgeSecret(sightings, policy, before.held));
  const describe = await describer(
    judged.flatMap(({ sightings }) => sightings),
    blobs,
    history,
    scanner,
  );
  const { sink } = scanner;
  const notices = judged.flatMap((secret) => secret.notices);
  return {
    kept: [
      ...judged
        .filter(({ verdict }) => verdict === 'keep')
        .map((secret) => ({ ...secret.at.detection, path: secret.at.path, ...describe(secret) })),
      ...refusedIn(judged, policy, sink),
    ].toSorted(byPlace),
    suppressed: judged.flatMap((secret): readonly Suppressed[] => {
      const { verdict } = secret;
      if (verdict === 'keep') return [];
      const { finding } = describe(secret);
      if (verdict === 'old') return [{ finding, by: 'already-committed', reason: OLD }];
      return [{ finding, by: verdict.by, reason: sink.text(verdict.reason) }];
    }),
    notices: once(notices).map(({ code, message }) => ({ code, message: sink.text(message) })),
    failures: [...failures, ...before.failures, ...tried.failures],
  };
}

const OLD = 'the old side of the same change holds it';

interface JudgedSecret {
  readonly sightings: readonly Sighting[];
  /** Where it is reported. */
  readonly at: Sighting;
  readonly verdict: 'keep' | 'old' | Extract<Decision, { kind: 'suppress' }>;
  readonly notices: readonly Notice[];
  /** Where the change silences it in vain. */
  readonly refused: readonly DecidedSighting[];
}

function judgeSecret(sightings: readonly Sighting[], policy: Policy, held: Held): JudgedSecret {
  const [first] = sightings;
  if (first === undefined) throw new RangeError('a secret was seen nowhere');
  const decided = sightings.filter(({ isOld }) => !isOld).map((sighting) => decideOn(sighting, policy, held));
  const refused = decided.filter((one) => one.refused !== null);
  const notices = decided.flatMap(({ decision }) => decision.notices);
  const kept = decided.filter(({ decision }) => decision.kind === 'keep').map(({ sighting }) => sighting);
  // What is only advised on in one place may be certain in another.
  const at = kept.find(({ detection }) => detection.kind === 'report') ?? kept[0];
  if (at !== undefined) return { sightings, at, verdict: 'keep', notices, refused };
  const [silenced] = decided;
  if (silenced?.decision.kind !== 'suppress') return { sightings, at: first, verdict: 'old', notices, refused };
  return { sightings, at: silenced.sighting, verdict: silenced.decision, notices, refused };
}

/** Each once: the file or the comment, whatever number of places it stands for. */
function refusedIn(judged: readonly JudgedSecret[], { change }: Policy, sink: Scanner['sink']): readonly Detection[] {
  if (change === undefined) return [];
  const made = judged.flatMap(({ refused }) => refused.map((one) => refusedSuppression(one, change, sink)));
  const found = made.filter((one) => one !== null);
  return [...new Map(found.map((one) => [one.finding.fingerprint, one])).values()];
}

/** How a secret is shown: at its place, with the commit, and with the other places. */
async function describer(
  sightings: readonly Sighting[],
  blobs: BlobSecrets,
  history: History,
  { sink }: Scanner,
): Promise<(secret: JudgedSecret) => Required<Pick<Detection, 'finding' | 'broughtBy'>>> {
  const commits = new Set(sightings.flatMap(({ commit }) => (commit === null ? [] : [commit])));
  const paths = new Set(sightings.flatMap(({ path }) => (path === null ? [] : [path])));
  const [facts, tips] = await Promise.all([history.describe(commits), history.atTips(paths)]);
  // A merge can put back what was there before the range.
  if (tips !== null) await blobs.learn([...tips.values()].flatMap((oids) => [...oids]));
  const isAtTips = ({ detection, path, key }: Sighting): boolean | null => {
    if (isInTree({ detection })) return true;
    if (tips === null || path === null || detection.provenance.kind !== 'object') return null;
    return [...(tips.get(path) ?? [])].some((oid) => blobs.holds(oid, key));
  };
  const placeOf = ({ detection, path, commit: at }: Sighting, atHead: boolean | null): Finding['location'] => {
    const commit = factsAt({ commit: at }, facts);
    const { location } = detection.finding;
    return {
      ...location,
      path: path === null ? location.path : sink.path(path),
      ...(commit !== undefined && {
        commit: { id: commit.id, author: sink.text(commit.author), date: commit.date, atHead },
      }),
    };
  };
  return ({ sightings, at }) => {
    const occurrences = occurrencesOf(sightings, at, facts, isAtTips).map(({ path, ...rest }) => ({
      ...rest,
      path: path === null ? null : sink.path(path),
    }));
    const broughtBy = sightings.flatMap((sighting) => {
      const commit = sighting.isOld ? undefined : factsAt(sighting, facts);
      return commit === undefined ? [] : [{ commit: commit.id, path: sighting.path }];
    });
    return {
      finding: { ...at.detection.finding, location: placeOf(at, isAtTips(at)), occurrences },
      broughtBy,
    };
  };
}

/** Each place once; the finding's own only if later commits recorded it there again. */
function occurrencesOf(
  sightings: readonly Sighting[],
  at: Sighting,
  facts: ReadonlyMap<number, CommitFacts>,
  isAtTips: (sighting: Sighting) => boolean | null,
): readonly (Omit<Occurrence, 'path'> & { readonly path: RawPath | null })[] {
  const byPlace = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { kind } = sighting.detection.finding.location;
    const key = `${kind}\0${isInTree(sighting) ? 'tree' : ''}\0${sighting.path ?? ''}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), sighting]);
  }
  return [...byPlace.values()].flatMap((here) => {
    const [first, last] = [here[0], here.at(-1)];
    if (first === undefined || last === undefined) return [];
    if (here.includes(at) && first.commit === last.commit) return [];
    return {
      kind: first.detection.finding.location.kind,
      path: first.path,
      firstCommit: factsAt(first, facts)?.id ?? null,
      lastCommit: factsAt(last, facts)?.id ?? null,
      atHead: isAtTips(first),
    };
  });
}

/** As the file stands, not as a commit recorded it. */
function isInTree({ detection: { provenance } }: Pick<Sighting, 'detection'>): boolean {
  return provenance.kind === 'file';
}

function factsAt(
  { commit }: Pick<Sighting, 'commit'>,
  facts: ReadonlyMap<number, CommitFacts>,
): CommitFacts | undefined {
  return commit === null ? undefined : facts.get(commit);
}

function byPlace(a: Detection, b: Detection): number {
  const [pathA, pathB] = [a.path ?? '', b.path ?? ''];
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  if (a.offset !== b.offset) return a.offset - b.offset;
  return a.finding.ruleId < b.finding.ruleId ? -1 : 1;
}

function once(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [`${notice.code}\0${notice.message}`, notice])).values()];
}
