import type { Finding, Occurrence } from '../../model/finding.ts';
import { counted } from './list.ts';
import { shortId } from './place.ts';

const MOST = 3;

/** What of a secret's way through the history its place does not tell, a sentence each. */
export function occurrencesInWords({ location, occurrences = [] }: Finding): readonly string[] {
  const isHere = ({ kind, path }: Occurrence): boolean => kind === location.kind && path === location.path;
  const later = occurrences.find((occurrence) => isHere(occurrence) && occurrence.lastCommit !== null);
  const others = occurrences.filter((occurrence) => !isHere(occurrence) && !isToldOf(occurrence, occurrences));
  const more = others.length - MOST;
  return [
    ...(location.commit?.atHead === false ? ['A later commit took it out there; the history keeps it.'] : []),
    ...(later?.lastCommit == null ? [] : [`Recorded there again, up to commit ${shortId(later.lastCommit)}.`]),
    ...others.slice(0, MOST).map(inWords),
    ...(more > 0 ? [`And at ${counted(more, 'more place', 'more places')}.`] : []),
  ];
}

/** A file of the tree of which a commit is told is not told again. */
function isToldOf({ kind, path, firstCommit }: Occurrence, all: readonly Occurrence[]): boolean {
  if (firstCommit !== null || kind !== 'blob') return false;
  return all.some((other) => other.firstCommit !== null && other.kind === kind && other.path === path);
}

function inWords({ kind, path, firstCommit, lastCommit, atHead }: Occurrence): string {
  const where = path === null ? NAMES[kind] : kind === 'path' ? `the file name ${path}` : path;
  const commits = firstCommit === lastCommit ? [firstCommit] : [firstCommit, lastCommit];
  const ids = commits.filter((id) => id !== null).map(shortId);
  const when = ids.length === 0 ? '' : ids.length === 1 ? ` in commit ${ids[0]}` : ` in commits ${ids.join(' to ')}`;
  return `Also in ${where}${when}${atHead === false ? ', taken out again' : ''}.`;
}

const NAMES: Readonly<Record<Occurrence['kind'], string>> = {
  blob: 'a file',
  message: 'a commit message',
  author: "an author's name",
  tag: 'a tag message',
  ref: 'the name of a branch or tag',
  path: 'a file name',
  config: 'the configuration of git',
};
