import type { Span } from '../model/span.ts';
import type { View } from '../model/view.ts';

/** One more way to read a text. Yields derived views lazily, one for each stretch that it can decode; the driver counts and stops. */
export interface Decoder {
  /** As reports name it: "base64". */
  readonly name: string;
  /** What every text holds that it can decode; the driver looks for all signs at once. Absent: `isSeenIn` tells. */
  readonly sign?: RegExp;
  readonly isSeenIn?: (text: string) => boolean;
  readonly decode: (view: View) => Iterable<View>;
}

/**
 * A view of `text`, decoded from a part of `parent`. `toParent` gives for a span of `text` the span of `parent.text`
 * behind it; it must be monotone. Owned is what begins in the owned part of the parent. `isDecoded` tells whether any of
 * a span was decoded and is not only what stands around it; without it, all of the text was. `isGuess`: see `View`.
 */
export function derivedView(
  parent: View,
  name: string,
  text: string,
  toParent: (span: Span) => Span,
  isDecoded?: (span: Span) => boolean,
  isGuess = false,
): View {
  const firstFrom = (least: number): number => {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (toParent({ start: middle, end: middle + 1 }).start < least) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    text,
    decoded: [...parent.decoded, name],
    ownStart: firstFrom(parent.ownStart),
    ownEnd: firstFrom(parent.ownEnd),
    toSource: (span) => parent.toSource(toParent(span)),
    ...(isDecoded === undefined ? {} : { isDecoded }),
    ...(isGuess || parent.isGuess === true ? { isGuess: true } : {}),
  };
}
