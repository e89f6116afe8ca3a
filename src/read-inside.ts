import { breath } from './breath.ts';
import { type Container, watch } from './containers.ts';
import type { Fragment, Inside } from './model/fragment.ts';
import type { DropReason } from './model/verdict.ts';
import { type Detection, readFragment } from './read-fragment.ts';
import type { Scanner } from './scanner.ts';
import { windowsOf } from './sources/windows.ts';
import { type FoundInside, inContainer, withoutTwins } from './twins.ts';
import { Broken, type Member, type TroubleReason } from './unpack/member.ts';
import { type ContainerBytes, membersOf } from './unpack/members.ts';
import { type ContainerKind, isStreamed } from './unpack/recognize.ts';
import { again, type Allowance, metered, noteTrouble, spend, type Trouble, type Work } from './unpacking.ts';

export interface InsideRead {
  readonly detections: readonly Detection[];
  /** Those of the container's own bytes that are no second sight of what was found in a member. */
  readonly withoutTwins: (own: readonly Detection[]) => readonly Detection[];
  readonly drops: ReadonlyMap<DropReason, number>;
  /** Bounds of decoding that were hit in a member. */
  readonly bounds: ReadonlySet<string>;
  readonly troubles: readonly Trouble[];
  /** How many members were read, nested ones included. */
  readonly members: number;
}

/** Reads the members of a container as fragments of their own, and what is in them, as far as the bounds allow. */
export async function readInside(
  fragment: Fragment,
  container: Container,
  scanner: Scanner,
  allowance: Allowance,
  most = Infinity,
): Promise<InsideRead> {
  const counts = { size: container.size, found: 0, unpacked: 0, items: 0, members: 0, isSpent: false };
  const told = { troubles: new Map(), drops: new Map(), textBounds: new Set<string>() };
  const work: Work = { fragment, scanner, allowance, most, ...counts, ...told };
  const stream = streamOf(fragment, container);
  const found = await open({ ...container, inside: NOWHERE, isCut: false, stream }, work);
  return {
    detections: found.map(({ detection }) => detection),
    withoutTwins: (own) => withoutTwins(own, found),
    drops: work.drops,
    bounds: work.textBounds,
    troubles: [...work.troubles.values()],
    members: work.members,
  };
}

function streamOf({ again: bytes }: Fragment, { size }: Container): Opening['stream'] {
  return bytes === undefined ? null : () => again(bytes(), size);
}

const NOWHERE: Inside = { names: [], opened: [] };

/** A container, and where it was found. */
interface Opening extends Container {
  readonly inside: Inside;
  /** Its end is missing, which is noted already. */
  readonly isCut: boolean;
  /** Its bytes once more, where nobody has to hold them for that. */
  readonly stream: (() => AsyncIterable<Buffer>) | null;
}

async function open(opening: Opening, work: Work): Promise<readonly FoundInside[]> {
  const { kind, inside, isCut } = opening;
  const { bounds } = work.allowance;
  const note = (reason: TroubleReason, name: Buffer | null = null): void => {
    // Where the end is missing, what stands there is missing, too.
    if (isCut && reason === 'damaged-container') return;
    noteTrouble(work, reason, name === null ? inside.names : [...inside.names, name]);
  };
  const bytes = inside.opened.length >= bounds.depth ? null : await bytesOf(opening, bounds.held);
  if (bytes === null) {
    note(kind === 'closed' ? 'unsupported-container' : 'container-over-limit');
    return [];
  }
  const found: FoundInside[] = [];
  let ordinal = 0;
  try {
    for await (const item of membersOf(kind, bytes)) {
      ordinal += 1;
      work.items += 1;
      if (work.items > bounds.members) spend(work, note);
      if (work.isSpent || work.found > work.most) break;
      if (item.kind === 'trouble') note(item.reason, item.name);
      else for (const one of await readMember(item, opening, work)) found.push(inContainer(one, item, ordinal));
      if (ordinal % BREATH === 0) await breath();
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    note(error.reason);
  }
  return found;
}

/** Between so many members signals get through. */
const BREATH = 64;

async function bytesOf({ kind, held, size, stream }: Opening, most: number): Promise<ContainerBytes | null> {
  if (held !== null) return { held };
  if (stream === null || kind === 'closed') return null;
  if (isStreamed(kind)) return { stream };
  if (size > most) return null;
  const pieces: Buffer[] = [];
  for await (const piece of stream()) pieces.push(Buffer.from(piece));
  return { held: Buffer.concat(pieces) };
}

type InMember = Pick<FoundInside, 'detection' | 'source'>;

/** Reads a member, and opens it where it is a container itself. */
async function readMember(member: Member, { kind, inside }: Opening, work: Work): Promise<readonly InMember[]> {
  work.members += 1;
  const here: Inside = {
    // Copied: it is a piece of the container, which must not stay for its sake.
    names: member.name === null ? inside.names : [...inside.names, Uint8Array.from(member.name)],
    opened: [...inside.opened, kind],
  };
  let isCut = false;
  const note = (reason: TroubleReason): void => {
    isCut = true;
    noteTrouble(work, reason, here.names);
  };
  const fragment: Fragment = {
    provenance: work.fragment.provenance,
    countsAs: 0,
    inside: here,
    windows: () => windowsOf(metered(member.chunks(), work, note), work.scanner.overlap),
  };
  const readBytes = work.scanner.reader ?? readFragment;
  const watched = watch(fragment, (nested) => mostHeld(nested, member, work));
  const read = await readBytes(watched.fragment, work.scanner, work.most - work.found);
  const { detections, drops, bytes, failure } = read;
  if (failure !== null) throw failure;
  for (const bound of read.bounds) work.textBounds.add(bound);
  for (const [reason, count] of drops) work.drops.set(reason, (work.drops.get(reason) ?? 0) + count);
  work.found += detections.length;
  const container = watched.container();
  const stream = member.isRepeatable ? () => again(member.chunks(), bytes) : null;
  const isOpened = container !== null && work.found <= work.most;
  const found = isOpened ? await open({ ...container, inside: here, isCut, stream }, work) : [];
  const own = withoutTwins(detections, found);
  return [...own.map((detection) => ({ detection, source: sourceOf(detection) })), ...found];
}

function mostHeld(kind: ContainerKind, { isRepeatable }: Member, { allowance: { bounds } }: Work): number {
  return kind === 'closed' || (isRepeatable && isStreamed(kind)) ? 0 : bounds.held;
}

function sourceOf({ offset, end }: { readonly offset: number; readonly end: number }): FoundInside['source'] {
  return { start: offset, end };
}
