import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BASELINE_FILE, CONFIG_FILE, IGNORE_FILE } from '../config/policy.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { openGit, runGit } from '../sources/git/run.ts';
import { check, type Check } from './check.ts';

/** The files by which this repository decides; hooks read them from the index. `read` throws where one cannot be read. */
export async function checkPolicy(
  host: Host,
  { top }: HookedRepository,
  read: () => Promise<unknown>,
): Promise<readonly Check[]> {
  const git = openGit({ ...host, cwd: top });
  const names = [CONFIG_FILE, IGNORE_FILE, BASELINE_FILE];
  const listed = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await runGit(git, [...args, '-z', '--', ...names])).stdout
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== '');
  const staged = await listed('ls-files', '--cached');
  const different = await listed('diff-files', '--name-only');
  const there = names.filter((name) => staged.includes(name) || existsSync(join(top, name)));
  const files = there.map((file) => {
    const isSame = staged.includes(file) && !different.includes(file);
    return check(isSame ? 'policy-in-force' : 'policy-not-staged', { file });
  });
  const broken = await whyBroken(read);
  return [...(there.length === 0 ? [check('policy-none')] : files), ...broken];
}

async function whyBroken(read: () => Promise<unknown>): Promise<readonly Check[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    return [check('policy-broken', { why: error.message })];
  }
}
