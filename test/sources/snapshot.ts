import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every name below a folder with the hash of its content: what a scan may not change. */
export function snapshot(dir: string): Readonly<Record<string, string>> {
  const entries = readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(entries.map((name) => [name, describeFile(join(dir, name))]));
}

function describeFile(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (!stats.isFile()) return 'no file';
  return `${stats.mode} ${stats.mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}
