import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawPathFromText, type Fragment } from '../../src/model/fragment.ts';
import { readFragment } from '../../src/read-fragment.ts';
import { fakeKey } from '../helpers/keys.ts';
import { detectIn, fragmentOf, scanner } from './detect.ts';
import { WIDE } from './wide.ts';

const KEY = fakeKey('openaiProject', 51);

/** What an editor shows of a text: where each key begins and ends. */
function placesByEditor(text: string): readonly (readonly number[])[] {
  const places: number[][] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
    for (let at = line.indexOf(KEY); at >= 0; at = line.indexOf(KEY, at + 1)) {
      places.push([index + 1, at + 1, index + 1, at + 1 + KEY.length]);
    }
  }
  return places;
}

async function placesIn(content: string | Buffer, windowSize?: number): Promise<readonly (readonly number[])[]> {
  return (await detectIn(content, windowSize)).map(({ finding: { location } }) => [
    location.line,
    location.column,
    location.endLine,
    location.endColumn,
  ]);
}

const pieces = fc.constantFrom(`"${KEY}"`, `"${KEY}", "${KEY}"`, '\n', '\r\n', '\r', 'x = ', 'ü', '密钥 ', '🔑 ', '\t');
const texts = fc.array(pieces, { maxLength: 30 }).map((all) => all.join(''));

describe('lines and columns', () => {
  it('are those of an editor in UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await placesIn(text)).toEqual(placesByEditor(text));
      }),
      { seed: 1 },
    );
  });

  it.each(WIDE)('are those of an editor in %s', async (_encoding, encode) => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const lines = 'the first lines say how it is written\n'.repeat(4) + text;
        expect(await placesIn(encode(lines))).toEqual(placesByEditor(lines));
        expect(await placesIn(encode(`\ufeff${lines}`))).toEqual(placesByEditor(lines));
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it('go on across windows, in a line of many windows, too', async () => {
    for (const filler of ['密🔑ü', 'a b\r\n', 'ab\r', 'x\n']) {
      for (let shift = 0; shift < 4; shift += 1) {
        const text = `${' '.repeat(shift)}${filler.repeat(9_000)}"${KEY}"\n`;
        expect(await placesIn(text, 3 * scanner.overlap)).toEqual(placesByEditor(text));
      }
    }
  });
});

describe('what a detection says of its fragment', () => {
  const read = async (provenance: Fragment['provenance']): Promise<readonly (readonly [string, string | null])[]> => {
    const { detections } = await readFragment({ ...fragmentOf(KEY), provenance }, scanner);
    return detections.map(({ finding: { location } }) => [location.kind, location.path]);
  };
  const paths = ['a.ts', 'b/a.ts'].map(rawPathFromText);

  it('each place of the same bytes', async () => {
    expect(await read({ kind: 'staged', places: paths, oid: '0'.repeat(40) })).toEqual([
      ['blob', 'a.ts'],
      ['blob', 'b/a.ts'],
    ]);
    expect(await read({ kind: 'file', places: paths.slice(0, 1) })).toEqual([['blob', 'a.ts']]);
  });

  it('a path that is the key itself, hidden', async () => {
    const [place] = await read({ kind: 'path', places: [rawPathFromText(`keys/${KEY}`)] });
    expect(place?.[0]).toBe('path');
    expect(place?.[1]).toMatch(/^keys\/sk-proj-…[A-Za-z0-9_-]{4}$/u);
  });

  it('a name for standard input, or none', async () => {
    expect(await read({ kind: 'stdin', name: null })).toEqual([['blob', null]]);
    expect(await read({ kind: 'stdin', name: 'app.ts' })).toEqual([['blob', 'app.ts']]);
  });
});

it('counts bytes and keeps the reason of each drop', async () => {
  const { bytes, drops } = await readFragment(fragmentOf('risk-assessment-handbook sk-...\n'), scanner);
  expect(bytes).toBe(32);
  expect([...drops.keys()]).toEqual(expect.arrayContaining(['inside-word', 'documentation']));
});
