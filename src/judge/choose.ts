import type { Match } from '../model/match.ts';
import type { Confidence, Rule } from '../model/rule.ts';
import { overlaps } from '../model/span.ts';
import type { Evidence, Verdict } from '../model/verdict.ts';
import { type ContextFound, contextOf, isCalledKey } from './context.ts';
import { nearContextOf } from './near-context.ts';
import { prefixOf } from './body.ts';
import type { Inspection } from './inspect.ts';
import { publicUseOf } from './public-use.ts';
import { spanSet } from './span-set.ts';

/** A match that is worth a finding, if no other rule on the same bytes is worth more. */
export interface Contender {
  readonly match: Match;
  readonly inspection: CandidateInspection;
  readonly context: ContextFound | null;
  readonly specificity: number;
}

type CandidateInspection = Extract<Inspection, { kind: 'candidate' }>;

export function contender(match: Match, inspection: CandidateInspection): Contender {
  const context = needsOwner(match.rule) ? nearContextOf(match) : contextOf(match);
  return { match, inspection, context, specificity: specificityOf(match, inspection) };
}

type Choice = readonly [Match, Verdict];

/** So many random characters behind an anchor are no accident, whatever stands around them. */
const ENOUGH_RANDOM = 32;
/** Enough, when the name beside them or a long prefix says that it is a key. */
const ENOUGH_NAMED = 20;
/** A prefix of this length is no accident either: `sk_live_`, not `sk-`. */
const TELLING_PREFIX = 6;

/**
 * A verdict for each of several readings of the same bytes. A proven construction beats a specific prefix, that beats
 * what stands around the key, and where nothing decides it is reported once, with its candidates. Two keys glued
 * together make one group, too: what a winner does not cover is chosen from again.
 */
export function chooseAmong(group: readonly Contender[]): readonly Choice[] {
  const sound = chooseStrong(group, ({ inspection }) => inspection.isSound);
  const specific = chooseStrong(sound.open, ({ match }) => !isShared(match.rule));
  return [...sound.choices, ...specific.choices, ...groupsOf(specific.open).flatMap(chooseByContext)];
}

interface Round {
  readonly choices: readonly Choice[];
  /** What no winner covers. */
  readonly open: readonly Contender[];
}

/** Of the strong contenders the most specific ones win, each on its bytes. A line can glue a thousand keys together. */
function chooseStrong(group: readonly Contender[], isStrong: (contender: Contender) => boolean): Round {
  const strong = group.filter(isStrong).toSorted((a, b) => b.specificity - a.specificity);
  if (strong.length === 0) return { choices: [], open: group };
  const won = spanSet(group.reduce((longest, { match: { at } }) => Math.max(longest, at.end - at.start), 1));
  const winners = new Set<Contender>();
  for (const contender of strong) {
    if (won.overlaps(contender.match.at)) continue;
    won.add(contender.match.at);
    winners.add(contender);
  }
  const isCovered = ({ match }: Contender): boolean => won.overlaps(match.at);
  return {
    choices: group.filter(isCovered).map((one) => [one.match, winners.has(one) ? verdictOf(one, []) : OVERLAP]),
    open: group.filter((one) => !isCovered(one)),
  };
}

const OVERLAP: Verdict = { kind: 'drop', reason: 'overlap' };

/** Contenders that overlap, directly or through others. */
export function groupsOf(contenders: readonly Contender[]): readonly (readonly Contender[])[] {
  const ordered = contenders.toSorted((a, b) => a.match.at.start - b.match.at.start);
  const groups: Contender[][] = [];
  let end = -1;
  for (const contender of ordered) {
    const { at } = contender.match;
    const group = groups.at(-1);
    if (group !== undefined && at.start < end) group.push(contender);
    else groups.push([contender]);
    end = Math.max(end, at.end);
  }
  return groups;
}

/** Of the others one wins, and what it does not cover is chosen from again. */
function chooseByContext(group: readonly Contender[]): readonly Choice[] {
  const named = nearestContext(group.filter(({ match }) => !match.rule.catchAll));
  const [only] = named;
  const choices = only !== undefined && named.length === 1 ? won(only, group, []) : undecided(group, named);
  const winner = choices.find(([, { kind }]) => kind !== 'drop')?.[0];
  if (winner === undefined) return choices;
  const isCovered = ({ at }: Match): boolean => overlaps(at, winner.at);
  const beside = groupsOf(group.filter(({ match }) => !isCovered(match)));
  return [...choices.filter(([match]) => isCovered(match)), ...beside.flatMap(chooseByContext)];
}

