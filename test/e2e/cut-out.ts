/** A place in a report: lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The text that stands at a place of a file, counted as an editor does: the oracle for every place that is reported. */
export function cutOut(bytes: Buffer, place: Place | undefined): string {
  if (place === undefined) throw new Error('There is no place.');
  const lines = asText(bytes).split(/(?<=\r\n|\n|\r(?!\n))/u);
  const from = offsetOf(lines, place.line, place.column);
  return lines.join('').slice(from, offsetOf(lines, place.endLine, place.endColumn));
}

function offsetOf(lines: readonly string[], line: number, column: number): number {
  return lines.slice(0, line - 1).reduce((sum, text) => sum + text.length, 0) + column - 1;
}

/** As an editor opens it: a byte order mark decides and is not shown; zeros between letters tell wide text without one. */
function asText(bytes: Buffer): string {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start === 'fffe0000' || start === '0000feff') return fromUtf32(bytes.subarray(4), start === 'fffe0000');
  if (/^(?:..000000)/u.test(start)) return fromUtf32(bytes, true);
  if (/^(?:000000..)/u.test(start)) return fromUtf32(bytes, false);
  if (start.startsWith('fffe')) return bytes.subarray(2).toString('utf16le');
  if (start.startsWith('feff')) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  if (/^(?:[2-7].00){2}$/u.test(start)) return bytes.toString('utf16le');
  if (/^(?:00[2-7].){2}$/u.test(start)) return Buffer.from(bytes).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\ufeff/u, '');
}

function fromUtf32(bytes: Buffer, isLittleEndian: boolean): string {
  const ordered = isLittleEndian ? bytes : Buffer.from(bytes).swap32();
  const points = Array.from({ length: ordered.length / 4 }, (_, index) => ordered.readUInt32LE(index * 4));
  return points.map((point) => String.fromCodePoint(point)).join('');
}
