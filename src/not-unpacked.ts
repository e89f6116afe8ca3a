import type { Skipped, ScopeKind } from './model/coverage.ts';
import type { Notice } from './model/finding.ts';
import type { Provenance } from './model/fragment.ts';
import type { Trouble } from './unpacking.ts';
import { moreNotUnpacked, notUnpackedInWords } from './report/wording/containers.ts';
import { memberShown } from './show/member.ts';
import type { Sink } from './show/sink.ts';
import type { TroubleReason } from './unpack/member.ts';

/** What was not unpacked in a file, and the file. */
export interface NotUnpacked {
  readonly provenance: Provenance;
  readonly troubles: readonly Trouble[];
}

/** How often for each reason, for the coverage. */
export function countNotUnpacked(all: readonly NotUnpacked[]): readonly Skipped[] {
  const counts = new Map<TroubleReason, number>();
  for (const { reason, count } of all.flatMap(({ troubles }) => troubles))
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => (a.reason < b.reason ? -1 : 1));
}

/** So many files are named; all are counted. */
const MOST_NAMED = 5;

/** Where, and what to do, for people: one sentence for each reason in a file. */
export function noticesOf(all: readonly NotUnpacked[], scope: ScopeKind, sink: Sink): readonly Notice[] {
  const notices = all.slice(0, MOST_NAMED).flatMap((file) => noticesOfFile(file, scope, sink));
  const more = all.length - MOST_NAMED;
  return more > 0 ? [...notices, { code: 'not-unpacked', message: moreNotUnpacked(more) }] : notices;
}

function noticesOfFile({ provenance, troubles }: NotUnpacked, scope: ScopeKind, sink: Sink): readonly Notice[] {
  const file = placeOf(provenance, sink);
  return troubles.map(({ reason, names, count }) => {
    const place = names.length === 0 ? file : `${file} › ${memberShown(names, sink)}`;
    return {
      code: reason,
      message: notUnpackedInWords({ place, count, reason, isStaged: scope === 'staged' }),
    };
  });
}

function placeOf(provenance: Provenance, sink: Sink): string {
  if (provenance.kind === 'stdin') return provenance.name === null ? 'standard input' : sink.text(provenance.name);
  const [path] = 'places' in provenance ? provenance.places : [];
  return path === undefined ? '' : sink.path(path);
}
