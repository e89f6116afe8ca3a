import { spawn } from 'node:child_process';
import type { Host } from '../host.ts';

/** How a program ended that may be anybody's. */
export interface Ended {
  /** Null: a signal ended it, it could not be started, or it took too long. */
  readonly code: number | null;
  /** The end of what it said, on both streams. It may hold anything: it is looked at, and never printed as it is. */
  readonly said: string;
}

export interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Host['env'];
  readonly atEnd: AtEnd;
}

/** Keeps what must happen when the program is ended from outside; gives what takes that back. */
export type AtEnd = (cleanUp: () => void) => () => void;

/** Without a terminal and with an end of time, as a client with windows starts it. */
export async function runToEnd({ program, args, cwd, env, atEnd }: Start, host: Host): Promise<Ended> {
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that whatever it starts ends with it. On Windows this would open a console window.
    detached: host.platform !== 'win32',
    windowsHide: true,
  });
  const end = (): void => {
    if (child.pid !== undefined) endGroup(host, child.pid);
  };
  const forget = atEnd(end);
  let said = '';
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString('latin1')).slice(-KEPT);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const timer = setTimeout(end, LONGEST_MS);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
    // What it left running in the background holds the streams open.
    child.on('exit', (code) => setTimeout(() => resolve(code), LEFT_RUNNING_MS).unref());
  });
  clearTimeout(timer);
  end();
  child.stdout.destroy();
  child.stderr.destroy();
  forget();
  return { code, said: Buffer.from(said, 'latin1').toString('utf8') };
}

const KEPT = 64 * 1024;
const LONGEST_MS = 10 * 60_000;
const LEFT_RUNNING_MS = 2000;

function endGroup(host: Host, pid: number): void {
  try {
    host.killGroup(pid, 'SIGKILL');
  } catch {
    // It has ended in this moment.
  }
}
