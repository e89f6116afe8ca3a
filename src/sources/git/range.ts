import type { Fragment, RawPath } from '../../model/fragment.ts';
import type { History, Source, SourceOptions } from '../source.ts';
import { ChangeLog } from './change-log.ts';
import { historyOf } from './history.ts';
import { type CommitSet, listCommits, shallowEdges } from './list-commits.ts';
import { type PushedObjects, pushedObjects } from './pushed-objects.ts';
import { fragmentsOfRange, type RangeContent, type Unreadable } from './range-fragments.ts';
import { readChanges } from './read-changes.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run.ts';

export interface RangeRequest extends CommitSet {
  /** How the scope is named: "main..HEAD". */
  readonly name: string;
  /** Objects that are no commits and travel with them: annotated tags, and what tags can name besides commits. */
  readonly others?: readonly string[];
  /** Names of branches and tags that become known by it. */
  readonly refs?: readonly RawPath[];
  /** How whoever made this clone is told to clone everything; git itself can, too. */
  readonly deepen?: string;
  /** What of the range is known not to be here. */
  readonly unreadable?: readonly Unreadable[];
}

/** What only git's own objects can know, for who reads on: the CI, the hooks. */
export interface RangeSource extends Source {
  readonly history: History;
  readonly commits: readonly string[];
}

/** A walk over a big history says nothing until it is over. */
const SILENCE_MS = 120_000;

/**
 * Everything that these commits bring in: each blob once, whatever a later commit did with it, their messages and
 * authors, the names of their files. Of a merge what differs from every parent. Listed before anything is read, so that
 * what is read can be counted against it.
 */
export async function openRangeSource(
  repository: Repository,
  request: RangeRequest,
  options: SourceOptions,
): Promise<RangeSource> {
  const git = { ...repository.git, silenceMs: Math.max(repository.git.silenceMs, SILENCE_MS) };
  const [commits, edges, pushed] = await Promise.all([
    listCommits(git, request),
    shallowEdges(repository),
    pushedObjects(git, request.others ?? []),
  ]);
  const { log, unread } = await logOf(git, commits, pushed);
  const cut = commits.filter((commit) => edges.has(commit));
  const content: RangeContent = {
    commits,
    tags: pushed.tags,
    log,
    refs: request.refs ?? [],
    unreadable: [
      ...(request.unreadable ?? []),
      ...unread,
      ...(cut.length === 0 ? [] : [shallow(cut, request.deepen)]),
      ...pushed.unread,
    ],
  };
  const { submodules } = log;
  return {
    scope: {
      kind: 'range',
      detail: `${request.name}: ${counted(commits.length)}, ${repository.isShallow ? 'in a shallow clone' : 'not shallow'}`,
      commits: commits.length,
    },
    commits,
    expected: commits.length + pushed.tags.length + log.blobCount + content.unreadable.length,
    skipped: submodules === 0 ? [] : [{ reason: 'submodule', count: submodules }],
    fragments: (): AsyncIterable<Fragment> => fragmentsOfRange(git, content, options),
    before: null,
    history: historyOf({ git, commits, log, include: request.include }, options),
  };
}

interface Listed {
  readonly log: ChangeLog;
  readonly unread: readonly Unreadable[];
}

/** What tags name besides commits counts as recorded by one more commit behind all others. */
async function logOf(git: Git, commits: readonly string[], { files }: PushedObjects): Promise<Listed> {
  const log = new ChangeLog();
  const unread: Unreadable[] = [];
  for await (const answer of readChanges(git, commits)) {
    if (answer.kind === 'changes') log.add(answer.commit, answer.changes);
    else unread.push({ message: whyUnread(commits[answer.commit] ?? '', answer.why) });
  }
  if (files.length > 0) log.add(commits.length, files);
  return { log, unread };
}

function whyUnread(commit: string, why: string): string {
  return `What commit ${commit.slice(0, 12)} changed could not be read (${why}); run git fsck, and in a partial clone fetch what it lacks.`;
}

function shallow(cut: readonly string[], deepen: string | undefined): Unreadable {
  const remedy =
    deepen === undefined
      ? 'run git fetch --unshallow, or let the CI clone everything (fetch-depth: 0)'
      : `let the CI clone everything (${deepen}), or let keyguard scan --fetch do it`;
  const [first = ''] = cut;
  const more = cut.length === 1 ? '' : ` and ${cut.length - 1} more`;
  return {
    message: `The clone is shallow and ends inside of this range, at commit ${first.slice(0, 12)}${more}; ${remedy}.`,
  };
}

function counted(commits: number): string {
  return `${commits} ${commits === 1 ? 'commit' : 'commits'}`;
}
