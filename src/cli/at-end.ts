import process from 'node:process';

/** What must be taken away however the process ends. */
const waiting = new Set<() => void>();

/** Keeps it for `endAll`; gives what forgets it again. */
export function atEnd(cleanUp: () => void): () => void {
  // A closed terminal ends a process at once, unless somebody listens. Only where there is something to take away.
  if (waiting.size === 0) process.on('SIGHUP', dieOfHangup);
  waiting.add(cleanUp);
  return () => {
    waiting.delete(cleanUp);
    if (waiting.size === 0) process.removeListener('SIGHUP', dieOfHangup);
  };
}

/** The last that came goes first: a program ends before the folder that it writes to. */
export function endAll(): void {
  for (const cleanUp of [...waiting].toReversed()) {
    waiting.delete(cleanUp);
    cleanUp();
  }
}

function dieOfHangup(): void {
  process.removeListener('SIGHUP', dieOfHangup);
  endAll();
  process.kill(process.pid, 'SIGHUP');
}
