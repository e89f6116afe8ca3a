import { array, assert, boolean, constantFrom, nat, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eolOf, markedLines, takeMarkedOut } from '../../../src/hooks/marked-lines.ts';

const line = string({ unit: constantFrom('a', ' ', ':', '#', '-', "'", '\t', '>'), maxLength: 12 });
const text = tuple(array(line, { maxLength: 6 }), constantFrom('\n', '\r\n'), boolean()).map(
  ([lines, eol, ends]) => lines.join(eol) + (ends && lines.length > 0 ? eol : ''),
);

describe('marked lines', () => {
  it('come out again and leave the text as it was, wherever they stand, with its line ends', () => {
    assert(
      property(text, array(line, { minLength: 1, maxLength: 4 }), nat(), (around, lines, at) => {
        const starts = [0, ...[...around.matchAll(/\n/gu)].map(({ index }) => index + 1)];
        const start = starts[at % starts.length] ?? 0;
        const block = markedLines(lines, '  ', eolOf(around));
        const changed = around.slice(0, start) + block + around.slice(start);
        expect(takeMarkedOut(changed)).toEqual({ text: around, isEdited: false });
      }),
    );
  });

  it.each([
    ['a word changed', (block: string) => block.replace('run', 'walk')],
    ['a line taken out', (block: string) => block.replace(/^run.*\n/mu, '')],
    ['a line added', (block: string) => block.replace('run', 'more\nrun')],
    ['the end taken out', (block: string) => block.replace(/^# <<<.*\n/mu, '')],
    ['the beginning taken out', (block: string) => block.replace(/^# >>>.*\n/mu, '')],
  ])('stay when somebody edited them: %s', (_name, edit) => {
    const block = markedLines(['run it', 'and more'], '', '\n');
    expect(takeMarkedOut(`a\n${block}b\n`).isEdited).toBe(false);
    const edited = `a\n${edit(block)}b\n`;
    expect(takeMarkedOut(edited)).toEqual({ text: edited, isEdited: true });
  });

  it('may be moved, indented and saved with other line ends', () => {
    const block = markedLines(['run it'], '', '\n');
    const moved = block.replaceAll(/^/gmu, '    ').replaceAll('\n', '\r\n').trimEnd();
    expect(takeMarkedOut(`a\n${moved}\r\nb\n`)).toEqual({ text: 'a\nb\n', isEdited: false });
  });
});
