import type { ByteSpan } from './pieces.ts';

/**
 * Where the texts and blobs of a record lie in its bytes. A record is a list of types, then the values.
 * https://www.sqlite.org/fileformat2.html#record_format
 */
export function valuesOfRecord(record: Buffer): readonly ByteSpan[] {
  const size = varintAt(record, 0);
  if (size === null) return [];
  const values: ByteSpan[] = [];
  let at = size.next;
  let value = size.value;
  while (at < size.value && value < record.length) {
    const type = varintAt(record, at);
    if (type === null) break;
    const length = lengthOf(type.value);
    if (type.value >= FIRST_TEXT && length > 0)
      values.push({ start: value, end: Math.min(value + length, record.length) });
    value += length;
    at = type.next;
  }
  return values;
}

/** Big-endian, seven bits a byte; the ninth byte has eight. null where the bytes end. */
export function varintAt(bytes: Buffer, at: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let i = 0; i < 9; i += 1) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    if (i === 8) return { value: value * 256 + byte, next: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}

const FIRST_TEXT = 12;
const NUMBERS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];

function lengthOf(type: number): number {
  return NUMBERS[type] ?? Math.floor((type - FIRST_TEXT) / 2);
}
