import { KeyguardError } from '../../errors.ts';
import { BatchReader } from './batch-reader.ts';
import { type Git, streamGit } from './run.ts';

/**
 * Small files by the names that git gives them, `:PATH` in the index and `COMMIT:PATH` in a commit; null for one that is
 * not there. Used for the policy files of a staged scan: what is about to be committed decides, not the working tree.
 */
export async function readSmallFiles(git: Git, names: readonly string[]): Promise<readonly (Buffer | null)[]> {
  const stream = streamGit(git, ['cat-file', '--batch', '--buffer'], {
    input: names.map((name) => `${name}\n`),
  });
  const reader = new BatchReader(stream);
  const files: (Buffer | null)[] = [];
  try {
    for (const name of names) files.push(await readAnswer(reader, name));
    if (!(await reader.isAtEnd())) throw unexpected();
    return files;
  } finally {
    await reader.stop();
  }
}

async function readAnswer(reader: BatchReader, name: string): Promise<Buffer | null> {
  const line = await reader.line();
  if (line === `${name} missing`) return null;
  const size = /^[0-9a-f]{40,64} blob (?<size>\d+)$/u.exec(line)?.groups?.['size'];
  if (size === undefined) throw unexpected();
  reader.beginBody(Number(size));
  const chunks: Buffer[] = [];
  for await (const chunk of reader.body()) chunks.push(chunk);
  if ((await reader.line()) !== '') throw unexpected();
  return Buffer.concat(chunks);
}

function unexpected(): KeyguardError {
  return new KeyguardError('git', 'git cat-file gave an answer that cannot be understood; run keyguard again');
}
