import { KeyguardError } from '../../errors.ts';
import { type CommitChange, CommitChangeReader, END_OF_COMMITS } from './commit-changes.ts';
import type { Git } from './run.ts';
import { streamGit } from './run.ts';

/** What one commit changed, or that it cannot be told. Each commit that was asked for has one answer or more. */
export type ChangesOfCommit =
  | { readonly kind: 'changes'; readonly commit: number; readonly changes: readonly CommitChange[] }
  | { readonly kind: 'unread'; readonly commit: number; readonly why: string };

/**
 * `-c` shows of a merge what differs from every parent: what one side changed alone is in a commit of that side. Raw,
 * never a patch, as in `diff-index.ts`. `--always` names a commit without changes, too, so that each one is answered.
 */
const HOW = ['--stdin', '-r', '--root', '--always', '--raw', '-z', '--no-abbrev', '--no-renames'];

/** Each costs a start of git; a clone that lacks more is told as a whole. */
const MOST_UNREAD = 32;

/**
 * What each of these commits changed, in their order; `commit` is the index in the list. One git for all of them, begun
 * again behind a commit whose trees cannot be read. Throws `KeyguardError` if git dies or leaves out an answer.
 */
export async function* readChanges(
  git: Git,
  commits: readonly string[],
  merges: 'against-all' | 'against-each' = 'against-all',
): AsyncGenerator<ChangesOfCommit, void, undefined> {
  let next = 0;
  for (let unread = 0; next < commits.length; unread += 1) {
    const why = yield* readFrom(git, commits, next, merges, (done) => {
      next = done;
    });
    if (why === null) return;
    if (unread === MOST_UNREAD)
      throw new KeyguardError('git', `${why}, and more commits cannot be read; run git fsck.`);
    yield { kind: 'unread', commit: next, why };
    next += 1;
  }
}

/** Null if all were read, else why `next`, which was told last, was not. */
async function* readFrom(
  git: Git,
  commits: readonly string[],
  first: number,
  merges: 'against-all' | 'against-each',
  setNext: (next: number) => void,
): AsyncGenerator<ChangesOfCommit, string | null, undefined> {
  const how = [...HOW, merges === 'against-all' ? '-c' : '-m'];
  const stream = streamGit(git, ['diff-tree', ...how], { input: linesOf(commits, first), ok: [0, 128] });
  const reader = new CommitChangeReader();
  let next = first;
  let changes: CommitChange[] = [];
  for (;;) {
    const piece = await stream.next();
    if (piece.done === true) {
      if (next > first) yield { kind: 'changes', commit: next - 1, changes };
      setNext(next);
      // It dies of a tree that it cannot read before it says anything of that commit.
      if (piece.value.code === 128 && next < commits.length) return lastLine(piece.value.stderr);
      reader.end();
      for (; next < commits.length; next += 1) yield unanswered(next);
      setNext(next);
      return null;
    }
    for (const entry of reader.read(piece.value)) {
      if (!('commit' in entry)) {
        if (next === first) throw outOfStep();
        changes.push(entry);
        continue;
      }
      if (next > first) yield { kind: 'changes', commit: next - 1, changes };
      changes = [];
      // Of a merge against each parent it names the commit once for each of them.
      if (next > first && entry.commit === commits[next - 1]) continue;
      for (; next < commits.length && commits[next] !== entry.commit; next += 1) yield unanswered(next);
      if (next === commits.length) throw outOfStep();
      next += 1;
    }
  }
}

/** Git passes over what it cannot take for a commit without a word. */
function unanswered(commit: number): ChangesOfCommit {
  return { kind: 'unread', commit, why: 'it is missing or corrupt' };
}

function* linesOf(commits: readonly string[], first: number): Generator<string, void, undefined> {
  for (let at = first; at < commits.length; at += 4096) yield `${commits.slice(at, at + 4096).join('\n')}\n`;
  yield `${END_OF_COMMITS}\n`;
}

function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? 'git gave no reason').replace(/^fatal: /u, '').trim();
}

function outOfStep(): KeyguardError {
  return new KeyguardError('git', 'git diff-tree named a commit that it was not asked for; run keyguard again.');
}
