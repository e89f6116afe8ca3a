import { chmodSync } from 'node:fs';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { DEFAULT_HOOKS, HOOK_NAMES } from '../hooks/hook-names.ts';
import { installHooks } from '../hooks/install.ts';
import { wordsOf } from './codes.ts';
import type { Examination } from './examine.ts';
import { textOf } from './hook-state.ts';

/** One thing that `--fix` did, or why it could not. Both hold text from outside. */
export interface Mended {
  readonly command: string;
  readonly failed: string | null;
}

/** Does what takes nothing away from anybody: makes keyguard's own files executable, and installs again. */
export async function mend(
  host: Host,
  { checks, states }: Examination,
  keyguardBin: string,
): Promise<readonly Mended[]> {
  const mended: Mended[] = [];
  const wanted = checks.map((one) => ({ fix: wordsOf(one).fix, facts: one.facts }));
  for (const { facts } of wanted.filter(({ fix }) => fix === 'chmod')) {
    const path = facts['path'] ?? '';
    mended.push({ command: `chmod +x ${path}`, failed: await failureOf(async () => chmodSync(path, 0o755)) });
  }
  if (!wanted.some(({ fix }) => fix === 'install')) return mended;
  const named = wanted.filter(({ fix }) => fix === 'install').map(({ facts }) => facts['hook']);
  const there = states.filter(({ isRecorded, keyguard }) => isRecorded || keyguard !== null).map(({ name }) => name);
  const all = HOOK_NAMES.filter((name) => named.includes(name) || there.includes(name));
  const hooks = all.length === 0 ? DEFAULT_HOOKS : all;
  const texts = states.map(({ keyguard }) => (keyguard === null ? '' : (textOf(keyguard.at) ?? '')));
  const ifMissing = texts.some((text) => text.includes('this $what is NOT checked: $1')) ? 'warn' : 'block';
  const options = { hooks, manager: null, ifMissing, dryRun: false, keyguardBin } as const;
  const failed = await failureOf(async () => installHooks(host, options));
  return [...mended, { command: `keyguard install --hooks ${hooks.join(',')}`, failed }];
}

async function failureOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof KeyguardError || (error instanceof Error && 'code' in error)) return error.message;
    throw error;
  }
}
