import { inflated } from './inflate.ts';
import { type Item, type Member, nowhere, trouble } from './member.ts';
import { fromAscii85, fromAsciiHex } from './pdf-ascii.ts';
import { type PdfStream, streamsIn } from './pdf-streams.ts';
import { joinShown } from './pdf-text.ts';
import { sourceFrom } from './pieces.ts';

/**
 * The streams of a PDF, unpacked, and the text of its pages joined. Pictures are not looked at. https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf
 */
export function* membersOfPdf(bytes: Buffer): Generator<Item, void, undefined> {
  if (isEncrypted(bytes)) {
    yield trouble('encrypted-container');
    return;
  }
  let isCut = bytes.lastIndexOf('%%EOF') < 0;
  for (const stream of streamsIn(bytes)) {
    isCut ||= !stream.isEnded;
    yield* itemOf(stream);
  }
  // A text that only speaks of PDF is none.
  if (isCut && bytes.indexOf('%PDF-') === 0) yield trouble('damaged-container');
}

function isEncrypted(bytes: Buffer): boolean {
  const at = bytes.lastIndexOf('/Encrypt');
  return at >= 0 && /^\/Encrypt\s*(?:\d{1,10}\s+\d{1,5}\s+R|<<)/u.test(bytes.toString('latin1', at, at + 40));
}

/** What is drawn, not written. */
const PICTURES = ['DCTDecode', 'JPXDecode', 'CCITTFaxDecode', 'JBIG2Decode'];

function* itemOf({ name, filters, isImage, at, bytes }: PdfStream): Generator<Item, void, undefined> {
  if (isImage || filters.some((filter) => PICTURES.includes(filter))) return;
  const member = Buffer.from(name);
  if (filters.length === 0) {
    yield plainStream(member, at, bytes);
    return;
  }
  if (bytes.length > MOST_ASCII && filters[0]?.startsWith('ASCII') === true) {
    yield trouble('container-over-limit', member);
    return;
  }
  const source = sourceThrough(filters, bytes);
  if (source === null) yield trouble('unsupported-container', member);
  else
    yield {
      kind: 'member',
      name: member,
      span: { start: at, end: at + bytes.length },
      sourceOf: nowhere,
      chunks: source,
      isRepeatable: true,
    };
}

/** As it lies in the file, but with its text joined. */
function plainStream(name: Buffer, at: number, bytes: Buffer): Member {
  const { text, starts } = joinShown(bytes.length > MOST_JOINED ? '' : bytes.toString('latin1'));
  const sourceOf = sourceFrom(starts.map((start) => ({ at: start.at, source: at + start.source })));
  const chunks = (): AsyncIterable<Buffer> => once(Buffer.from(text, 'latin1'));
  return { kind: 'member', name, span: { start: at, end: at + bytes.length }, sourceOf, chunks, isRepeatable: true };
}

/** Unpacked at once, and up to four times as large. */
const MOST_ASCII = 8 * 1024 * 1024;

type Source = () => AsyncIterable<Buffer>;

/** Through each filter in turn; null where one is not known. */
function sourceThrough(filters: readonly string[], bytes: Buffer): Source | null {
  let plain = bytes;
  for (const [index, filter] of filters.entries()) {
    if (filter === 'ASCII85Decode') plain = fromAscii85(plain);
    else if (filter === 'ASCIIHexDecode') plain = fromAsciiHex(plain);
    else if (filter === 'FlateDecode' && index === filters.length - 1) {
      const packed = plain;
      return () => withShownText(inflated(() => once(packed), 'zlib'));
    } else return null;
  }
  return () => withShownText(once(plain));
}

/** The pages of a document are smaller. */
const MOST_JOINED = 4 * 1024 * 1024;

/** What is shown letter by letter is joined to words, where the stream is a page. */
async function* withShownText(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  const joined = (): Buffer => Buffer.from(joinShown(Buffer.concat(held, size).toString('latin1')).text, 'latin1');
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      held.push(chunk);
      if (size <= MOST_JOINED) continue;
      yield* held;
      held = [];
    }
  } catch (error) {
    // What comes before the damage is good.
    if (size <= MOST_JOINED) yield joined();
    throw error;
  }
  if (size <= MOST_JOINED) yield joined();
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
