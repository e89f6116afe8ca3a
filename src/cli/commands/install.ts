import type { InstallResult } from '../../hooks/install.ts';
import type { HookChange } from '../../hooks/plan.ts';
import type { HookRemoval, UninstallResult } from '../../hooks/uninstall.ts';
import type { Io } from '../io.ts';

type Reader = Pick<Io, 'sink' | 'program'>;

/** Paths come from outside: each passes the sink before it stands in the text. */
export function installText(result: InstallResult, { sink, program }: Reader): string {
  return lines(
    installVerdict(result),
    ...result.hooks.map((change) => `  ${change.name}: ${changeText(change, sink)}`),
    'They run the keyguard in node_modules of the project, else',
    `  ${sink(result.keyguardBin)}`,
    'with the node on PATH, else',
    `  ${sink(result.node)}`,
    result.ifMissing === 'block'
      ? 'If node or keyguard is gone one day, a commit is stopped and told how to go on.'
      : 'If node or keyguard is gone one day, a commit goes on unchecked, with a warning.',
    isPassing(result.keyguardBin) && 'That copy is in a cache that will be cleared: install keyguard in the project.',
    ...LIMITS,
    `To undo: ${program} uninstall.`,
  );
}

export function uninstallText(result: UninstallResult, { sink, program }: Reader): string {
  if (result.hooks.length === 0)
    return lines(`keyguard is not installed in ${sink(result.hooksDir)}; nothing was changed.`);
  return lines(
    result.dryRun
      ? 'keyguard would take back its hooks; nothing was changed (--dry-run).'
      : 'keyguard took back its hooks; commits here are not checked any more.',
    ...result.hooks.map((removal) => `  ${removal.name}: ${removalText(removal, sink)}`),
    `To have it back: ${program} install.`,
  );
}

/** What a hook cannot do: https://git-scm.com/docs/githooks says when git runs which. */
const LIMITS = [
  'git does not run them in rebase, cherry-pick, revert and am, nor with',
  '--no-verify, so the gate is CI: run "npx keyguard scan" there too.',
];

function installVerdict({ hooks, dryRun }: InstallResult): string {
  if (hooks.every(({ done }) => done === 'unchanged'))
    return 'keyguard is already installed here; nothing was changed.';
  if (dryRun) return 'keyguard would check the commits here; nothing was changed (--dry-run).';
  return 'keyguard checks the commits of this repository from now on.';
}

function changeText({ done, path, previous }: HookChange, shown: (text: string) => string): string {
  const before = previous === null ? '' : `\n    runs the hook from before first, kept as ${shown(previous)}`;
  return `${shown(path)} (${CHANGES[done]})${before}`;
}

const CHANGES: Readonly<Record<HookChange['done'], string>> = {
  created: 'new',
  chained: 'new',
  updated: 'brought up to date',
  unchanged: 'as it was',
};

function removalText({ done, path }: HookRemoval, shown: (text: string) => string): string {
  return done === 'restored' ? `${shown(path)} (the hook from before is back)` : `${shown(path)} (removed)`;
}

/** npx keeps what it downloads for one run in `_npx`, pnpm and bun in folders of their own. */
function isPassing(keyguardBin: string): boolean {
  return /[\\/](?:_npx|dlx-[^\\/]*|dlx|bunx-[^\\/]*)[\\/]/u.test(keyguardBin);
}

function lines(...all: readonly (string | false)[]): string {
  return all
    .filter((line) => line !== false)
    .map((line) => `${line}\n`)
    .join('');
}
