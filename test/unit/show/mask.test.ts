import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleset } from '#compiled/ruleset';
import { coversOf, maskCovers } from '../../../src/show/mask.ts';
import { createScanner } from '../../../src/scanner.ts';
import { snippetOf } from '../../../src/show/snippet.ts';
import { fakeKey } from '../../helpers/keys.ts';
import { matchAt } from './match-at.ts';

const KEY = fakeKey('openaiProject');
const SINK = createScanner(ruleset).sink;
const REDACTED = `sk-proj-…${KEY.slice(-4)}`;

function masked(text: string, from: number, to: number, spans: readonly (readonly [number, number])[]): string {
  const matches = spans.map(([start, end]) => matchAt(text, start, end));
  return maskCovers(text, { start: from, end: to }, coversOf(matches, { start: from, end: to }))
    .map((piece) => piece.text)
    .join('');
}

describe('masking', () => {
  it('keeps a text without matches as it is', () => {
    expect(masked('a line of code', 2, 6, [])).toBe('line');
  });

  it('puts the redacted form in the place of a key', () => {
    const text = `key = "${KEY}";`;
    expect(masked(text, 0, text.length, [[7, 7 + KEY.length]])).toBe(`key = "${REDACTED}";`);
  });

  it('hides what runs on behind a match', () => {
    const text = `${KEY.slice(0, 60)}${KEY.slice(60)}`;
    expect(masked(text, 0, text.length, [[0, 60]])).not.toContain(KEY.slice(100, 108));
  });

  it('hides a key of which only a part lies inside', () => {
    const text = `${KEY} and ${KEY}`;
    const second = KEY.length + 5;
    const shown = masked(text, 40, second + 30, [
      [0, KEY.length],
      [second, text.length],
    ]);
    expect(shown).toBe(`${REDACTED} and ${REDACTED}`);
  });

  it('looks no further along a run than what is shown', () => {
    const run = 'a'.repeat(50_000);
    const text = `${run}${run}`;
    const match = matchAt(text, 49_980, 50_030, 'openai-damaged-key');
    const shown = { start: 49_900, end: 50_100 };
    expect(coversOf([match], shown)).toMatchObject([shown]);
    expect(coversOf([match], { start: 0, end: text.length })).toMatchObject([{ start: 0, end: text.length }]);
  });

  it('never shows a byte that a match covers, whatever overlaps', () => {
    const spans = fc.array(fc.tuple(fc.nat(190), fc.integer({ min: 30, max: 80 })), { maxLength: 8 });
    const text = Array.from({ length: 200 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('');
    fc.assert(
      fc.property(spans, fc.nat(199), fc.nat(199), (places, one, two) => {
        const matches = places.map(([start, length]) => matchAt(text, start, Math.min(start + length, text.length)));
        const [start, end] = [Math.min(one, two), Math.max(one, two)];
        const pieces = maskCovers(text, { start, end }, coversOf(matches, { start, end }));
        const plain = pieces.filter(({ hides }) => hides.length === 0).map((piece) => piece.text);
        const covered = (i: number): boolean => matches.some(({ at }) => i >= at.start && i < at.end);
        const open = Array.from(text).filter((_, i) => i >= start && i < end && !covered(i));
        expect(plain.join('')).toBe(open.join(''));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('a snippet', () => {
  it.each([
    ['the line alone, without its indent', `first\n\t  key = "${KEY}";\nlast`, `key = "${REDACTED}";`],
    ['a line that ends with CR', `first\rkey=${KEY}\rlast`, `key=${REDACTED}`],
    ['a line that ends with CRLF', `first\r\nkey=${KEY}\r\nlast`, `key=${REDACTED}`],
    ['the only line', KEY, REDACTED],
  ])('is %s', (_name, text, expected) => {
    const start = text.indexOf(KEY);
    const match = matchAt(text, start, start + KEY.length);
    expect(snippetOf(match, [match], SINK)?.text).toBe(expected);
  });

  it('is a part of a very long line', () => {
    const text = `${'x = 1; '.repeat(1000)}"${KEY}"${'; y = 2'.repeat(1000)}`;
    const start = text.indexOf(KEY);
    const match = matchAt(text, start, start + KEY.length);
    const snippet = snippetOf(match, [match], SINK);
    expect(snippet?.text.length).toBeLessThan(300);
    expect(snippet?.text).toContain(REDACTED);
  });

  it('says where the key stands in it, as text', () => {
    const text = Buffer.from(`  # ключ: "${KEY}"`, 'utf8').toString('latin1');
    const start = text.indexOf(KEY);
    const match = matchAt(text, start, start + KEY.length);
    const snippet = snippetOf(match, [match], SINK);
    expect(snippet?.text).toBe(`# ключ: "${REDACTED}"`);
    expect(snippet?.text.slice(snippet.start, snippet.end)).toBe(REDACTED);
  });

  it('shows control characters as text', () => {
    const text = `\u001b[31m${KEY}\u001b[0m`;
    const match = matchAt(text, 5, 5 + KEY.length);
    expect(snippetOf(match, [match], SINK)?.text).not.toMatch(/\p{Cc}/u);
  });
});
