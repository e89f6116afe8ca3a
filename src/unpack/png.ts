import { inflated } from './inflate.ts';
import { nowhere, storedAt, trouble, type Item } from './member.ts';

/**
 * The text chunks of a picture: `tEXt`, `zTXt` and `iTXt`. The pictures themselves stay packed.
 * https://www.w3.org/TR/png-3/#11textinfo
 */
export function* membersOfPng(bytes: Buffer): Generator<Item, void, undefined> {
  let at = SIGNATURE;
  while (at + FRAME <= bytes.length) {
    const start = at + 8;
    const end = start + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, start);
    if (TEXTS.includes(type)) yield* textIn(type, bytes.subarray(start, end), start);
    if (end + 4 > bytes.length) break;
    if (type === 'IEND') return;
    at = end + 4;
  }
  yield trouble('damaged-container');
}

const SIGNATURE = 8;
/** Length, type and checksum. */
const FRAME = 12;
const TEXTS = ['tEXt', 'zTXt', 'iTXt'];

function* textIn(type: string, data: Buffer, at: number): Generator<Item, void, undefined> {
  const name = Buffer.from(`${type} ${data.toString('latin1', 0, Math.min(behindNul(data, 0) - 1, 79))}`);
  const start = textStart(type, data);
  const isPacked = type === 'zTXt' || (type === 'iTXt' && data[behindNul(data, 0)] === 1);
  const span = { start: at + start, end: at + data.length };
  const member = { kind: 'member', name, span, isRepeatable: true } as const;
  const text = data.subarray(start);
  if (isPacked) {
    const chunks = (): AsyncIterable<Buffer> => inflated(() => once(text), 'zlib');
    yield { ...member, sourceOf: nowhere, chunks };
  } else {
    yield { ...member, sourceOf: storedAt(at + start), chunks: () => once(text) };
  }
}

/** Behind the keyword; in `zTXt` a byte for the method, in `iTXt` two bytes, a language and a translated keyword. */
function textStart(type: string, data: Buffer): number {
  const behindKeyword = behindNul(data, 0);
  if (type === 'tEXt') return behindKeyword;
  if (type === 'zTXt') return behindKeyword + 1;
  return behindNul(data, behindNul(data, behindKeyword + 2));
}

function behindNul(data: Buffer, from: number): number {
  const nul = data.indexOf(0, from);
  return nul < 0 ? data.length : nul + 1;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
