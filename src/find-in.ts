import { viewsOf } from './decode/views.ts';
import { judge } from './judge/judge.ts';
import type { Matcher } from './match/matcher.ts';
import type { Span } from './model/span.ts';

/** What is worth a finding in a short text, as the examples of rules are. */
export function findIn(text: string, matcher: Matcher): readonly (Span & { readonly ruleId: string })[] {
  const bytes = Buffer.from(text, 'utf8');
  return (
    viewsOf({ bytes, base: 0, ownStart: 0, ownEnd: bytes.length, last: true })
      // An example is written plainly; what a second reading of it finds is the same key.
      .slice(0, 1)
      .flatMap((view) => judge(matcher.findMatches(view)))
      .filter(({ verdict }) => verdict.kind !== 'drop')
      .map(({ match }) => ({ ruleId: match.rule.id, start: match.span.start, end: match.span.end }))
  );
}
