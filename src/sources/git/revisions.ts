import { KeyguardError } from '../../errors.ts';
import type { Repository } from './repository.ts';
import { resolveCommits } from './resolve.ts';
import { runGit } from './run.ts';

/** What was asked for, in the words in which it was. */
export type AskedRange =
  | { readonly kind: 'range'; readonly text: string }
  | { readonly kind: 'since'; readonly text: string };

/** Two commits: what `to` has and `from` has not. */
export interface RevisionRange {
  /** `main..HEAD` */
  readonly name: string;
  /** As they were typed. */
  readonly ends: readonly [from: string, to: string];
  readonly from: string;
  readonly to: string;
  /** Where the two have parted; null if they have nothing in common. */
  readonly base: string | null;
}

/**
 * What two revisions mean here. `A...B` counts from where the two have parted, which is what `A..B` lists; git itself
 * would list both sides. Throws `KeyguardError` (`usage`) with the remedy where one is not known.
 */
export async function resolveRange(repository: Repository, asked: AskedRange): Promise<RevisionRange> {
  const { from, to, isFromBase } = asked.kind === 'since' ? sinceOf(asked.text) : endsOf(asked.text);
  const [start, end] = await resolveCommits(repository, [from, to]);
  if (start === null || start === undefined) throw unknown(repository, asked, from);
  if (end === null || end === undefined) throw unknown(repository, asked, to);
  const base = await mergeBase(repository, start.oid, end.oid);
  if (base === null && isFromBase) throw unrelated(repository, from, to);
  const name = asked.kind === 'since' ? `since ${from}` : asked.text;
  return { name, ends: [from, to], from: start.oid, to: end.oid, base };
}

/** Null if two commits have none, as far as this clone knows. */
export async function mergeBase({ git }: Repository, one: string, other: string): Promise<string | null> {
  const { code, stdout } = await runGit(git, ['merge-base', one, other], { ok: [0, 1] });
  return code === 0 ? stdout.toString('latin1').trim() : null;
}

interface Ends {
  readonly from: string;
  readonly to: string;
  readonly isFromBase: boolean;
}

function sinceOf(text: string): Ends {
  if (text.includes('..'))
    throw new KeyguardError('usage', `--since takes one revision; for ${text} write --range ${text}.`);
  if (text === '') throw new KeyguardError('usage', '--since takes a revision, as --since main.');
  return { from: text, to: 'HEAD', isFromBase: false };
}

/** An end that is left out is HEAD, as for git. https://git-scm.com/docs/gitrevisions#_specifying_ranges */
function endsOf(text: string): Ends {
  const parts = /^(?<from>.*?)(?<dots>\.{2,})(?<to>.*)$/u.exec(text)?.groups;
  const [from = '', dots = '', to = ''] = [parts?.['from'], parts?.['dots'], parts?.['to']];
  if (dots === '') {
    const advice = text === '' ? 'write A..B.' : `write ${text}..HEAD, or --since ${text}.`;
    throw new KeyguardError('usage', `--range takes two revisions, and "${text}" is one; ${advice}`);
  }
  if (dots.length > 3 || to.includes('..') || (from === '' && to === ''))
    throw new KeyguardError('usage', `--range ${text} cannot be read; write A..B, as main..HEAD.`);
  return { from: from || 'HEAD', to: to || 'HEAD', isFromBase: dots.length === 3 };
}

function unknown({ isShallow }: Repository, { kind, text }: AskedRange, name: string): KeyguardError {
  const which = text === name ? '' : ` (in ${text})`;
  const remedy = isShallow
    ? 'this clone is shallow: git fetch --unshallow, or let the CI clone everything (fetch-depth: 0).'
    : 'check its name, or git fetch it first.';
  return new KeyguardError('usage', `--${kind}: no commit is known here as "${name}"${which}; ${remedy}`);
}

function unrelated({ isShallow }: Repository, from: string, to: string): KeyguardError {
  const remedy = isShallow
    ? 'this clone is shallow: git fetch --unshallow, or let the CI clone everything (fetch-depth: 0).'
    : `write ${from}..${to} for all commits of ${to}.`;
  return new KeyguardError('usage', `--range: ${from} and ${to} have no commit in common; ${remedy}`);
}
