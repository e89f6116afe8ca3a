import { unroll } from './unrolled.ts';
import { judge } from '../judge/judge.ts';
import { isWorthHiding } from './redact.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Shown } from '../model/finding.ts';
import type { RawPath } from '../model/fragment.ts';
import type { View } from '../model/view.ts';
import { displayPath, escapeForDisplay } from '../report/display.ts';
import { inBlocks } from './blocks.ts';
import { type Cover, coversOf, maskCovers, merged } from './mask.ts';

/**
 * The one way by which text from outside (a path, a ref, an author, an argument, git's own words) reaches a person or a
 * report: rules, redaction, escaping. Only `text` and `path` make a `Shown`.
 */
export interface Sink {
  readonly text: (text: string) => Shown;
  readonly path: (path: RawPath) => Shown;
  /** The keys around a place of a view that are encoded, or written in pieces: no rule finds them in it as it stands. */
  readonly brokenKeysNear: (view: View, at: number) => readonly Cover[];
  /** The keys around a place of a view as they stand there. */
  readonly keysNear: (view: View, at: number) => readonly Cover[];
  /** The same sink, which also hides what `widen` adds to its matcher. */
  readonly widened: (widen: (matcher: Matcher) => Matcher) => Sink;
}

/** For who sees the matches of some rules only: what the others know around a place is hidden as well. */
export function hidingAll(sink: Sink): Sink {
  return {
    ...sink,
    widened: (widen) => hidingAll(sink.widened(widen)),
    brokenKeysNear: (view, at) => merged([...sink.brokenKeysNear(view, at), ...sink.keysNear(view, at)]),
  };
}

/** `decoded` gives every further way to read a view: what a snippet shows may be a key there. */
export function createSink(matcher: Matcher, decoded: (view: View) => readonly View[] = () => []): Sink {
  const plainKeys = (text: string): readonly Cover[] => {
    const judged = judge(matcher.findMatches(plainView(text)));
    const matches = judged.filter(isWorthHiding).map(({ match }) => match);
    return coversOf(matches, { start: 0, end: text.length });
  };
  const brokenKeys = (text: string): readonly Cover[] => {
    const unrolled = unroll(text);
    if (unrolled === null) return [];
    return merged(plainKeys(unrolled.text).map((cover) => ({ ...cover, ...unrolled.toOriginal(cover) })));
  };
  const decodedKeys = (text: string): readonly Cover[] =>
    decoded(plainView(text)).flatMap((view) => {
      const matches = matcher.findMatches(view).filter(({ at }) => view.isDecoded?.(at) !== false);
      const keys = judge(matches)
        .filter(isWorthHiding)
        .map(({ match }) => match);
      return coversOf(keys, { start: 0, end: view.text.length }).map((cover) => ({
        ...cover,
        ...view.toSource(cover),
      }));
    });
  const hideKeys = (text: string): string =>
    maskCovers(text, { start: 0, end: text.length }, [...plainKeys(text), ...brokenKeys(text), ...decodedKeys(text)])
      .map((piece) => piece.text)
      .join('');
  return {
    text: (text) => escapeForDisplay(hideKeys(text)) as Shown,
    // Escaped once more as a whole: `##[` is a command only together.
    path: (path) => escapeForDisplay(hideKeys(displayPath(path))) as Shown,
    brokenKeysNear: inBlocks((text) => merged([...brokenKeys(text), ...decodedKeys(text)])),
    keysNear: inBlocks(plainKeys),
    widened: (widen) => createSink(widen(matcher)),
  };
}

function plainView(text: string): View {
  return { text, decoded: [], ownStart: 0, ownEnd: text.length, toSource: (span) => span };
}
