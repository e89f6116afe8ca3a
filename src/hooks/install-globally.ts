// One folder of hooks for all repositories of a user. It hides what each repository has in .git/hooks, so it passes on to
// that under every name that git knows. Where somebody has such a folder already, theirs are hidden already.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { openPorcelain, type Porcelain } from '../sources/git/porcelain.ts';
import { applyEdits } from './apply-edits.ts';
import type { Edit } from './edits.ts';
import { ALL_GIT_HOOKS, type HookName } from './hook-names.ts';
import { hookScript, passOnScript } from './hook-script.ts';
import { type InstallOptions, type InstallResult, slashed } from './install.ts';
import { ownFile } from './own-hook.ts';
import { uninstallFrom, type UninstallResult } from './uninstall.ts';

/** Throws `KeyguardError('install')` as `installHooks` does. */
export async function installGlobally(host: Host, options: InstallOptions): Promise<InstallResult> {
  const { keyguardBin, ifMissing, dryRun, hooks, manager } = options;
  if (manager !== null && manager !== 'template' && manager !== 'hooks-path') {
    throw refused(`--global sets core.hooksPath, so --manager ${manager} does not fit; leave it out`);
  }
  const git = openPorcelain(host);
  const place = manager === 'template' ? await templatePlace(git, host) : await hooksPlace(git, host);
  const isWindows = host.platform === 'win32';
  const parts = { ifMissing, node: slashed(host, host.execPath), bin: slashed(host, keyguardBin), folder: '' };
  const served = hooks.map((name) => {
    const text = hookScript({ ...parts, name, passesOn: place.passesOn });
    return ownFile(name, join(place.folder, name), text, isWindows);
  });
  const others = place.passesOn ? ALL_GIT_HOOKS.filter((name) => !isAmong(name, hooks)) : [];
  const passing = others.map((name) => ownFile(name, join(place.folder, name), passOnScript(name), isWindows));
  const edits: readonly Edit[] = [...served, ...passing, ...place.settings];
  if (!dryRun) await applyEdits(userFolder(host), edits, git);
  const notes = [...place.notes, ...(await notCovered(git)), ...lyingInProject(keyguardBin)];
  return {
    manager: 'global',
    found: place.found,
    dryRun,
    ifMissing,
    keyguardBin,
    node: host.execPath,
    edits,
    shared: [],
    notes,
  };
}

export async function uninstallGlobally(host: Host, options: { readonly dryRun: boolean }): Promise<UninstallResult> {
  const git = openPorcelain(host);
  const places = { hookFolders: [join(userFolder(host), 'keyguard', 'hooks')], repository: null };
  return uninstallFrom(userFolder(host), places, git, options.dryRun);
}

interface GlobalPlace {
  readonly folder: string;
  readonly found: string;
  /** Whether keyguard's folder is what hides the hooks of the repositories. */
  readonly passesOn: boolean;
  readonly settings: readonly Edit[];
  readonly notes: readonly string[];
}

async function hooksPlace(git: Porcelain, host: Host): Promise<GlobalPlace> {
  const own = join(userFolder(host), 'keyguard', 'hooks');
  const there = (await git.setting('core.hookspath', 'global')) ?? (await git.setting('core.hookspath', 'system'));
  const after = slashed(host, own);
  if (there !== null && there.value !== after) {
    const folder = expanded(there.value, host);
    if (folder === null)
      throw refused(
        `core.hooksPath is ${there.value} (${there.scope} configuration), which is no folder for all repositories; make it an absolute path`,
      );
    const found = `core.hooksPath is ${there.value} (${there.scope} configuration, ${there.origin})`;
    return {
      folder,
      found,
      passesOn: false,
      settings: [],
      notes: ['The hooks in .git/hooks of each repository were not run before, and are not run now.'],
    };
  }
  const done = there === null ? 'changed' : 'unchanged';
  const setting: Edit = { kind: 'setting', scope: 'global', key: 'core.hooksPath', before: null, after, done };
  return {
    folder: own,
    found: 'one folder of hooks for all repositories',
    passesOn: true,
    settings: [setting],
    notes: [],
  };
}

/** git copies it when a repository is made or cloned: https://git-scm.com/docs/git-init#_template_directory */
async function templatePlace(git: Porcelain, host: Host): Promise<GlobalPlace> {
  const there = await git.setting('init.templatedir');
  if (there === null)
    throw refused('init.templateDir is not set; run "git config --global init.templateDir ~/.git-template"');
  const folder = expanded(there.value, host);
  if (folder === null) throw refused(`init.templateDir is ${there.value}; make it an absolute path`);
  return {
    folder: join(folder, 'hooks'),
    found: `init.templateDir is ${there.value}`,
    passesOn: false,
    settings: [],
    notes: [
      'Only repositories that are made or cloned from now on have these hooks; "keyguard install" adds them to one that is there.',
    ],
  };
}

/** Where git keeps what a user decided: https://git-scm.com/docs/git-config#FILES */
function userFolder({ env }: Host): string {
  const home = env['HOME'] ?? env['USERPROFILE'];
  const folder = env['XDG_CONFIG_HOME'] || (home === undefined ? '' : join(home, '.config'));
  if (isAbsolute(folder)) return folder;
  throw refused('HOME is not set, so there is no folder for the hooks of a user; set it');
}

function expanded(value: string, { env }: Host): string | null {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  const path = value.startsWith('~/') ? join(home, value.slice(2)) : value;
  return isAbsolute(path) ? path : null;
}

async function notCovered(git: Porcelain): Promise<readonly string[]> {
  const here = (await git.setting('core.hookspath', 'worktree')) ?? (await git.setting('core.hookspath', 'local'));
  const general =
    'NOT covered: a repository with a core.hooksPath of its own, as husky sets it; run "keyguard install" in each.';
  if (here === null) return [general];
  return [general, `This repository is one: core.hooksPath is ${here.value} (${here.scope} configuration).`];
}

function lyingInProject(keyguardBin: string): readonly string[] {
  const folder = keyguardBin.split(/[\\/]node_modules[\\/]/u)[0] ?? '';
  if (folder === keyguardBin || !existsSync(join(folder, 'package.json'))) return [];
  return [
    `All repositories use the keyguard in ${folder} now; one that stays is installed by "npm install --global keyguard".`,
  ];
}

function isAmong(name: string, hooks: readonly HookName[]): boolean {
  return hooks.some((hook) => hook === name);
}

function refused(reason: string): KeyguardError {
  return new KeyguardError('install', `Nothing was installed: ${reason}, then run the command again.`);
}
