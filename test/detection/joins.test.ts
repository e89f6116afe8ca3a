import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeWindows } from '../../src/judge-windows.ts';
import { bytesOf, fragmentOf, scanner } from './detect.ts';
import { FORMS } from './forms.ts';
import { CONCATENATIONS, CONTINUATIONS, cutAt, type Form, INSERTIONS, JOINED_ARRAYS, LINES } from './joins.ts';

interface Found {
  readonly ruleId: string;
  readonly decoded: readonly string[];
  /** The bytes of the file that the span cuts out. */
  readonly cut: string;
  readonly secret: string;
}

async function found(text: string): Promise<readonly Found[]> {
  const all: Found[] = [];
  for await (const { found: inWindow } of judgeWindows(fragmentOf(text), scanner.matcher)) {
    for (const { judged } of inWindow) {
      if (judged.verdict.kind === 'drop') continue;
      const { match } = judged;
      all.push({
        ruleId: match.rule.id,
        decoded: match.view.decoded,
        cut: bytesOf(text).subarray(match.span.start, match.span.end).toString('latin1'),
        secret: match.view.text.slice(match.at.start, match.at.end),
      });
    }
  }
  return all;
}

/** Any key, cut at two to four places that leave pieces of at least `shortest` characters. */
function keysInPieces(
  shortest: number,
  forms: typeof FORMS,
): fc.Arbitrary<readonly [ruleId: string, key: string, pieces: readonly string[]]> {
  return fc
    .tuple(
      fc.constantFrom(...forms),
      fc.nat(1000),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
    )
    .map(([[, ruleId, make], seed, shares]) => {
      const key = make(seed);
      const cuts: number[] = [];
      for (const share of shares.toSorted((a, b) => a - b)) {
        const cut = Math.round(share * key.length);
        if (cut - (cuts.at(-1) ?? 0) >= shortest && key.length - cut >= Math.min(shortest, 2)) cuts.push(cut);
      }
      return [ruleId, key, cutAt(key, cuts.length > 0 ? cuts : [Math.floor(key.length / 2)])] as const;
    });
}

async function expectWhole(
  [ruleId, key, pieces]: readonly [string, string, readonly string[]],
  write: Form[1],
  name: string,
): Promise<void> {
  const text = `import x\n${write(pieces)}\nlast line\n`;
  const all = await found(text);
  expect(all.map((one) => [one.ruleId, one.secret])).toEqual([[ruleId, key]]);
  const [{ cut, decoded } = { cut: '', decoded: [] }] = all;
  expect(name).toContain(decoded.at(-1));
  expect(cut.startsWith(pieces[0] ?? '')).toBe(true);
  expect(cut.endsWith(pieces.at(-1) ?? '')).toBe(true);
  expect(cut.length).toBeGreaterThan(key.length);
}

/** Where the first line of a key is a key by itself, nothing tells that the next line belongs to it. */
const FIXED = FORMS.filter(([form]) => !/oauth|refresh|session|minimax|kimi/u.test(form));

/** A group of forms, the readings that find them, and the shortest piece. */
const GROUPS: readonly (readonly [group: string, name: string, forms: readonly Form[], shortest: number])[] = [
  ['concatenations', 'concatenation', CONCATENATIONS, 1],
  ['insertions', 'concatenation', INSERTIONS, 1],
  ['joined arrays', 'joined array or concatenation', JOINED_ARRAYS, 1],
  ['continued texts', 'line continuation', CONTINUATIONS, 1],
  ['wrapped lines', 'wrapped lines', LINES.filter(([form]) => !form.startsWith('JSON')), 12],
  ['lines of an array', 'lines of an array', LINES.filter(([form]) => form.startsWith('JSON')), 12],
];

describe.each(GROUPS)('%s', (_group, name, forms, shortest) => {
  it.each(forms)('%s: a key cut anywhere is found, from its first piece to its last', async (_form, write) => {
    await fc.assert(
      fc.asyncProperty(keysInPieces(shortest, shortest > 1 ? FIXED : FORMS), (key) => expectWhole(key, write, name)),
      { seed: 4, numRuns: 25 },
    );
  });
});
