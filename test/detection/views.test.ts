import { describe, expect, it } from 'vitest';
import { judgeWindows } from '../../src/judge-windows.ts';
import type { Matcher } from '../../src/match/matcher.ts';
import type { Match } from '../../src/model/match.ts';
import { fakeKey } from '../helpers/keys.ts';
import { fragmentOf, scanner } from './detect.ts';

const KEY = fakeKey('openaiProject');
const WIDE = Buffer.from(KEY, 'utf16le');

/** A matcher that also takes the wide bytes for a damaged key, as a rule for encoded text might. */
function withReadingOfBytes(matcher: Matcher): Matcher {
  return {
    ...matcher,
    slicesOf: (view, margin) => {
      if (view.decoded.length > 0) return matcher.slicesOf(view, margin);
      const plain = { ...view, text: view.text.replaceAll('\0', '') };
      const findMatches = (): readonly Match[] => matcher.findMatches(plain).map((match) => ({ ...match, view }));
      return [{ findMatches, ownStart: view.ownStart, ownEnd: view.ownEnd }];
    },
  };
}

async function reportedIn(bytes: Buffer, matcher: Matcher): Promise<readonly (readonly string[])[]> {
  const reported: (readonly string[])[] = [];
  for await (const { found } of judgeWindows(fragmentOf(bytes), matcher)) {
    for (const { judged } of found) if (judged.verdict.kind !== 'drop') reported.push(judged.match.view.decoded);
  }
  return reported;
}

describe('a key that two views read', () => {
  it('is one finding, in the plainer view', async () => {
    expect(await reportedIn(WIDE, withReadingOfBytes(scanner.matcher))).toEqual([[]]);
  });

  it('is found in the view that decodes it, when no other reads it', async () => {
    expect(await reportedIn(WIDE, scanner.matcher)).toEqual([['utf-16']]);
  });
});
