import type { Match } from '../model/match.ts';
import type { Evidence } from '../model/verdict.ts';
import { type ContextFound, nearestOf, surroundingsOf } from './context.ts';

/**
 * What shows that the key is one that everybody may see where it stands, as in the configuration of a web page; null
 * where nothing does. A word of the provider on its line, or nearer than that, speaks for a secret.
 */
export function publicUseOf(match: Match, context: ContextFound | null): Evidence | null {
  const { publicUse } = match.rule;
  if (publicUse === null) return null;
  const { lineBefore, lineAfter, before, after } = surroundingsOf(match);
  const onLine = nearestOf(publicUse.onLine, lineBefore, lineAfter);
  if (onLine !== null) return { kind: 'word', text: onLine.text };
  if (context !== null && context.strength > 1) return null;
  const nearby = nearestOf(publicUse.nearby, before, after);
  if (nearby === null || (context !== null && context.distance < nearby.distance)) return null;
  return { kind: 'word', text: nearby.text };
}
