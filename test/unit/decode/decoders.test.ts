import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewsOf } from '../../../src/decode/views.ts';
import type { View } from '../../../src/model/view.ts';
import { oneWindow } from '../../../src/sources/windows.ts';
import { PARTLY, WRITINGS } from '../../detection/encodings.ts';

fc.configureGlobal({ seed: 31 });

const TOKEN = 'some-Value_0123456789-of-40-characters_k';
const ascii = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019 .,:=/"\'{}()\n\t#')), maxLength: 40 });

function viewWith(bytes: Buffer, decoded: readonly string[]): View {
  const views = viewsOf(oneWindow(bytes)).filter((view) => view.text.includes(TOKEN));
  const view = views.find((one) => one.decoded.join() === decoded.join());
  if (view === undefined) throw new Error(`no view is ${decoded.join(' › ')}`);
  return view;
}

function bytesBehind({ text, toSource }: View, bytes: Buffer): string {
  const start = text.indexOf(TOKEN);
  const span = toSource({ start, end: start + TOKEN.length });
  return bytes.subarray(span.start, span.end).toString('latin1');
}

describe.each(WRITINGS)('%s', (name, decoded, encode) => {
  const isInGroups = name.includes('base64');

  it('is undone, and each span leads back to what is written for it', () => {
    fc.assert(
      fc.property(ascii, ascii, fc.constantFrom('', 'x', 'name: ', '密 = "'), (before, after, around) => {
        const written = encode(`${before}${TOKEN}${after}`);
        const bytes = Buffer.from(`${around}${written}"\n`);
        const cut = bytesBehind(viewWith(bytes, decoded), bytes);
        // Groups of base64 hold parts of what stands beside it; everything else is cut out to the byte.
        if (isInGroups) expect(written).toContain(cut);
        else expect(cut.replaceAll(/\s/gu, '')).toBe(encode(TOKEN).replaceAll(/\s/gu, ''));
      }),
      { numRuns: 40 },
    );
  });
});

describe.each(PARTLY)('%s', (_name, decoded, encode) => {
  it('is undone in plain text, and each span leads back to what is written for it', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'x ', 'a = "'), fc.constantFrom('', ' z', '"\n'), (before, after) => {
        const bytes = Buffer.from(`${before}${encode(TOKEN)}${after}`);
        expect(bytesBehind(viewWith(bytes, decoded), bytes)).toBe(encode(TOKEN));
      }),
    );
  });
});

describe('ordinary text', () => {
  it.each([
    [
      'source',
      'const a = `${b}-${c}`; if (x && y) return "a\\n\\tb" + d[0x1f] * 100 % 7; // \\u001b[31m &nbsp; &amp;\n',
    ],
    ['markup', '<a href="/v1?a=1&amp;b=2">it&#39;s &quot;here&quot;</a> width=100 height=20\n'],
    ['hashes', 'integrity sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n'],
    ['names', 'getServerSidePropsForTheApplication some/path/to/a/file_with-many-words/index.ts\n'],
  ])('has no view but its bytes: %s', (_name, text) => {
    expect(viewsOf(oneWindow(Buffer.from(text))).map(({ decoded }) => decoded)).toEqual([[]]);
  });

  it('has one where a letter is written as an escape', () => {
    expect(viewsOf(oneWindow(Buffer.from('a = "\\x73ome"'))).map(({ text }) => text)).toEqual([
      'a = "\\x73ome"',
      'a = "some"',
    ]);
  });
});
