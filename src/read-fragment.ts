import { encodingOf } from './decode/encoding.ts';
import { advance, BEGINNING, type Place } from './decode/lines.ts';
import { viewsOf } from './decode/views.ts';
import { redactedForm } from './judge/redact.ts';
import { judge } from './judge/judge.ts';
import type { Finding, Location, Shown } from './model/finding.ts';
import type { Fragment, RawPath, Window } from './model/fragment.ts';
import type { Match } from './model/match.ts';
import { fingerprintOf, type Secret } from './model/secret.ts';
import type { Span } from './model/span.ts';
import type { DropReason, InlineAllow, Judged, Verdict } from './model/verdict.ts';
import type { Encoding } from './model/view.ts';
import type { Scanner } from './scanner.ts';
import { snippetOf } from './show/snippet.ts';

/** A finding with what only the program may know: its secret, its path as bytes, the comment beside it. */
export interface Detection {
  readonly finding: Finding;
  readonly secret: Secret;
  readonly path: RawPath | null;
  /** Bytes from the beginning of the fragment. */
  readonly offset: number;
  readonly kind: 'report' | 'advise';
  readonly allow: InlineAllow | null;
}

export interface FragmentRead {
  readonly detections: readonly Detection[];
  readonly drops: readonly DropReason[];
  readonly bytes: number;
}

/** Decodes, matches and judges one fragment, window by window, and places what was found in lines and columns. */
export async function readFragment(fragment: Fragment, scanner: Scanner): Promise<FragmentRead> {
  const detections: Detection[] = [];
  const drops: DropReason[] = [];
  let bytes = 0;
  let reading: Reading | null = null;
  for await (const window of fragment.windows()) {
    reading = reading === null ? begin(window) : goOn(reading, window);
    bytes = window.base + window.bytes.length;
    let counted: Counted = { place: reading.place, at: 0 };
    for (const found of judgedIn(window, scanner)) {
      const { match, verdict } = found.judged;
      if (verdict.kind === 'drop') {
        drops.push(verdict.reason);
        continue;
      }
      const [range, next] = locate(reading, counted, match.span);
      counted = next;
      detections.push(...detectionsOf(fragment, found, verdict, range, scanner));
    }
  }
  return { detections, drops, bytes };
}

/** A match with its verdict, whatever it is: what `keyguard why` tells. */
export interface Explained {
  readonly judged: Judged;
  readonly range: Range;
}

/** Every match of a fragment, the dropped ones too. */
export async function explainFragment(fragment: Fragment, scanner: Scanner): Promise<readonly Explained[]> {
  const explained: Explained[] = [];
  let reading: Reading | null = null;
  for await (const window of fragment.windows()) {
    reading = reading === null ? begin(window) : goOn(reading, window);
    let counted: Counted = { place: reading.place, at: 0 };
    for (const { judged } of judgedIn(window, scanner)) {
      const [range, next] = locate(reading, counted, judged.match.span);
      counted = next;
      explained.push({ judged, range });
    }
  }
  return explained;
}

/** A judged match with the matches around it, which its snippet must hide. */
interface JudgedInView {
  readonly judged: Judged;
  readonly matches: readonly Match[];
}

/** In the order of the bytes, so that lines are counted once. */
function judgedIn(window: Window, scanner: Scanner): readonly JudgedInView[] {
  const found = viewsOf(window).flatMap((view) => {
    const matches = scanner.matcher.findMatches(view);
    return judge(matches)
      .filter(({ match: { at } }) => at.start >= view.ownStart && at.start < view.ownEnd)
      .map((judged) => ({ judged, matches }));
  });
  return found.toSorted((a, b) => a.judged.match.span.start - b.judged.match.span.start);
}

/** How far the lines of a fragment are counted: `place` stands before `window.bytes[0]`. */
interface Reading {
  readonly window: Window;
  readonly place: Place;
  readonly encoding: Encoding;
}

function begin(window: Window): Reading {
  return { window, place: BEGINNING, encoding: encodingOf(window.bytes) };
}

function goOn({ window, place, encoding }: Reading, next: Window): Reading {
  return { window: next, place: advance(place, window.bytes, 0, next.base - window.base, encoding), encoding };
}

export type Range = Pick<Location, 'line' | 'column' | 'endLine' | 'endColumn'>;

/** Lines counted within a window, up to the match before. */
interface Counted {
  readonly place: Place;
  /** Offset in the window. */
  readonly at: number;
}

function locate({ window, encoding }: Reading, counted: Counted, span: Span): readonly [Range, Counted] {
  const from = span.start - window.base;
  const start = advance(counted.place, window.bytes, counted.at, from, encoding);
  const end = advance(start, window.bytes, from, span.end - window.base, encoding);
  const range = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  return [range, { place: start, at: from }];
}

/** One detection for each place at which the fragment lies. */
function detectionsOf(
  fragment: Fragment,
  { judged: { match }, matches }: JudgedInView,
  verdict: Extract<Verdict, { kind: 'report' | 'advise' }>,
  range: Range,
  scanner: Scanner,
): readonly Detection[] {
  const { rule, secret } = match;
  const common = {
    fingerprint: fingerprintOf(secret),
    ruleId: rule.id,
    provider: rule.provider,
    keyType: rule.keyType,
    title: rule.title,
    opens: rule.opens,
    severity: rule.severity,
    risk: rule.risk,
    confidence: verdict.confidence,
    redacted: scanner.sink.text(redactedForm(match)),
    decoded: match.view.decoded,
    evidence: verdict.evidence,
    candidates: verdict.candidates.flatMap((id) => candidateOf(id, scanner)),
    damage: verdict.damage,
    snippet: snippetOf(match, matches, scanner.sink),
  };
  return placesOf(fragment, scanner).map(({ kind, path, shown }) => ({
    finding: { ...common, location: { kind, path: shown, ...range } },
    secret,
    path,
    offset: match.span.start,
    kind: verdict.kind,
    allow: verdict.allow,
  }));
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
