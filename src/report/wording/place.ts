import type { Location } from '../../model/finding.ts';

/** For the end of a sentence: "src/app.ts:12", "the commit message, line 3". */
export function placeInSentence(location: Location): string {
  if (location.kind === 'path') return nameOfFile(location);
  return location.path === null
    ? `${WITHOUT_PATH[location.kind]}, line ${location.line}`
    : `${fileOf(location)}:${location.line}`;
}

/** To jump to: "src/app.ts:12:17", which terminals and editors open with a click. */
export function placeToOpen(location: Location): string {
  if (location.kind === 'path') return nameOfFile(location);
  return location.path === null
    ? `${WITHOUT_PATH[location.kind]}, line ${location.line}, column ${location.column}`
    : `${fileOf(location)}:${location.line}:${location.column}`;
}

/** "a.zip › config/.env" where it lies in a container. */
function fileOf({ path, member }: Location): string {
  return member === undefined ? (path ?? '') : `${path ?? ''} › ${member}`;
}

/** " in commit 1a2b3c4, 2026-11-19", behind a place; '' where no commit is known. */
export function commitInWords({ commit }: Location): string {
  if (commit === undefined) return '';
  return ` in commit ${shortId(commit.id)}${commit.date === null ? '' : `, ${commit.date.slice(0, 10)}`}`;
}

/** Enough to find it, and short enough to be read. */
export function shortId(id: string): string {
  return id.slice(0, 10);
}

function nameOfFile(location: Location): string {
  return location.path === null ? WITHOUT_PATH.path : `the file name ${location.path}`;
}

const WITHOUT_PATH: Readonly<Record<Location['kind'], string>> = {
  blob: 'standard input',
  message: 'the commit message',
  author: "the author's name",
  tag: 'the tag message',
  ref: 'the name of a branch or tag',
  path: 'a file name',
  config: 'the configuration of git',
};
