import process from 'node:process';
import { endAllChildren } from '../sources/git/run.ts';
import type { Commands } from './dispatch.ts';
import { textSink } from './failure.ts';
import { guardProcess } from './guard.ts';
import { createHost } from './host.ts';
import { main } from './main.ts';

/** The program around `main`. `bin` is the absolute path of the `bin/keyguard.js` that runs. */
export async function start(argv: readonly string[], bin: string, commands?: Commands): Promise<void> {
  const sink = textSink();
  const { finish, fail } = guardProcess(endAllChildren, sink);
  try {
    const io = { host: createHost(), stdout: process.stdout, stderr: process.stderr, sink, bin };
    finish(await main(argv, io, commands));
  } catch (error) {
    fail(error);
  }
}
