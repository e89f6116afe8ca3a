import { chmodSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepo } from '../helpers/repo.ts';

/** Takes a loose object away. */
export function removeObject(repo: TestRepo, oid: string): void {
  rmSync(looseObject(repo, oid));
}

/** Puts something else in the place of a loose object. */
export function corruptObject(repo: TestRepo, oid: string, content = 'no zlib stream'): void {
  chmodSync(looseObject(repo, oid), 0o644);
  writeFileSync(looseObject(repo, oid), content);
}

export function truncateObject(repo: TestRepo, oid: string, bytes: number): void {
  chmodSync(looseObject(repo, oid), 0o644);
  truncateSync(looseObject(repo, oid), bytes);
}

function looseObject(repo: TestRepo, oid: string): string {
  return join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
}
