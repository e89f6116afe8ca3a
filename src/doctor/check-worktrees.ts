import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Host } from '../host.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { check, type Check } from './check.ts';
import { isHuskys } from './check-hooks.ts';
import { otherWorktrees } from './worktrees.ts';

/** A relative core.hooksPath is looked for in each worktree, and husky writes its folder in none by itself. */
export async function checkWorktrees(host: Host, repository: HookedRepository): Promise<readonly Check[]> {
  const { hooksPath } = repository;
  if (hooksPath === null || hooksPath.value === '' || /^[~%]/u.test(hooksPath.value) || isAbsolute(hooksPath.value))
    return [];
  const folder = hooksPath.value;
  const bare = (await otherWorktrees(host, repository)).filter((place) => !existsSync(join(place, folder)));
  return bare.map((place) => check('worktree-without-hooks', { place, folder, command: commandFor(place, folder) }));
}

function commandFor(place: string, folder: string): string {
  const there = `cd '${place.replaceAll("'", String.raw`'\''`)}'`;
  return isHuskys(folder) ? `${there} && npx husky` : `${there} && git checkout -- '${folder}'`;
}
