import { viewsOf } from './decode/views.ts';
import { judgeViews } from './judge-windows.ts';
import type { Matcher } from './match/matcher.ts';
import type { Span } from './model/span.ts';

/** What is worth a finding in a short text, as the examples of rules are: plain, encoded or in pieces, each once. */
export function findIn(text: string, matcher: Matcher): readonly (Span & { readonly ruleId: string })[] {
  const bytes = Buffer.from(text, 'utf8');
  const views = viewsOf({ bytes, base: 0, ownStart: 0, ownEnd: bytes.length, last: true });
  return [...judgeViews(views, matcher)]
    .flat()
    .filter(({ judged: { verdict } }) => verdict.kind !== 'drop')
    .map(({ judged: { match } }) => ({ ruleId: match.rule.id, start: match.span.start, end: match.span.end }));
}
