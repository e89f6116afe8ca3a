/** Takes a stream of bytes apart, piece by piece. */
export interface ByteReader {
  /** Bytes from the beginning that are taken. */
  readonly at: () => number;
  /** The next bytes in one piece; fewer at the end of the stream. */
  readonly take: (count: number) => Promise<Buffer>;
  /** The next bytes as they come; fewer at the end. What the taker leaves stays in the stream. */
  readonly pass: (count: number) => AsyncGenerator<Buffer, void, undefined>;
  /** How many of them there were. */
  readonly skip: (count: number) => Promise<number>;
  readonly stop: () => Promise<void>;
}

export function byteReader(chunks: AsyncIterable<Buffer>): ByteReader {
  const source = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;

  /** What is there of at most `most` bytes; nothing at the end. */
  const next = async (most: number): Promise<Buffer | null> => {
    while (rest.length === 0) {
      const { value, done } = await source.next();
      if (done === true) return null;
      rest = value;
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    at += piece.length;
    return piece;
  };

  const pass: ByteReader['pass'] = async function* (count) {
    let left = count;
    while (left > 0) {
      const piece = await next(left);
      if (piece === null) return;
      left -= piece.length;
      yield piece;
    }
  };

  return {
    at: () => at,
    take: async (count) => {
      const first = await next(count);
      if (first === null || first.length === count) return first ?? Buffer.alloc(0);
      const pieces = [first];
      for await (const piece of pass(count - first.length)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
    pass,
    skip: async (count) => {
      let skipped = 0;
      for await (const piece of pass(count)) skipped += piece.length;
      return skipped;
    },
    stop: async () => {
      await source.return?.();
    },
  };
}
