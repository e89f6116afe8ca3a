/**
 * Columns that a text takes in a terminal: two for wide East Asian characters and emoji, none for combining marks.
 * A terminal decides for itself in the end; being one off moves a marker, nothing else.
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** The longest beginning of `text` that fits in `columns`. Never ends within a character. */
export function fitStart(text: string, columns: number): string {
  let width = 0;
  let fitting = '';
  for (const character of text) {
    width += widthOf(character);
    if (width > columns) break;
    fitting += character;
  }
  return fitting;
}

/** The longest end of `text` that fits in `columns`. */
export function fitEnd(text: string, columns: number): string {
  let width = 0;
  let fitting = '';
  for (const character of Array.from(text).toReversed()) {
    width += widthOf(character);
    if (width > columns) break;
    fitting = character + fitting;
  }
  return fitting;
}

const ASCII = /^[\x20-\x7e]*$/u;
const COMBINING = /^[\p{Mn}\p{Me}]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

function widthOf(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
