import { writeSync } from 'node:fs';
import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * On a signal: end git with everything it started, say that the scan is not complete, and die of the same signal, so
 * that the caller sees it (130, 143). https://www.cons.org/cracauer/sigint.html
 */
export function dieOfSignals(endChildren: () => void): void {
  const onSignal = (signal: NodeJS.Signals): void => {
    // With the handlers gone a second signal ends the process at once.
    for (const name of SIGNALS) process.removeListener(name, onSignal);
    endChildren();
    tell('keyguard: interrupted; the scan is NOT complete\n');
    process.kill(process.pid, signal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
}

/** At once: the process is about to end, and a stream would keep the text for later. */
export function tell(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody listens any more; the way the process ends says it as well.
  }
}
