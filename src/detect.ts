import type { Coverage, Unread } from './model/coverage.ts';
import type { Fingerprint } from './model/secret.ts';
import type { DropReason } from './model/verdict.ts';
import type { Source } from './sources/source.ts';
import { KeyguardError } from './errors.ts';
import { countNotUnpacked, type NotUnpacked } from './not-unpacked.ts';
import type { Detection } from './read-fragment.ts';
import type { Allowance } from './unpacking.ts';
import { readWithMembers } from './read-with-members.ts';
import type { Scanner } from './scanner.ts';
import { boundsFor } from './unpack/bounds.ts';

export interface Detected {
  /** What was found, before anybody decided to accept it. Sorted by path bytes, offset, rule. */
  readonly detections: readonly Detection[];
  readonly coverage: Coverage;
  readonly drops: ReadonlyMap<DropReason, number>;
  /** What is packed in files and was not read. */
  readonly notUnpacked: readonly NotUnpacked[];
}

/** More findings than anybody reads; the scan then says that it stopped, and is not complete. */
const MOST_DETECTIONS = 10_000;

/**
 * Reads every fragment of the source: decodes, matches, judges. Counts what was read, to be held against what the source
 * promised.
 */
export async function detect(source: Source, scanner: Scanner): Promise<Detected> {
  const allowance: Allowance = { bounds: boundsFor(source.scope.kind), unpacked: 0 };
  const tally: Tally = {
    detections: [],
    errors: [],
    drops: new Map(),
    bounds: new Map(),
    notUnpacked: [],
    scanned: 0,
    bytes: 0,
  };
  try {
    await readAll(source, scanner, allowance, tally);
  } catch (error) {
    if (!(error instanceof KeyguardError) || error.code !== 'git') throw error;
    // What was found before git failed is told all the same.
    tally.errors.push({ message: scanner.sink.text(error.message), gitFailed: true });
  }
  const { detections, errors, drops, bounds, notUnpacked, scanned, bytes } = tally;
  const cut = Array.from(bounds, ([reason, count]) => ({ reason, count }));
  const skipped = [...source.skipped, ...cut, ...countNotUnpacked(notUnpacked)];
  const coverage = { expected: source.expected, scanned, bytes, skipped, errors };
  return { detections: detections.slice(0, MOST_DETECTIONS).toSorted(byPlace), coverage, drops, notUnpacked };
}

/** What was read so far. */
interface Tally {
  readonly detections: Detection[];
  readonly errors: Unread[];
  readonly drops: Map<DropReason, number>;
  /** Fragments of which a part was not looked at, by the bound that was hit. */
  readonly bounds: Map<string, number>;
  readonly notUnpacked: NotUnpacked[];
  scanned: number;
  bytes: number;
}

async function readAll(source: Source, scanner: Scanner, allowance: Allowance, tally: Tally): Promise<void> {
  const { detections, errors, drops, bounds } = tally;
  for await (const fragment of source.fragments()) {
    const read = await readWithMembers(fragment, scanner, allowance, MOST_DETECTIONS - detections.length);
    for (const [reason, count] of read.drops) drops.set(reason, (drops.get(reason) ?? 0) + count);
    for (const bound of read.bounds) bounds.set(bound, (bounds.get(bound) ?? 0) + 1);
    for (const detection of read.detections) detections.push(detection);
    const { provenance } = fragment;
    if (read.troubles.length > 0) tally.notUnpacked.push({ provenance, troubles: read.troubles });
    if (detections.length > MOST_DETECTIONS) {
      errors.push({
        message: `more than ${MOST_DETECTIONS} findings: the scan stopped here; fix these first, or scan a part`,
      });
      return;
    }
    if (read.failure !== null) {
      errors.push(unread(read.failure, scanner));
      continue;
    }
    tally.scanned += fragment.countsAs;
    if (fragment.countsAs > 0) tally.bytes += read.bytes;
  }
}

/** One unreadable fragment makes the scan incomplete, and the others are still read; with a failed git that is vain. */
function unread(failure: KeyguardError, scanner: Scanner): Unread {
  if (failure.code !== 'unread') throw failure;
  return { message: scanner.sink.text(failure.message) };
}

/** What a source holds. */
export interface Known {
  /** `identity` of what was found. */
  readonly identities: ReadonlySet<Fingerprint>;
  /** Where git failed: what is not known may be there all the same. */
  readonly failures: readonly Unread[];
}

/** Asked of the old side of a change, to tell old keys from new ones. */
export async function knownIn(source: Source, scanner: Scanner): Promise<Known> {
  const { detections, coverage } = await detect(source, scanner);
  return {
    identities: new Set(detections.map(({ identity }) => identity)),
    failures: coverage.errors.filter(({ gitFailed }) => gitFailed === true),
  };
}

function byPlace(a: Detection, b: Detection): number {
  const [pathA, pathB] = [a.path ?? '', b.path ?? ''];
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  if (a.offset !== b.offset) return a.offset - b.offset;
  const way = byWay(a.within, b.within);
  if (way !== 0) return way;
  return a.finding.ruleId < b.finding.ruleId ? -1 : 1;
}

/** What lies in no member comes before what lies in one. */
function byWay(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((step, index) => step !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
