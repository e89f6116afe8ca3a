import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnv } from './repo.ts';

export interface RunResult {
  /** Exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

/** The built program; `KEYGUARD_BIN` runs the same tests against another one, as the packed tarball. */
export const KEYGUARD_BIN =
  process.env['KEYGUARD_BIN'] ?? fileURLToPath(new URL('../../bin/keyguard.js', import.meta.url));

/** Runs keyguard in `cwd` as a user would and waits for it. */
export function keyguard(cwd: string, args: readonly string[], options: RunOptions = {}): RunResult {
  const done = spawnSync(process.execPath, [KEYGUARD_BIN, ...args], {
    cwd,
    env: cleanEnv(options.env),
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (done.error !== undefined) throw done.error;
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}
