import { displayWidth } from './display-width.ts';

/**
 * Breaks text at its spaces so that each line fits in `columns`. A word that is longer (a path, an address) and a
 * command in backticks stay whole, because they are copied. Newlines in the text are kept.
 */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, columns));
}

/** Words, with `a command in backticks` as one. */
const WORD = /(?:`[^`]*`|[^\s`]|`)+/gu;

function wrapParagraph(paragraph: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [word] of paragraph.matchAll(WORD)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
