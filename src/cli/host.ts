import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';

/** The machine as this process sees it. Throws `KeyguardError` when `SOURCE_DATE_EPOCH` is no date. */
export function createHost(): Host {
  return {
    env: process.env,
    cwd: currentFolder(),
    platform: process.platform,
    execPath: process.execPath,
    today: dateOf(process.env['SOURCE_DATE_EPOCH']),
    // Made when it is asked for: opening it loads Node's network code.
    get stdin() {
      return process.stdin;
    },
    killGroup: process.platform === 'win32' ? killTree : killGroup,
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new KeyguardError('usage', 'the current folder does not exist any more; go to another one.', { cause });
  }
}

/** Seconds since 1970, as reproducible builds set it: https://reproducible-builds.org/specs/source-date-epoch/ */
function dateOf(epoch: string | undefined): string {
  const date =
    epoch === undefined || epoch === '' ? new Date() : new Date(/^\d+$/u.test(epoch) ? Number(epoch) * 1000 : NaN);
  const isDate = !Number.isNaN(date.getTime()) && date.getUTCFullYear() < 10_000;
  if (isDate) return date.toISOString().slice(0, 10);
  throw new KeyguardError('usage', 'SOURCE_DATE_EPOCH is not a number of seconds since 1970; correct it or unset it.');
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}

/** Windows has no groups; a child that is ended leaves its own children behind. */
function killTree(pid: number): void {
  const taskkill = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  spawnSync(taskkill, ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
}
