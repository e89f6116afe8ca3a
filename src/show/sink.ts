import { judge } from '../judge/judge.ts';
import { isWorthHiding } from '../judge/redact.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Shown } from '../model/finding.ts';
import type { RawPath } from '../model/fragment.ts';
import type { View } from '../model/view.ts';
import { displayPath, escapeForDisplay } from '../report/display.ts';
import { maskMatches } from './mask.ts';

/**
 * The one way by which text from outside (a path, a ref, an author, an argument, git's own words) reaches a person or a
 * report: rules, redaction, escaping. Only `text` and `path` make a `Shown`.
 */
export interface Sink {
  readonly text: (text: string) => Shown;
  readonly path: (path: RawPath) => Shown;
}

export function createSink(matcher: Matcher): Sink {
  const hideKeys = (text: string): string => {
    const judged = judge(matcher.findMatches(plainView(text)));
    const hidden = judged.filter(isWorthHiding).map(({ match }) => match);
    if (hidden.length === 0) return text;
    return maskMatches(text, { start: 0, end: text.length }, hidden)
      .map((piece) => piece.text)
      .join('');
  };
  return {
    text: (text) => escapeForDisplay(hideKeys(text)) as Shown,
    path: (path) => hideKeys(displayPath(path)) as Shown,
  };
}

function plainView(text: string): View {
  return { text, decoded: [], ownStart: 0, ownEnd: text.length, toSource: (span) => span };
}
