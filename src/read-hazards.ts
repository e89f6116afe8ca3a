import { textOfWindow } from './decode/window-text.ts';
import { mayHoldHazards } from './hazards/first-look.ts';
import { type Hazard, type HazardSearch, TRACKED_ENV_FILE } from './hazards/hazard.ts';
import { inlineAllowNear } from './judge/inline-allow.ts';
import type { JudgedWindow, LineRange } from './judge-windows.ts';
import type { Fragment, RawPath, Window } from './model/fragment.ts';
import { fingerprintAt, Secret } from './model/secret.ts';
import type { Detection } from './read-fragment.ts';
import type { Scanner } from './scanner.ts';
import type { Sink } from './show/sink.ts';

/**
 * What in a fragment would publish a key, window by window: each window is looked at once, each name of a kind is told
 * once for a file. Paths decide, so this comes after match and judge. null where a first look finds nothing.
 */
export function hazardsIn(
  { provenance, inside }: Fragment,
  { loadHazards, sink }: Scanner,
): (part: JudgedWindow) => Promise<readonly Detection[]> | null {
  const places = provenance.kind === 'staged' || provenance.kind === 'file' ? provenance.places : [];
  // Nobody builds from a file in an archive.
  if (loadHazards === undefined || places.length === 0 || inside !== undefined) return () => null;
  const told = new Set<string>();
  let seen: Window | null = null;
  return (part) => {
    if (part.window === seen) return null;
    seen = part.window;
    const text = textOfWindow(part.window);
    const suspects = places.filter((path) => mayHoldHazards(text, path));
    return suspects.length === 0 ? null : look(suspects, text, part, told, loadHazards, sink);
  };
}

async function look(
  places: readonly RawPath[],
  text: string,
  { window, locator }: JudgedWindow,
  told: Set<string>,
  load: () => Promise<HazardSearch>,
  sink: Sink,
): Promise<readonly Detection[]> {
  const search = await load();
  return places.flatMap((path) => {
    const fresh = search(text, path).filter(({ rule, at, name }) => {
      const isOwned = at.start >= window.ownStart && at.start < window.ownEnd;
      const id = [rule.id, path, name].join(' ');
      if (!isOwned || told.has(id)) return false;
      told.add(id);
      return true;
    });
    if (fresh.length === 0) return [];
    const locate = locator();
    return fresh
      .toSorted((a, b) => a.at.start - b.at.start)
      .map((hazard) => {
        const span = { start: window.base + hazard.at.start, end: window.base + hazard.at.end };
        return detectionOf(hazard, path, span.start, locate(span), text, sink);
      });
  });
}

function detectionOf(
  { rule, at, name, provider }: Hazard,
  path: RawPath,
  offset: number,
  range: LineRange,
  text: string,
  sink: Sink,
): Detection {
  const shown = sink.text(name);
  const { id, title, keyType, opens, severity, risk, confidence } = rule;
  return {
    finding: {
      fingerprint: fingerprintAt(id, path, name),
      ruleId: id,
      provider: provider ?? rule.provider,
      keyType,
      title,
      opens,
      severity,
      risk,
      confidence,
      redacted: shown,
      location: { kind: 'blob', path: sink.path(path), ...range },
      decoded: [],
      evidence: [],
      candidates: [],
      damage: null,
      snippet: null,
      hazard: { name: shown },
    },
    secret: new Secret(name),
    identity: fingerprintAt(id, '', name),
    path,
    provenance: { kind: 'file', places: [path] },
    offset,
    end: offset + (at.end - at.start),
    within: [],
    kind: severity === 'warning' ? 'advise' : 'report',
    ...(id === TRACKED_ENV_FILE ? { ifTracked: true } : {}),
    allow: inlineAllowNear(text, at),
  };
}
