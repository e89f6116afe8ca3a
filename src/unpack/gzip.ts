import { inflated } from './inflate.ts';
import { Broken, nowhere, type Member } from './member.ts';

/** The one thing in a gzip. The name that its header may give is the one that it had before, so it is not told. */
export function memberOfGzip(source: () => AsyncIterable<Buffer>): Member {
  return {
    kind: 'member',
    name: null,
    span: { start: 0, end: Number.POSITIVE_INFINITY },
    sourceOf: nowhere,
    chunks: () => inflated(source, 'gzip'),
    isRepeatable: true,
  };
}

/** The same without a header that tells it from other bytes: it is damaged only where much was unpacked of it. */
export function memberOfZlib(source: () => AsyncIterable<Buffer>): Member {
  return { ...memberOfGzip(source), chunks: () => unlessLittle(inflated(source, 'zlib')) };
}

async function* unlessLittle(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (size >= MUCH || !(error instanceof Broken)) throw error;
  }
}

/** Other bytes, text among them, can look as if they were packed for some dozens of bytes. */
const MUCH = 1024;
