import process from 'node:process';
import { endAllChildren } from '../sources/git/run.ts';
import { endAll } from './at-end.ts';
import type { Commands } from './dispatch.ts';
import { textSink } from './failure.ts';
import { guardProcess } from './guard.ts';
import { createHost } from './host.ts';
import { main } from './main.ts';
import { programOf } from './program.ts';

/** The program around `main`. `bin` is the absolute path of the `bin/keyguard.js` that runs. */
export async function start(argv: readonly string[], bin: string, commands?: Commands): Promise<void> {
  const sink = textSink();
  const { finish, fail } = guardProcess(endEverything, sink);
  try {
    const {
      stdout,
      stderr,
      argv: [, started],
    } = process;
    const io = { host: createHost(), stdout, stderr, sink, bin, program: programOf(started) };
    await finish(await main(argv, io, commands));
  } catch (error) {
    fail(error);
  }
}

function endEverything(): void {
  endAllChildren();
  endAll();
}
