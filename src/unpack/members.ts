import { memberOfGzip, memberOfZlib } from './gzip.ts';
import { trouble, type Item } from './member.ts';
import { membersOfPdf } from './pdf.ts';
import { membersOfPng } from './png.ts';
import type { ContainerKind } from './recognize.ts';
import { membersOfSqlite } from './sqlite.ts';
import { membersOfTar } from './tar.ts';
import { membersOfZip } from './zip.ts';

/** The bytes of a container: in one piece, or as they come, again for each call. */
export type ContainerBytes = { readonly held: Buffer } | { readonly stream: () => AsyncIterable<Buffer> };

/** What is in a container, in the order of its bytes. */
export async function* membersOf(kind: ContainerKind, bytes: ContainerBytes): AsyncGenerator<Item, void, undefined> {
  const stream = 'held' in bytes ? () => once(bytes.held) : bytes.stream;
  if (kind === 'gzip') yield memberOfGzip(stream);
  else if (kind === 'zlib') yield memberOfZlib(stream);
  else if (kind === 'tar') yield* membersOfTar(stream());
  else if ('held' in bytes) yield* HELD[kind](bytes.held);
}

const HELD: Readonly<Record<Exclude<ContainerKind, 'gzip' | 'zlib' | 'tar'>, (bytes: Buffer) => Iterable<Item>>> = {
  zip: membersOfZip,
  pdf: membersOfPdf,
  png: membersOfPng,
  sqlite: membersOfSqlite,
  closed: () => [trouble('unsupported-container')],
};

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
