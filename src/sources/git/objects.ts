import { KeyguardError } from '../../errors.ts';
import { BatchReader } from './batch-reader.ts';
import type { Git } from './run.ts';
import { streamGit } from './run.ts';

/** The answer of git for one object id. */
export type ObjectAnswer =
  | {
      readonly kind: 'object';
      readonly oid: string;
      readonly type: string;
      readonly size: number;
      /** To be read before the next answer is taken; what is left then is dropped. */
      readonly chunks: () => AsyncIterable<Buffer>;
    }
  | { readonly kind: 'missing'; readonly oid: string };

const HEADER = /^(?<oid>[0-9a-f]{40,64}) (?<type>[a-z]+) (?<size>[0-9]+)$/u;

/**
 * One `cat-file --batch` for all ids, answered in order, each id once. A missing or corrupt object is an answer; throws
 * `KeyguardError` if git dies, answers something else than it was asked, or leaves out an answer.
 */
export async function* readObjects(git: Git, oids: Iterable<string>): AsyncGenerator<ObjectAnswer, void, undefined> {
  const asked = [...new Set(oids)];
  if (asked.length === 0) return;
  // --buffer is right because git's stdin is ended: nothing waits for an answer that is still in git's buffer.
  const stream = streamGit(git, ['cat-file', '--batch', '--buffer'], { input: linesOf(asked) });
  const reader = new BatchReader(stream);
  try {
    for (const oid of asked) {
      const line = await reader.line();
      if (line === `${oid} missing`) {
        yield { kind: 'missing', oid };
        continue;
      }
      const header = HEADER.exec(line)?.groups;
      const type = header?.['type'];
      if (header?.['oid'] !== oid || type === undefined) throw unexpected();
      const size = Number(header['size']);
      reader.beginBody(size);
      yield { kind: 'object', oid, type, size, chunks: () => reader.body() };
      await reader.skipBody();
      if ((await reader.line()) !== '') throw unexpected();
    }
    if (!(await reader.isAtEnd())) throw unexpected();
  } finally {
    await reader.stop();
  }
}

/** A few thousand ids at a time, so that a long list is never one string. */
function* linesOf(oids: readonly string[]): Generator<string> {
  for (let at = 0; at < oids.length; at += 4096) yield `${oids.slice(at, at + 4096).join('\n')}\n`;
}

function unexpected(): KeyguardError {
  return new KeyguardError('git', 'git cat-file gave an answer that cannot be understood; run keyguard again.');
}
