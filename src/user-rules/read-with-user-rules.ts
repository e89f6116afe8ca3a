import type { LineRange } from '../judge-windows.ts';
import type { Fragment, Window } from '../model/fragment.ts';
import type { Risk } from '../model/rule.ts';
import { type Detection, type FragmentRead, readFragment } from '../read-fragment.ts';
import type { ReadFragment, Scanner } from '../scanner.ts';
import type { Sink } from '../show/sink.ts';
import { startWorker, type WatchedWorker } from './watched-worker.ts';
import type { UserRules } from './compile-user-rules.ts';
import { fromWire, type WireRead } from './wire.ts';

/**
 * Reads with the built-in rules here and with those of the repository in a thread, each window in both at once. Throws
 * `KeyguardError` (`rules`) when a rule does not come to an end.
 */
export function readerWith(userRules: UserRules, builtIn: Scanner): ReadFragment {
  let worker: WatchedWorker | null = null;
  return async (fragment, scanner, most) => {
    worker ??= startWorker(userRules.rules, [...builtIn.rules.values(), ...userRules.rules]);
    const tap = tapOf(worker, fragment, placeOf(fragment, scanner), most);
    const read = await readFragment({ ...fragment, windows: tap.windows }, scanner, most);
    const own = await tap.end();
    return merged(read, own, scanner);
  };
}

interface Tap {
  readonly windows: Fragment['windows'];
  readonly end: () => Promise<WireRead>;
}

/** Hands every window that passes to the thread as well, once it asks for one. */
function tapOf(worker: WatchedWorker, fragment: Fragment, place: string, most: number): Tap {
  const { provenance, countsAs, inside } = fragment;
  const about = { provenance, countsAs, ...(inside === undefined ? {} : { inside }) };
  worker.send({ kind: 'fragment', about, most });
  let read: WireRead | null = null;
  /** False when it wants no more: it has found all that anybody reads. */
  const asksForMore = async (): Promise<boolean> => {
    if (read !== null) return false;
    const answer = await worker.answer(place);
    if (answer.kind === 'next') return true;
    read = answer.read;
    return false;
  };
  async function* windows(): AsyncGenerator<Window, void> {
    for await (const window of fragment.windows()) {
      // Copied, because the source uses its memory again.
      if (await asksForMore())
        worker.send({ kind: 'window', window: { ...window, bytes: Uint8Array.from(window.bytes) } });
      yield window;
    }
  }
  const end = async (): Promise<WireRead> => {
    while (await asksForMore()) worker.send({ kind: 'end' });
    return read ?? { detections: [], drops: new Map() };
  };
  return { windows, end };
}

function placeOf({ provenance }: Fragment, { sink }: Scanner): string {
  const [path] = 'places' in provenance ? provenance.places : [];
  return path === undefined ? 'standard input' : sink.path(path);
}

/**
 * What a built-in rule has found on the same bytes stays, and alone. A value of one's own makes way only for what says as
 * much of all of it: a rule of the repository may add, and never take away.
 */
function merged(read: FragmentRead, byUser: WireRead, { sink }: Scanner): FragmentRead {
  const builtIn = read.detections.filter(({ finding }) => finding.hazard === undefined && finding.ownKey === undefined);
  const ownKeys = read.detections.filter(({ finding }) => finding.ownKey !== undefined);
  const added = fromWire(byUser.detections)
    .filter((one) => !builtIn.some((other) => touches(one, other)))
    .map((one) => withOwn(one, ownKeys, sink));
  const kept = read.detections.filter((one) => !ownKeys.includes(one) || !added.some((other) => standsFor(other, one)));
  const drops = new Map(read.drops);
  for (const [reason, count] of byUser.drops) drops.set(reason, (drops.get(reason) ?? 0) + count);
  const detections = [...kept, ...added].toSorted((a, b) => a.offset - b.offset);
  return { ...read, detections, drops };
}

/** Covers it whole, and is reported no more mildly. */
function standsFor(one: Detection, own: Detection): boolean {
  if (!touches(one, own) || one.kind !== 'report' || one.allow !== null) return false;
  const [{ location: outer, ...mine }, { location: inner, ...its }] = [one.finding, own.finding];
  const isWhole = !isBefore(startOf(inner), startOf(outer)) && !isBefore(endOf(outer), endOf(inner));
  return isWhole && RISKS[mine.risk] >= RISKS[its.risk] && (mine.severity === 'error' || its.severity === 'warning');
}

const RISKS: Readonly<Record<Risk, number>> = { high: 2, medium: 1, low: 0 };

/** The thread knows no values of one's own: a line that would show one is not shown. */
function withOwn(one: Detection, ownKeys: readonly Detection[], sink: Sink): Detection {
  const { snippet } = one.finding;
  const isSafe = snippet === null || sink.text(snippet.text) === snippet.text;
  const same = ownKeys.find((other) => standsFor(one, other));
  const evidence = [...one.finding.evidence, ...(same?.finding.evidence ?? [])];
  return { ...one, finding: { ...one.finding, evidence, snippet: isSafe ? snippet : null } };
}

function touches(a: Detection, b: Detection): boolean {
  if (a.path !== b.path) return false;
  const [first, second] = [a.finding.location, b.finding.location];
  return isBefore(startOf(first), endOf(second)) && isBefore(startOf(second), endOf(first));
}

type Point = readonly [line: number, column: number];

function startOf({ line, column }: LineRange): Point {
  return [line, column];
}

function endOf({ endLine, endColumn }: LineRange): Point {
  return [endLine, endColumn];
}

function isBefore(a: Point, b: Point): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
