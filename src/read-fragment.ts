import { KeyguardError } from './errors.ts';
import { redactedForm } from './show/redact.ts';
import { breath } from './breath.ts';
import { type JudgedInView, judgeInParts, type LineRange } from './judge-windows.ts';
import type { Finding, Location, Shown } from './model/finding.ts';
import { hazardsIn } from './read-hazards.ts';
import { type Fragment, type Provenance, type RawPath, subjectOf } from './model/fragment.ts';
import type { Rule } from './model/rule.ts';
import { type Fingerprint, fingerprintAt, fingerprintOf, fingerprintOfPlace, type Secret } from './model/secret.ts';
import type { Match } from './model/match.ts';
import type { DropReason, InlineAllow, Verdict } from './model/verdict.ts';
import type { Scanner } from './scanner.ts';
import { memberShown } from './show/member.ts';
import { snippetOf } from './show/snippet.ts';

/** A finding with what only the program may know: its secret, its path as bytes, the comment beside it. */
export interface Detection {
  readonly finding: Finding;
  /** Of a hazard, its name. */
  readonly secret: Secret;
  /** Hash of the secret, also where the fingerprint is none: an old password that was moved is the same. Never printed. */
  readonly identity: Fingerprint;
  readonly path: RawPath | null;
  readonly provenance: Provenance;
  /** Bytes from the beginning of the file. For what lies in a container: where the member begins. */
  readonly offset: number;
  readonly end: number;
  /** The way on from there: for each container the number of the member and the bytes from its beginning. */
  readonly within: readonly number[];
  /** What its fingerprint is made of beside the path; absent where the secret itself is named. */
  readonly placeName?: PlaceName;
  readonly kind: 'report' | 'advise';
  /** It counts only if git tracks the file: where values belong, they are no finding. */
  readonly ifTracked?: true;
  readonly allow: InlineAllow | null;
  /** The commits of a history that brought it in, oldest first, and where. */
  readonly broughtBy?: readonly BroughtBy[];
}

/** How a finding is named by its place: the way into the file, and which one it is there. */
export interface PlaceName {
  readonly rest: string;
  readonly which: number | string;
}

export interface BroughtBy {
  readonly commit: string;
  readonly path: RawPath | null;
}

export interface FragmentRead {
  readonly detections: readonly Detection[];
  readonly drops: ReadonlyMap<DropReason, number>;
  readonly bytes: number;
  /** What of it was not looked at because a bound was hit, each once. */
  readonly bounds: ReadonlySet<string>;
  /** Why the rest of its bytes could not be had; null when it was read whole. */
  readonly failure: KeyguardError | null;
}

/**
 * What of a fragment is worth a finding, and why the rest is not. Stops where there are more than `most` detections, and
 * where its bytes break off.
 */
export async function readFragment(fragment: Fragment, scanner: Scanner, most = Infinity): Promise<FragmentRead> {
  const detections: Detection[] = [];
  const drops = new Map<DropReason, number>();
  const nextOrdinal = countedByRule();
  const bounds = new Set<string>();
  let bytes = 0;
  let failure: KeyguardError | null = null;
  try {
    const hazards = hazardsIn(fragment, scanner);
    for await (const part of judgeInParts(fragment, scanner.matcher)) {
      bytes = part.end;
      for (const bound of part.bounds) bounds.add(bound);
      const found = hazards(part);
      if (found !== null) for (const one of await found) detections.push(one);
      for (const judged of part.found) {
        const { match, verdict } = judged.judged;
        if (verdict.kind === 'drop') {
          drops.set(verdict.reason, (drops.get(verdict.reason) ?? 0) + 1);
          continue;
        }
        const range = part.locate(match.span);
        const ordinal = nextOrdinal(match.rule.id);
        const one = { ...judged, verdict, range, ordinal };
        for (const detection of detectionsOf(fragment, one, scanner)) detections.push(detection);
        if (detections.length > most) return { detections, drops, bytes, bounds, failure };
        if (detections.length % MANY === 0) await breath();
      }
    }
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    failure = error;
  }
  return { detections, drops, bytes, bounds, failure };
}

/** So many detections keep the program busy for a while: each is shown with what stands around it. */
const MANY = 256;

interface Found extends JudgedInView {
  readonly verdict: Extract<Verdict, { kind: 'report' | 'advise' }>;
  readonly range: LineRange;
  /** How many findings of its rule stand before it in the fragment. */
  readonly ordinal: number;
}

/** Which one of its rule each finding of a fragment is, from 0, in the order of the bytes. */
export function countedByRule(): (ruleId: string) => number {
  const counts = new Map<string, number>();
  return (ruleId) => {
    const count = counts.get(ruleId) ?? 0;
    counts.set(ruleId, count + 1);
    return count;
  };
}

