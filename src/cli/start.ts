import process from 'node:process';
import { endAllChildren } from '../sources/git/run.ts';
import type { Commands } from './dispatch.ts';
import { failureLine, textSink } from './failure.ts';
import { createHost } from './host.ts';
import { main } from './main.ts';
import { dieOfSignals, tell } from './signals.ts';

/**
 * The program around `main`. The exit code is 2 from the first moment and lowered only when everything went well: a
 * promise that is never kept ends Node with 0. https://github.com/nodejs/node/issues/22088
 */
export async function start(argv: readonly string[], bin: string, commands?: Commands): Promise<void> {
  process.exitCode = 2;
  const sink = textSink();
  let hasFailed = false;
  const fail = (error: unknown): void => {
    hasFailed = true;
    process.exitCode = 2;
    endAllChildren();
    tell(`${failureLine(error, sink)}\n`);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  dieOfSignals(endAllChildren);
  try {
    const code = await main(
      argv,
      { host: createHost(), stdout: process.stdout, stderr: process.stderr, sink, bin },
      commands,
    );
    if (!hasFailed) process.exitCode = code;
  } catch (error) {
    fail(error);
  }
}
