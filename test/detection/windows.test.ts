import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { fakeKey } from '../helpers/keys.ts';
import { bytesOf, detectIn, fragmentOf, scanner } from './detect.ts';
import { readFragment } from '../../src/read-fragment.ts';
import { CONCATENATIONS, CONTINUATIONS, cutAt, INSERTIONS, JOINED_ARRAYS, LINES } from './joins.ts';
import { WIDE } from './wide.ts';

/** A window that owns as much as it shares on either side. */
const SMALLEST = 3 * scanner.overlap;

const KEYS = [
  fakeKey('openaiProject'),
  fakeKey('openaiLegacy', 2),
  fakeKey('anthropicApi', 3),
  fakeKey('openrouter', 4),
  fakeKey('alnum48', 5),
  fakeKey('hex32', 6),
  fillTemplate('{{base64url:74}}T3{{}}BlbkFJ{{base64url:74}}', 7),
  fillTemplate('sk-proj-{{alnum:90}}', 8),
];

const FILLERS = [
  'x = 1\n',
  'DEEPSEEK',
  '\r\n',
  'api.moonshot.ai ',
  'a "quoted" word ',
  'ü密🔑',
  '{"key":"',
  'sk-circle-fade ',
  '\r',
];

const pieces = fc.oneof(
  fc.constantFrom(...KEYS.map((key) => `\nkey = "${key}" # `)),
  fc.tuple(fc.constantFrom(...FILLERS), fc.integer({ min: 1, max: 600 })).map(([text, times]) => text.repeat(times)),
);
const files = fc.array(pieces, { minLength: 4, maxLength: 14 }).map((all) => all.join(''));

/** All that a report shows of a file, and what was dropped in it. */
async function everythingIn(bytes: Buffer, windowSize?: number): Promise<unknown> {
  const { detections, drops } = await readFragment(fragmentOf(bytes, windowSize), scanner);
  return {
    found: detections.map(({ finding, offset, secret, kind }) => ({ finding, offset, length: secret.length, kind })),
    drops: [...drops].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** Keys in pieces, as source code and lines have them. */
const inPieces = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.constantFrom(...[CONCATENATIONS, INSERTIONS, JOINED_ARRAYS, CONTINUATIONS, LINES].flat()),
    fc.array(fc.nat(200), { minLength: 1, maxLength: 5 }),
  )
  .map(([key, [, write], cuts]) =>
    write(
      cutAt(
        key,
        cuts.filter((cut) => cut < key.length),
      ),
    ),
  );

describe('the size of the windows changes nothing', () => {
  it('in UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(6000), async (text, more) => {
        const bytes = bytesOf(text);
        expect(await everythingIn(bytes, SMALLEST + more)).toEqual(await everythingIn(bytes));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('for keys in pieces', async () => {
    const text = fc.array(fc.oneof(pieces, inPieces), { minLength: 4, maxLength: 14 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.nat(6000), async (written, more) => {
        const bytes = bytesOf(written);
        expect(await everythingIn(bytes, SMALLEST + more)).toEqual(await everythingIn(bytes));
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it.each(WIDE)('in %s', async (encoding, encode) => {
    // PowerShell appends little-endian text to whatever a file held.
    const longest = encoding.endsWith('le') ? 5 : 0;
    await fc.assert(
      fc.asyncProperty(files, fc.nat(6000), fc.nat(longest), async (text, more, odd) => {
        const bytes = Buffer.concat([Buffer.from('#\n\n#\n\n'.slice(0, odd)), encode(text)]);
        expect(await everythingIn(bytes, SMALLEST + more)).toEqual(await everythingIn(bytes));
      }),
      { seed: 2, numRuns: 15 },
    );
  });

  it('finds a key at every offset from the edge of a window', async () => {
    const key = fakeKey('openaiProject');
    for (let before = SMALLEST - scanner.overlap - 200; before < SMALLEST - scanner.overlap + 60; before += 13) {
      const text = `${' '.repeat(before)}${key}${' '.repeat(SMALLEST)}`;
      const found = await detectIn(text, SMALLEST);
      expect(found.map(({ offset }) => offset)).toEqual([before]);
    }
  });

  it('keeps what the judge looks at in the window, in the widest encoding', async () => {
    const [, encode] = WIDE[2] ?? [];
    const key = fakeKey('hex32');
    for (let before = 0; before < SMALLEST / 4; before += 4099) {
      const text = `${'a b\n'.repeat(Math.ceil(before / 4))}# deepseek\n${'.\n'.repeat(285)}${key}\n${'a b\n'.repeat(SMALLEST / 8)}`;
      const found = await detectIn(encode?.(text) ?? '', SMALLEST);
      expect(found.map(({ finding }) => finding.ruleId)).toEqual(['deepseek-api-key']);
    }
  });
});
