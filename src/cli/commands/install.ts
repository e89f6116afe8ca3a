import { DEFAULT_HOOKS, HOOK_NAMES, type HookName } from '../../hooks/hook-names.ts';
import type { InstallOptions } from '../../hooks/install.ts';
import { MANAGER_NAMES, type ManagerName } from '../../hooks/managers/manager.ts';
import { KeyguardError } from '../../errors.ts';
import { isCi } from '../ci.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { writeAll } from '../output.ts';
import { checkValue, choiceOf, type Parsed, valueOf } from '../parse.ts';
import { installText, uninstallText } from './install-text.ts';

/** A package calls it in `prepare`, so a build server and a folder that is no repository are no mistakes. */
export async function installCommand({ given }: Parsed, io: Io): Promise<ExitCode> {
  const options: InstallOptions = {
    hooks: hooksIn(valueOf(given, 'hooks')),
    manager: managerIn(valueOf(given, 'manager')),
    ifMissing: choiceOf(given, 'if-missing', ['block', 'warn']) ?? 'block',
    dryRun: given.has('dry-run'),
    keyguardBin: io.bin,
  };
  const isQuiet = given.has('quiet');
  if (isCi(io.host) && !given.has('force') && !options.dryRun) {
    return say(io, isQuiet ? '' : 'CI is set, so no hook was installed: nobody commits there. --force installs.\n');
  }
  try {
    const result = given.has('global') ? await globally(io, options) : await here(io, options);
    return await say(io, isQuiet ? '' : installText(result, io));
  } catch (error) {
    if (isQuiet && isNoRepository(error)) return 0;
    throw error;
  }
}

export async function uninstallCommand({ given }: Parsed, io: Io): Promise<ExitCode> {
  const options = { dryRun: given.has('dry-run') };
  const isGlobal = given.has('global');
  const { uninstallHooks } = await import('../../hooks/uninstall.ts');
  const { uninstallGlobally } = await import('../../hooks/install-globally.ts');
  const result = await (isGlobal ? uninstallGlobally(io.host, options) : uninstallHooks(io.host, options));
  return say(io, given.has('quiet') ? '' : uninstallText(result, isGlobal, io));
}

async function here(io: Io, options: InstallOptions) {
  const { installHooks } = await import('../../hooks/install.ts');
  return installHooks(io.host, options);
}

async function globally(io: Io, options: InstallOptions) {
  const { installGlobally } = await import('../../hooks/install-globally.ts');
  return installGlobally(io.host, options);
}

/** A list with commas, as people write one in a script. */
function hooksIn(list: string | null): readonly HookName[] {
  if (list === null) return DEFAULT_HOOKS;
  const words = list.split(/[,\s]+/u).filter((word) => word !== '');
  for (const word of words) checkValue('--hooks', word, HOOK_NAMES);
  if (words.length === 0) {
    throw new KeyguardError('usage', `--hooks names no hook; there are ${HOOK_NAMES.join(', ')}.`);
  }
  return HOOK_NAMES.filter((name) => words.includes(name));
}

function managerIn(word: string | null): ManagerName | null {
  if (word !== null) checkValue('--manager', word, MANAGER_NAMES);
  return MANAGER_NAMES.find((name) => name === word) ?? null;
}

/** git found none. One that it does not trust, or cannot read, is another matter. */
function isNoRepository(error: unknown): boolean {
  return (
    error instanceof KeyguardError && error.code === 'not-a-repository' && /not a git repository/u.test(error.message)
  );
}

async function say(io: Io, text: string): Promise<ExitCode> {
  await writeAll(io.stdout, text);
  return 0;
}
