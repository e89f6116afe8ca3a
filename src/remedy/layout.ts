/**
 * Breaks `text` at its spaces into lines of at most `width` characters. `first` stands before the first line, `rest`
 * before the others. A word is never broken: a URL that is longer than the width has a line to itself.
 */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((word) => word !== '')) {
    const indent = lines.length === 0 ? first : rest;
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push((lines.length === 0 ? first : rest) + line);
  return lines;
}

/** A table of up to three columns whose rows fit on one line each; every other one is shown as records. */
export function layTable(columns: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => (row[i] ?? '').length)));
  const total = widths.reduce((sum, one) => sum + one + 2, 0);
  if (columns.length > 3 || total > width) return layRecords(columns, rows, width);
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd();
  return [line(columns), ...rows.map(line)];
}

/** Each row as its first cell and, below it, the others with the names of their columns. */
function layRecords(columns: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  return rows.flatMap((row, at) => {
    const [name = '', ...cells] = row;
    const fields = cells.flatMap((cell, i) => wrap(`${columns[i + 1] ?? ''}: ${cell}`, width, '  ', '    '));
    return [...(at === 0 ? [] : ['']), ...wrap(name, width), ...fields];
  });
}