/** One detection for each place at which the fragment lies. */
function detectionsOf(
  fragment: Fragment,
  { judged: { match }, nearby, verdict, range, ordinal }: Found,
  scanner: Scanner,
): readonly Detection[] {
  const { rule } = match;
  const secret = match.secret.copy();
  const identity = fingerprintOf(secret);
  const common = {
    ruleId: rule.id,
    provider: rule.provider,
    keyType: rule.keyType,
    ...calledAs(rule, verdict.kind),
    risk: rule.risk,
    confidence: verdict.confidence,
    redacted: scanner.sink.text(redactedForm(match)),
    decoded: [...(fragment.inside?.opened ?? []), ...match.view.decoded],
    evidence: verdict.evidence,
    candidates: verdict.candidates.flatMap((id) => candidateOf(id, scanner)),
    damage: verdict.damage,
    snippet: snippetOf(match, nearby(match), scanner.sink),
    ...(rule.own === undefined ? {} : { ownKey: { name: rule.own.name, kin: rule.own.kin } }),
  };
  const member = memberOf(fragment, scanner);
  const placeName = placeNameOf(rule, fragment, ordinal);
  const sources = new Set(rule.own?.places);
  // In another file of values it is one only where git has that file.
  const isSource = (path: RawPath | null): boolean => path !== null && sources.has(path);
  const places = placesOf(fragment, scanner).filter(({ path }) => sources.size > 1 || !isSource(path));
  return places.map(({ kind, path, shown }) => ({
    finding: {
      ...common,
      fingerprint: fingerprintFor(match, fragment, path, ordinal),
      location: { kind, path: shown, ...member, ...range },
    },
    secret,
    identity,
    path,
    provenance: fragment.provenance,
    offset: match.span.start,
    ...(placeName === null ? {} : { placeName }),
    end: match.span.end,
    within: [],
    kind: verdict.kind,
    ...(isSource(path) ? { ifTracked: true } : {}),
    allow: verdict.allow,
  }));
}

/** Where everybody may see the key it has another name. */
function calledAs(rule: Rule, kind: Detection['kind']): Pick<Finding, 'title' | 'opens' | 'severity'> {
  const isShown = kind === 'advise' && rule.severity === 'error';
  const { title, opens } = isShown ? (rule.publicUse ?? rule) : rule;
  return { title, opens, severity: isShown ? 'warning' : rule.severity };
}

/** What can be guessed is named by its place, and so is a value of one's own, which may be a password. */
export function fingerprintFor(
  { rule, secret }: Match,
  fragment: Fragment,
  path: RawPath | null,
  ordinal: number,
): Fingerprint {
  const name = placeNameOf(rule, fragment, ordinal);
  return name === null ? fingerprintOf(secret) : fingerprintIn(rule.id, path, name);
}

function placeNameOf(rule: Rule, fragment: Fragment, ordinal: number): PlaceName | null {
  const rest = subjectOf(null, fragment);
  if (rule.own !== undefined) return { rest, which: `${rule.own.name} of ${rule.own.file}` };
  return rule.guessable ? { rest, which: ordinal } : null;
}

export function fingerprintIn(ruleId: string, path: RawPath | null, { rest, which }: PlaceName): Fingerprint {
  const subject = `${path ?? ''}${rest}`;
  return typeof which === 'number' ? fingerprintOfPlace(ruleId, subject, which) : fingerprintAt(ruleId, subject, which);
}

function candidateOf(id: string, scanner: Scanner): Finding['candidates'] {
  const rule = scanner.rules.get(id);
  return rule === undefined ? [] : [{ ruleId: id, provider: rule.provider, keyType: rule.keyType }];
}

/** "inner.zip › config/.env": each name comes from outside. */
function memberOf({ inside }: Fragment, { sink }: Scanner): Pick<Location, 'member'> {
  return inside === undefined || inside.names.length === 0 ? {} : { member: memberShown(inside.names, sink) };
}

interface FoundPlace {
  readonly kind: Location['kind'];
  readonly path: RawPath | null;
  readonly shown: Shown | null;
}

function placesOf({ provenance }: Fragment, { sink }: Scanner): readonly FoundPlace[] {
  switch (provenance.kind) {
    case 'staged':
    case 'file':
      return provenance.places.map((path) => ({ kind: 'blob', path, shown: sink.path(path) }));
    case 'path':
      return provenance.places.map((path) => ({ kind: 'path', path, shown: sink.path(path) }));
    case 'stdin':
      return [{ kind: 'blob', path: null, shown: provenance.name === null ? null : sink.text(provenance.name) }];
    // Which of its places counts is known when its history is.
    case 'object':
      return [{ kind: 'blob', path: null, shown: null }];
    case 'message':
    case 'new-message':
      return [{ kind: 'message', path: null, shown: null }];
    case 'author':
    case 'tag':
    case 'ref':
      return [{ kind: provenance.kind, path: null, shown: null }];
  }
}
