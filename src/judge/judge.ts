import type { Match } from '../model/match.ts';
import type { DropReason, Judged, Verdict } from '../model/verdict.ts';
import { chooseAmong, contender, type Contender, groupsOf, needsOwner } from './choose.ts';
import { provesItself } from './guess.ts';
import { inlineAllowNear } from './inline-allow.ts';
import { inspectMatch } from './inspect.ts';
import { judgeOwn } from './own.ts';

/**
 * Which matches of a view are keys. Each is inspected by itself; those that overlap are the same bytes read by several
 * rules, and one of them is chosen. The order of the result is that of the matches, own values behind the others.
 */
export function judge(matches: readonly Match[]): readonly Judged[] {
  const own = matches.filter(({ rule }) => rule.own !== undefined);
  if (own.length === 0) return judgeByRules(matches);
  return judgeOwn(judgeByRules(matches.filter(({ rule }) => rule.own === undefined)), own);
}

function judgeByRules(matches: readonly Match[]): readonly Judged[] {
  const verdicts = new Map<Match, Verdict>();
  const contenders: Contender[] = [];
  for (const match of matches) {
    const inspection = inspectMatch(match);
    if (inspection.kind === 'drop') {
      verdicts.set(match, inspection);
      continue;
    }
    const one = contender(match, inspection);
    if (needsOwner(match.rule) && one.context === null) verdicts.set(match, NO_CONTEXT);
    else if (match.view.isGuess === true && !provesItself(one)) verdicts.set(match, GUESSED);
    else contenders.push(one);
  }
  const explained = explainedStarts(verdicts);
  const open = contenders.filter(({ match }) => !match.rule.catchAll || !explained.has(match.at.start));
  for (const group of groupsOf(open)) {
    for (const [match, verdict] of chooseAmong(group)) verdicts.set(match, verdict);
  }
  return matches.map((match) => ({ match, verdict: withAllow(match, verdicts.get(match) ?? OVERLAP) }));
}

const NO_CONTEXT: Verdict = { kind: 'drop', reason: 'no-context' };
const GUESSED: Verdict = { kind: 'drop', reason: 'guessed' };
const OVERLAP: Verdict = { kind: 'drop', reason: 'overlap' };

/** These speak of the surroundings, the others of the text itself. */
const OF_PLACE: ReadonlySet<DropReason> = new Set([
  'inside-word',
  'runs-on',
  'integrity-hash',
  'encoded-data',
  'guessed',
]);

/** Where the rule whose prefix stands there has seen what it is, and it is no key: a catch-all must not make one of it. */
function explainedStarts(verdicts: ReadonlyMap<Match, Verdict>): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const [{ rule, at }, verdict] of verdicts) {
    if (verdict.kind !== 'drop' || rule.catchAll || rule.context.required) continue;
    if (!OF_PLACE.has(verdict.reason)) starts.add(at.start);
  }
  return starts;
}

function withAllow(match: Match, verdict: Verdict): Verdict {
  return verdict.kind === 'drop' ? verdict : { ...verdict, allow: inlineAllowNear(match.view.text, match.at) };
}
