import { join } from 'node:path';
import type { HookedRepository } from '../hooks/repository.ts';
import { check, type Check } from './check.ts';
import type { Running } from './check-programs.ts';
import { textOf } from './hook-state.ts';

/** git, node and keyguard, and the keyguard that the project has pinned. */
export function checkVersions(repository: HookedRepository, { version }: Running, node: string): readonly Check[] {
  const git = repository.gitVersion.join('.');
  const [major = 0, minor = 0] = repository.gitVersion;
  const versions = check('git-version', { version: git, node, keyguard: version });
  const old = major < 2 || (major === 2 && minor < 32) ? [check('git-old', { version: git })] : [];
  return [versions, ...old, ...checkLock(repository, version)];
}

function checkLock({ top, folder }: HookedRepository, runs: string): readonly Check[] {
  for (const { file, pinned, command } of LOCKS) {
    for (const place of new Set([folder, ''])) {
      const name = place === '' ? file : `${place}/${file}`;
      const version = pinned.exec(textOf(join(top, name)) ?? '')?.groups?.['version'];
      if (version === undefined) continue;
      return [check(version === runs ? 'lock-same' : 'lock-differs', { file: name, version, runs, command })];
    }
  }
  return [];
}

/** Each format names a package and its version in one place. */
const LOCKS = [
  {
    file: 'package-lock.json',
    pinned: /"node_modules\/keyguard":\s*\{\s*"version":\s*"(?<version>[^"]+)"/u,
    command: 'npm ci',
  },
  {
    file: 'pnpm-lock.yaml',
    pinned: /^ {2}'?\/?keyguard[@/](?<version>\d[^:('@]*)/mu,
    command: 'pnpm install --frozen-lockfile',
  },
  {
    file: 'yarn.lock',
    pinned: /^"?keyguard@[^\n]*:\r?\n\s+version:?\s+"?(?<version>[^"\s]+)/mu,
    command: 'yarn install --immutable',
  },
  {
    file: 'bun.lock',
    pinned: /"keyguard":\s*\["keyguard@(?<version>[^"]+)"/u,
    command: 'bun install --frozen-lockfile',
  },
] as const;
