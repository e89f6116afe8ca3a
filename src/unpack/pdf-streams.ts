import { Broken } from './member.ts';

/** A stream of a PDF as its dictionary describes it. */
export interface PdfStream {
  /** "object 12". */
  readonly name: string;
  readonly filters: readonly string[];
  readonly isImage: boolean;
  readonly at: number;
  readonly bytes: Buffer;
  /** False where the file breaks off in it. */
  readonly isEnded: boolean;
}

/** Every stream, used or not, found by its own words and not by the table of objects: that may be damaged, or old. */
export function* streamsIn(bytes: Buffer): Generator<PdfStream, void, undefined> {
  let at = bytes.indexOf(STREAM);
  let number = 0;
  let tries = 0;
  while (at >= 0) {
    const start = dataStart(bytes, at);
    const dictionary = start === null ? null : dictionaryBefore(bytes, at);
    if (start === null || dictionary === null) {
      tries += 1;
      if (tries > MOST_TRIES) throw new Broken('container-over-limit');
      at = bytes.indexOf(STREAM, at + STREAM.length);
      continue;
    }
    number += 1;
    const end = endOf(bytes, start, dictionary);
    yield {
      name: `object ${/(?<id>\d{1,10})\s+\d{1,5}\s+obj/u.exec(dictionary)?.groups?.['id'] ?? `? (stream ${number})`}`,
      filters: filtersIn(dictionary),
      isImage: /\/Subtype\s*\/Image\b/u.test(dictionary),
      at: start,
      bytes: bytes.subarray(start, end ?? bytes.length),
      isEnded: end !== null,
    };
    at = end === null ? -1 : bytes.indexOf(STREAM, end + END.length);
  }
}

/** The word can stand in a text as often as it likes; each time something is looked for before it. */
const MOST_TRIES = 100_000;

const STREAM = 'stream';
const END = 'endstream';

/** Behind the end of the line; null where the word is part of another. */
function dataStart(bytes: Buffer, at: number): number | null {
  if (bytes.toString('latin1', Math.max(0, at - 3), at) === 'end') return null;
  const behind = at + STREAM.length;
  if (bytes[behind] === LF) return behind + 1;
  if (bytes[behind] !== CR) return null;
  return bytes[behind + 1] === LF ? behind + 2 : behind + 1;
}

const CR = 0x0d;
const LF = 0x0a;

/** Longer than dictionaries of streams are. */
const REACH = 4096;

/** From `12 0 obj` on; null where there is none before the stream. */
function dictionaryBefore(bytes: Buffer, at: number): string | null {
  const before = bytes.toString('latin1', Math.max(0, at - REACH), at);
  const object = before.lastIndexOf('obj');
  if (object < 0 || !before.includes('<<', object)) return null;
  return before.slice(Math.max(0, object - 20));
}

/** By the length that is said, if the stream ends there; else at the word that ends it. */
function endOf(bytes: Buffer, start: number, dictionary: string): number | null {
  const said = /\/Length\s+(?<length>\d{1,12})\b(?!\s+\d{1,5}\s+R)/u.exec(dictionary)?.groups?.['length'];
  if (said !== undefined) {
    const end = start + Number(said);
    if (
      bytes
        .toString('latin1', end, end + 16)
        .trimStart()
        .startsWith(END)
    )
      return end;
  }
  const found = bytes.indexOf(END, start);
  return found < 0 ? null : found;
}

function filtersIn(dictionary: string): readonly string[] {
  const { one, all } = /\/Filter\s*(?:\/(?<one>\w+)|\[(?<all>[^\]]{0,200})\])/u.exec(dictionary)?.groups ?? {};
  const names =
    one === undefined ? [...(all ?? '').matchAll(/\/(?<name>\w+)/gu)].map((found) => found[1] ?? '') : [one];
  return names.map((name) => SHORT[name] ?? name);
}

const SHORT: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  Fl: 'FlateDecode',
  DCT: 'DCTDecode',
  CCF: 'CCITTFaxDecode',
};
