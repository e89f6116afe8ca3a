import type { Match } from '../model/match.ts';
import type { Judged, Verdict } from '../model/verdict.ts';
import { chooseAmong, type Contender } from './choose.ts';
import { contextOf } from './context.ts';
import { inlineAllowNear } from './inline-allow.ts';
import { inspectMatch } from './inspect.ts';

/**
 * Which matches of a view are keys. Each is inspected by itself; those that overlap are the same bytes read by several
 * rules, and one of them is chosen. The order of the result is that of the matches.
 */
export function judge(matches: readonly Match[]): readonly Judged[] {
  const verdicts = new Map<Match, Verdict>();
  const contenders: Contender[] = [];
  for (const match of matches) {
    const inspection = inspectMatch(match);
    if (inspection.kind === 'drop') verdicts.set(match, inspection);
    else contenders.push({ match, inspection, context: contextOf(match) });
  }
  for (const group of groupsOf(contenders)) {
    for (const [match, verdict] of chooseAmong(group)) verdicts.set(match, verdict);
  }
  return matches.flatMap((match) => {
    const verdict = verdicts.get(match);
    return verdict === undefined ? [] : [{ match, verdict: withAllow(match, verdict) }];
  });
}

function withAllow(match: Match, verdict: Verdict): Verdict {
  return verdict.kind === 'drop' ? verdict : { ...verdict, allow: inlineAllowNear(match.view.text, match.at) };
}

/** Contenders that overlap, directly or through others. */
function groupsOf(contenders: readonly Contender[]): readonly (readonly Contender[])[] {
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
