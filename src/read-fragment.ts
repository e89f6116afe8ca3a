import { KeyguardError } from './errors.ts';
import { redactedForm } from './show/redact.ts';
import { breath } from './breath.ts';
import { type JudgedInView, judgeInParts, type LineRange } from './judge-windows.ts';
import type { Finding, Location, Shown } from './model/finding.ts';
import type { Fragment, RawPath } from './model/fragment.ts';
import type { Rule } from './model/rule.ts';
import { type Fingerprint, fingerprintOf, fingerprintOfPlace, type Secret } from './model/secret.ts';
import type { DropReason, InlineAllow, Verdict } from './model/verdict.ts';
import type { Scanner } from './scanner.ts';
import { snippetOf } from './show/snippet.ts';

/** A finding with what only the program may know: its secret, its path as bytes, the comment beside it. */
export interface Detection {
  readonly finding: Finding;
  readonly secret: Secret;
  /** Hash of the secret, also where the fingerprint is none: an old password that was moved is the same. Never printed. */
  readonly identity: Fingerprint;
  readonly path: RawPath | null;
  /** Bytes from the beginning of the fragment. */
  readonly offset: number;
  readonly kind: 'report' | 'advise';
  readonly allow: InlineAllow | null;
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
    for await (const part of judgeInParts(fragment, scanner.matcher)) {
      bytes = part.end;
      for (const bound of part.bounds) bounds.add(bound);
      for (const found of part.found) {
        const { match, verdict } = found.judged;
        if (verdict.kind === 'drop') {
          drops.set(verdict.reason, (drops.get(verdict.reason) ?? 0) + 1);
          continue;
        }
        const range = part.locate(match.span);
        const ordinal = nextOrdinal(match.rule.id);
        for (const one of detectionsOf(fragment, { ...found, verdict, range, ordinal }, scanner)) detections.push(one);
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
    decoded: match.view.decoded,
    evidence: verdict.evidence,
    candidates: verdict.candidates.flatMap((id) => candidateOf(id, scanner)),
    damage: verdict.damage,
    snippet: snippetOf(match, nearby(match), scanner.sink),
  };
  return placesOf(fragment, scanner).map(({ kind, path, shown }) => ({
    finding: {
      ...common,
      fingerprint: rule.guessable ? fingerprintOfPlace(rule.id, path ?? '', ordinal) : identity,
      location: { kind, path: shown, ...range },
    },
    secret,
    identity,
    path,
    offset: match.span.start,
    kind: verdict.kind,
    allow: verdict.allow,
  }));
}

/** Where everybody may see the key it has another name. */
function calledAs(rule: Rule, kind: Detection['kind']): Pick<Finding, 'title' | 'opens' | 'severity'> {
  const isShown = kind === 'advise' && rule.severity === 'error';
  const { title, opens } = isShown ? (rule.publicUse ?? rule) : rule;
  return { title, opens, severity: isShown ? 'warning' : rule.severity };
}

function candidateOf(id: string, scanner: Scanner): Finding['candidates'] {
  const rule = scanner.rules.get(id);
  return rule === undefined ? [] : [{ ruleId: id, provider: rule.provider, keyType: rule.keyType }];
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
  }
}
