import type { Match } from '../model/match.ts';
import { overlaps } from '../model/span.ts';
import type { Evidence, Judged, Verdict } from '../model/verdict.ts';
import { inlineAllowNear } from './inline-allow.ts';
import { spanSet } from './span-set.ts';

/**
 * Values of the user's own beside what the rules say. What a rule reports on the same bytes stays its finding and says
 * that it is the own key; elsewhere the longest value is reported, whatever it looks like.
 */
export function judgeOwn(judged: readonly Judged[], own: readonly Match[]): readonly Judged[] {
  const reported = judged.filter(({ verdict }) => verdict.kind !== 'drop');
  const longest = [...reported.map(({ match }) => match), ...own].reduce(
    (most, { at }) => Math.max(most, at.end - at.start),
    1,
  );
  const byRule = spanSet(longest);
  for (const { match } of reported) byRule.add(match.at);
  const won = spanSet(longest);
  const evidence = new Map<Judged, Evidence>();
  const verdicts = new Map<Match, Verdict>();
  for (const match of own.toSorted(byLength)) {
    if (byRule.overlaps(match.at)) {
      const same = reported.find((one) => overlaps(one.match.at, match.at));
      if (same !== undefined && !evidence.has(same)) evidence.set(same, evidenceOf(match));
      continue;
    }
    if (won.overlaps(match.at)) continue;
    won.add(match.at);
    verdicts.set(match, report(match));
  }
  return [
    ...judged.map((one) => withEvidence(one, evidence.get(one))),
    ...own.map((match) => ({ match, verdict: verdicts.get(match) ?? OVERLAP })),
  ];
}

const OVERLAP: Verdict = { kind: 'drop', reason: 'overlap' };

function byLength(a: Match, b: Match): number {
  return b.at.end - b.at.start - (a.at.end - a.at.start);
}

function evidenceOf({ rule }: Match): Evidence {
  return { kind: 'own-value', text: rule.own?.name ?? '', file: rule.own?.file ?? '' };
}

function withEvidence(judged: Judged, evidence: Evidence | undefined): Judged {
  const { match, verdict } = judged;
  if (evidence === undefined || verdict.kind === 'drop') return judged;
  return { match, verdict: { ...verdict, evidence: [...verdict.evidence, evidence] } };
}

function report(match: Match): Verdict {
  return {
    kind: 'report',
    confidence: match.rule.confidence,
    evidence: [evidenceOf(match)],
    candidates: [],
    damage: null,
    allow: inlineAllowNear(match.view.text, match.at),
  };
}
