import { KeyguardError } from '../../errors.ts';

const LINE_FEED = 10;

/** Reads lines and counted bytes from git's stream, however it is cut into chunks. */
export class BatchReader {
  readonly #stream: AsyncGenerator<Buffer, unknown, undefined>;
  #chunk: Buffer = Buffer.alloc(0);
  #bodyLeft = 0;
  #failure: Error | null = null;

  constructor(stream: AsyncGenerator<Buffer, unknown, undefined>) {
    this.#stream = stream;
  }

  /** Up to the next line feed, without it. */
  async line(): Promise<string> {
    let line = '';
    for (;;) {
      const end = this.#chunk.indexOf(LINE_FEED);
      line += this.#take(end < 0 ? this.#chunk.length : end + 1).toString('latin1');
      if (end >= 0) return line.slice(0, -1);
      if (!(await this.#fill())) throw endedEarly();
    }
  }

  /** The next `size` bytes are the body, to be read by `body` or dropped by `skipBody`. */
  beginBody(size: number): void {
    this.#bodyLeft = size;
  }

  /** What is left of the body. May be given up and begun again. */
  async *body(): AsyncGenerator<Buffer, void, undefined> {
    while (this.#bodyLeft > 0) {
      if (this.#chunk.length === 0 && !(await this.#fill())) throw endedEarly();
      const bytes = this.#take(Math.min(this.#bodyLeft, this.#chunk.length));
      this.#bodyLeft -= bytes.length;
      yield bytes;
    }
  }

  async skipBody(): Promise<void> {
    const rest = this.body();
    while ((await rest.next()).done !== true);
  }

  async isAtEnd(): Promise<boolean> {
    return this.#chunk.length === 0 && !(await this.#fill());
  }

  /** Ends git if it is still there. */
  async stop(): Promise<void> {
    await this.#stream.return(undefined);
  }

  #take(length: number): Buffer {
    const bytes = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(length);
    return bytes;
  }

  /** False at the end of the stream. A failure comes back each time: one reader of a body may have caught it. */
  async #fill(): Promise<boolean> {
    if (this.#failure !== null) throw this.#failure;
    try {
      const next = await this.#stream.next();
      if (next.done === true) return false;
      this.#chunk = next.value;
      return true;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw this.#failure;
    }
  }
}

function endedEarly(): KeyguardError {
  return new KeyguardError('git', 'git cat-file ended before it had answered everything; run keyguard again.');
}
