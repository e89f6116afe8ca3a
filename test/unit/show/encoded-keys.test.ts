import { describe, expect, it } from 'vitest';
import { detectIn, scanner } from '../../detection/detect.ts';
import { base64, PARTLY, WRITINGS } from '../../detection/encodings.ts';
import { fakeKey } from '../../helpers/keys.ts';

const [KEY, OTHER] = [fakeKey('openaiProject'), fakeKey('anthropicApi', 2)];
/** So much of an encoded key that a thief gets on. */
const PIECE = 24;

/** The pieces of a text that stand in another. */
function piecesIn(text: string, shown: string): readonly string[] {
  const plain = shown.replaceAll(/\s/gu, '');
  const pieces = text.replaceAll(/\s/gu, '').match(new RegExp(`.{${PIECE}}`, 'gu')) ?? [];
  return pieces.filter((piece) => plain.includes(piece));
}

describe.each([...WRITINGS, ...PARTLY])('a key in %s', (_name, _decoded, encode) => {
  const written = encode(OTHER);

  it('is hidden in the line of another key', async () => {
    const found = await detectIn(`a = "${KEY}", b = "${written}"\n`);
    const [snippet] = found.flatMap(({ finding }) => finding.snippet?.text ?? []);
    expect(snippet).toContain('sk-proj-…');
    expect(snippet).toContain('", b = "');
    expect(piecesIn(written, snippet ?? '')).toEqual([]);
  });

  it('is hidden in whatever passes the sink, and what stands around it is shown', () => {
    const shown = scanner.sink.text(`fatal: cannot read ${written} here`);
    expect(shown).toMatch(/^fatal: cannot read .* here$/u);
    expect(piecesIn(written, shown)).toEqual([]);
  });
});

it('leaves encoded text as it is that holds no key', () => {
  const text = `see ${base64('some words of a text and more of them')} and %2Fv1%2Fchat`;
  expect(scanner.sink.text(text)).toBe(text);
});
