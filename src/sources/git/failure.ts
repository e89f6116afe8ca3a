/** How a git child ended. */
export interface GitEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started, or one of its streams broke. */
  readonly error: Error | null;
  readonly stderr: string;
}

/** One line: which command, how it ended, git's own words, what to do. `silenceMs` if it was ended for its silence. */
export function describeFailure(args: readonly string[], end: GitEnd, silenceMs: number | null): string {
  const command = `git ${args[0] ?? ''}`;
  if (silenceMs !== null)
    return `${command} gave no output for ${silenceMs / 1000} s and was ended; run it by hand to see what it waits for.`;
  if (end.signal !== null) return `${command} was ended by ${end.signal} before it was done; run keyguard again.`;
  if (end.code === null) return `${command} could not be started: ${end.error?.message ?? 'for an unknown reason'}.`;
  const words = lastWords(end.stderr) ?? end.error?.message ?? 'it gave no reason';
  return `${command} failed (exit ${end.code}): ${words}${remedy(end.stderr)}`;
}

/** The system reports a missing folder as a missing program. */
export function describeGoneFolder(folder: string): string {
  return `The current folder ${folder} does not exist any more; change to another one.`;
}

function lastWords(stderr: string): string | undefined {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.findLast((line) => /^(?:fatal|error):/u.test(line)) ?? lines.at(-1);
}

/** Git prints the command that trusts a folder of another owner below its message. */
function remedy(stderr: string): string {
  if (stderr.includes('from promisor remote'))
    return '; this clone is partial: git fetch --refetch --no-filter gets what it lacks';
  const trust = /git config --global --add safe\.directory .+/u.exec(stderr)?.[0];
  return trust === undefined ? '' : `; if you trust that folder: ${trust.trim()}`;
}
