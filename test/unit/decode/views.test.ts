import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writingOf } from '../../../src/decode/encoding.ts';
import { viewsOf } from '../../../src/decode/views.ts';
import type { View } from '../../../src/model/view.ts';
import { oneWindow } from '../../../src/sources/windows.ts';
import { WIDE } from '../../detection/wide.ts';

fc.configureGlobal({ seed: 4 });

const TEXT = 'token = "abc-DEF_123"';

function viewWith(text: string, bytes: Buffer): View {
  const view = viewsOf(oneWindow(bytes), writingOf(bytes)).find(
    (one) => one.decoded.length > 0 && one.text.includes(text),
  );
  if (view === undefined) throw new Error(`no view holds ${text}`);
  return view;
}

function bytesBehind(view: View, text: string, bytes: Buffer): string {
  const start = view.text.indexOf(text);
  const span = view.toSource({ start, end: start + text.length });
  return bytes.subarray(span.start, span.end).toString('latin1').replaceAll('\0', '');
}

it('gives the bytes alone where nothing is written wide', () => {
  const views = viewsOf(oneWindow(Buffer.from(TEXT)));
  expect(views.map(({ text, decoded }) => [text, decoded])).toEqual([[TEXT, []]]);
});

describe.each(WIDE)('%s', (_name, encode) => {
  it('is read, and each span leads back to its bytes', () => {
    const odd = fc.constantFrom('', 'x', 'xy\n', 'abc\n', 'abcd');
    fc.assert(
      fc.property(
        odd,
        fc.constantFrom('', '\n', '中', '乁', 'é'),
        fc.constantFrom('', '\n', '中', 'end of it'),
        (ascii, before, after) => {
          const bytes = Buffer.concat([Buffer.from(ascii, 'latin1'), encode(`${before}${TEXT}${after}`)]);
          const view = viewWith('abc-DEF_123', bytes);
          expect(bytesBehind(view, 'abc-DEF_123', bytes)).toBe('abc-DEF_123');
        },
      ),
    );
  });

  it.each(['中', '乁', '扡', '😀', 'é'])('has nothing of %s glued to it', (neighbour) => {
    const words = 'text that comes first and says how this file is written\n'.repeat(12);
    const bytes = encode(`${words}${neighbour}${TEXT}${neighbour}\n`);
    const view = viewWith(TEXT, bytes);
    const rest = view.text.slice(view.text.indexOf(TEXT) + TEXT.length);
    const front = view.text.slice(0, view.text.indexOf(TEXT));
    expect(/[A-Za-z0-9_-]$/u.test(front)).toBe(false);
    expect(/^[A-Za-z0-9_-]/u.test(rest)).toBe(false);
    expect(bytesBehind(view, TEXT, bytes)).toBe(TEXT);
  });

  it('is read in a run of half a megabyte', () => {
    const bytes = encode(`${'some words and more\n'.repeat(6_000)}${TEXT}`);
    expect(bytesBehind(viewWith('abc-DEF_123', bytes), 'abc-DEF_123', bytes)).toBe('abc-DEF_123');
  });
});
