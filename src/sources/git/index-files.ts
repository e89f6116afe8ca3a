import { KeyguardError } from '../../errors.ts';
import { BatchReader } from './batch-reader.ts';
import type { Repository } from './repository.ts';
import { streamGit } from './run.ts';

/**
 * Small files as the index holds them, by their paths from the top; null for one that is not in it. Used for the policy
 * files of a staged scan: what is about to be committed decides, not what lies in the working tree.
 */
export async function readIndexFiles(
  repository: Repository,
  paths: readonly string[],
): Promise<readonly (Buffer | null)[]> {
  const stream = streamGit(repository.git, ['cat-file', '--batch', '--buffer'], {
    input: paths.map((path) => `:${path}\n`),
  });
  const reader = new BatchReader(stream);
  const files: (Buffer | null)[] = [];
  try {
    for (const path of paths) files.push(await readAnswer(reader, path));
    if (!(await reader.isAtEnd())) throw unexpected();
    return files;
  } finally {
    await reader.stop();
  }
}

async function readAnswer(reader: BatchReader, path: string): Promise<Buffer | null> {
  const line = await reader.line();
  if (line === `:${path} missing`) return null;
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