/** The contenders with the best context: one when it decides, several when they are equal, none without any. */
function nearestContext(contenders: readonly Contender[]): readonly Contender[] {
  let best: Contender[] = [];
  for (const contender of contenders) {
    const order = compareContext(contender.context, best[0]?.context ?? null);
    if (contender.context === null || order < 0) continue;
    if (order > 0) best = [];
    best.push(contender);
  }
  return best;
}

function compareContext(a: ContextFound | null, b: ContextFound | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a.strength - b.strength || b.distance - a.distance;
}

function undecided(group: readonly Contender[], named: readonly Contender[]): readonly Choice[] {
  const catchAll = group.find(({ match }) => match.rule.catchAll);
  const known = named.length > 1 ? named : group.filter(({ match }) => !match.rule.catchAll);
  const reported = catchAll ?? mostSpecific(known);
  const length = reported.inspection.bodyLength;
  const isTelling = prefixOf(reported.match.rule, reported.match.secret.reveal()).length >= TELLING_PREFIX;
  const isNamed = isCalledKey(reported.match);
  if (length < ENOUGH_NAMED) return group.map(({ match }) => [match, { kind: 'drop', reason: 'too-short' }]);
  if (length < ENOUGH_RANDOM && !isNamed && !isTelling)
    return group.map(({ match }) => [match, { kind: 'drop', reason: 'no-context' }]);
  // The only rule that fits decides by its length and alphabet; beside a catch-all it is no more than a candidate.
  const [only] = known;
  if (only !== undefined && known.length === 1 && catchAll === undefined) return won(only, group, []);
  return won(reported, group, known.map(({ match }) => match.rule.id).toSorted());
}

function won(winner: Contender, group: readonly Contender[], candidates: readonly string[]): readonly Choice[] {
  return group.map((contender) => [contender.match, contender === winner ? verdictOf(winner, candidates) : OVERLAP]);
}

function verdictOf({ match, inspection, context }: Contender, candidates: readonly string[]): Verdict {
  const { rule } = match;
  const decidedBySurroundings = !inspection.isSound && isShared(rule);
  const publicUse = candidates.length > 0 ? null : publicUseOf(match, context);
  const beside = publicUse ?? (candidates.length > 0 ? null : (context?.evidence ?? null));
  const evidence: readonly Evidence[] = beside === null ? inspection.evidence : [...inspection.evidence, beside];
  return {
    kind: rule.severity === 'warning' || publicUse !== null || isOnlyHinted(rule, context) ? 'advise' : 'report',
    confidence: decidedBySurroundings ? contextConfidence(context, inspection.confidence) : inspection.confidence,
    evidence,
    candidates,
    damage: inspection.damage,
    allow: null,
  };
}

/** Others have keys of this shape, too. */
function isShared(rule: Rule): boolean {
  return rule.catchAll || rule.context.required || needsOwner(rule);
}

/** The shape says nothing: without somebody whose key it is, it is none. */
export function needsOwner({ anchorAt, context }: Rule): boolean {
  return anchorAt === 'near' || anchorAt === 'name' || context.strict === true;
}

/** A word near a common shape makes nobody's build fail; the name of the value or a host does. */
function isOnlyHinted(rule: Rule, context: ContextFound | null): boolean {
  return needsOwner(rule) && (context === null || context.strength < TELLING);
}

const TELLING = 3;

function contextConfidence(context: ContextFound | null, most: Confidence): Confidence {
  if (context === null) return 'low';
  return context.strength >= TELLING ? most : 'medium';
}

function mostSpecific(contenders: readonly Contender[]): Contender {
  return contenders.reduce((best, next) => (next.specificity > best.specificity ? next : best));
}

/** The longer fixed prefix, then the undamaged, then the longer match, then the one that knows whose it is. */
function specificityOf(match: Match, inspection: CandidateInspection): number {
  const { structure } = match.rule;
  const prefix = prefixOf(match.rule, match.secret.reveal()).length;
  const isOwned = structure?.check === 'pem' && structure.beside !== '';
  return prefix * 10_000 + (inspection.damage === null ? 5_000 : 0) + match.secret.length + (isOwned ? 0.5 : 0);
}
