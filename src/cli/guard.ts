import process from 'node:process';
import { breath } from '../breath.ts';
import type { ExitCode } from './exit-code.ts';
import { failureLine } from './failure.ts';
import { dieOfSignals, tell } from './signals.ts';

export interface Guard {
  /** Lowers the exit code, unless something failed that nobody waited for, or a signal came while nobody listened. */
  readonly finish: (code: ExitCode) => Promise<void>;
  /** Says what went wrong; the code stays 2. */
  readonly fail: (error: unknown) => void;
}

/**
 * Makes every way out but `finish` end with 2: Node itself ends with 0 when a promise is never kept, and with 1, which
 * would mean findings, after an error that nobody caught. `verdict` stands first in the line that says what went wrong.
 */
export function guardProcess(endChildren: () => void, sink: (text: string) => string, verdict = ''): Guard {
  process.exitCode = 2;
  let hasFailed = false;
  const fail = (error: unknown): void => {
    hasFailed = true;
    process.exitCode = 2;
    endChildren();
    tell(`${lineOf(error, sink, verdict)}\n`);
    // Nobody reads it any more, and waiting for it would keep the process alive.
    process.stdin.destroy();
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  dieOfSignals(() => {
    hasFailed = true;
    endChildren();
  });
  const finish = async (code: ExitCode): Promise<void> => {
    await breath();
    process.exitCode = hasFailed ? 2 : code;
  };
  return { finish, fail };
}

function lineOf(error: unknown, sink: (text: string) => string, verdict: string): string {
  try {
    return failureLine(error, sink, verdict);
  } catch {
    // What hides keys does not work, so the message cannot be shown.
    return `keyguard: ${verdict}internal error; the scan is NOT complete`;
  }
}
