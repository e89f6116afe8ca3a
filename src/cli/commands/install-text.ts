import type { Edit, HookEdit } from '../../hooks/edits.ts';
import type { InstallResult } from '../../hooks/install.ts';
import type { Removal } from '../../hooks/removals.ts';
import type { UninstallResult } from '../../hooks/uninstall.ts';
import type { Io } from '../io.ts';

type Reader = Pick<Io, 'sink' | 'program'>;

/** Paths come from outside: each passes the sink before it stands in the text. */
export function installText(result: InstallResult, { sink, program }: Reader): string {
  const { shared, notes, edits } = result;
  return lines(
    installVerdict(result),
    `Found: ${sink(result.found)}.`,
    ...edits
      .filter((edit) => !isPassingOn(edit, edits))
      .flatMap((edit) => [`  ${changeText(edit, sink)}`, ...(result.dryRun ? linesAdded(edit, sink) : [])]),
    passedOn(edits),
    ...notes.map((note) => sink(note)),
    shared.length > 0 && `Commit ${shared.map((path) => sink(path)).join(', ')}, so that others have it, too.`,
    'They run the keyguard in node_modules of the project, else',
    `  ${sink(result.keyguardBin)}`,
    'with the node on PATH, else',
    `  ${sink(result.node)}`,
    result.ifMissing === 'block'
      ? 'If node or keyguard is gone one day, a commit is stopped and told how to go on.'
      : 'If node or keyguard is gone one day, a commit goes on unchecked, with a warning.',
    isPassing(result.keyguardBin) && 'That copy is in a cache that will be cleared: install keyguard in the project.',
    ...LIMITS,
    edits.some((edit) => edit.kind === 'hook' && edit.name === 'pre-push') &&
      'pre-push looks at what they made, before it leaves this machine.',
    `To undo: ${program} uninstall${result.manager === 'global' ? ' --global' : ''}.`,
  );
}

export function uninstallText(result: UninstallResult, isGlobal: boolean, { sink, program }: Reader): string {
  const option = isGlobal ? ' --global' : '';
  if (result.removals.length === 0)
    return lines(`keyguard is not installed in ${sink(result.folder)}; nothing was changed.`);
  return lines(
    result.dryRun
      ? 'keyguard would take back its hooks; nothing was changed (--dry-run).'
      : 'keyguard took back its hooks; commits here are not checked any more.',
    ...result.removals.map((removal) => `  ${removalText(removal, sink)}`),
    `To have it back: ${program} install${option}.`,
  );
}

/** What a hook cannot do: https://git-scm.com/docs/githooks says when git runs which. */
const LIMITS = [
  'git runs no commit hook in rebase, cherry-pick, revert and am, nor with',
  '--no-verify, so the gate is CI: run "npx keyguard scan" there too.',
];

function installVerdict({ edits, dryRun, manager }: InstallResult): string {
  if (edits.every(({ done }) => done === 'unchanged'))
    return 'keyguard is already installed here; nothing was changed.';
  const where = manager === 'global' ? 'in all repositories of this user' : 'of this repository';
  if (dryRun) return `Nothing was changed (--dry-run). keyguard would check the commits\n${where}.`;
  return `keyguard checks the commits ${where} from now on.`;
}

type Shown = (text: string) => string;

function changeText(edit: Edit, shown: Shown): string {
  const { done } = edit;
  if (edit.kind === 'setting')
    return `${edit.key} = ${shown(edit.after)} (${edit.scope} configuration, ${CHANGES[done]})`;
  if (edit.kind === 'copy') return `keyguard: ${shown(edit.path)} (a copy that node can read)`;
  if (edit.kind === 'text')
    return `${edit.hooks.join(', ') || 'for git'}: ${shown(edit.path)} (${TEXT_CHANGES[edit.done]})`;
  const before = edit.previous === null ? '' : `\n    runs the hook from before first, kept as ${shown(edit.previous)}`;
  const name = edit.name === 'run' ? 'which calls' : edit.name;
  return `${name}: ${shown(edit.path)} (${CHANGES[done]})${before}`;
}

/** What a dry run would put into files that others share. */
function linesAdded(edit: Edit, shown: Shown): readonly string[] {
  if (edit.kind !== 'text' || edit.done === 'unchanged') return [];
  const before = new Set((edit.before ?? '').split(/\r?\n/u));
  const added = edit.after.split(/\r?\n/u).filter((line) => !before.has(line));
  return added.map((line) => `    + ${shown(Buffer.from(line, 'latin1').toString())}`);
}

const CHANGES: Readonly<Record<Edit['done'], string>> = {
  created: 'new',
  chained: 'new',
  changed: 'set',
  updated: 'brought up to date',
  unchanged: 'as it was',
};

const TEXT_CHANGES = { created: 'new', changed: 'lines added', unchanged: 'as it was' } as const;

/** Hooks of a folder for all repositories that hold nothing of keyguard. */
function isPassingOn(edit: Edit, all: readonly Edit[]): boolean {
  return isGlobalFolder(all) && edit.kind === 'hook' && !/^exec "\$node" "\$bin"/mu.test(edit.text);
}

function isGlobalFolder(edits: readonly Edit[]): boolean {
  return edits.some((edit) => edit.kind === 'setting' && edit.scope === 'global');
}

function passedOn(edits: readonly Edit[]): string | false {
  const passing = edits.filter((edit): edit is HookEdit => isPassingOn(edit, edits) && edit.kind === 'hook');
  return passing.length > 0 && `  ${passing.length} other hooks there run what each repository has in .git/hooks.`;
}

function removalText({ kind, path, done }: Removal, shown: Shown): string {
  if (done === 'removed') return `${shown(path)} (removed)`;
  return `${shown(path)} (${kind === 'hook' ? 'the hook from before is back' : 'as it was before'})`;
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
