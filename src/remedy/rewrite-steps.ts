import type { LocalCommit, Shown, Step } from '../model/finding.ts';
import type { Case } from './case.ts';
import { placeOf } from './place.ts';
import { pathForCommand } from './safe-command.ts';
import { editing, isEnvFile, lineToIgnore, onFiles, takeOut, unstageEnv } from './take-out-steps.ts';

/** The key may be all that the commit brought in: without `--allow-empty` git would refuse to amend it. */
const AMEND = 'git commit --amend --no-edit --allow-empty';

/** How the key leaves the commits that nobody else has, and the place where it was found if that is another one. */
export function rewrite(about: Case): Step[] {
  const { finding, exposure, situation, say } = about;
  const { kind } = finding.location;
  const commits = exposure.broughtBy ?? [];
  if (kind === 'tag') return [{ text: say('retag') }];
  if (kind === 'ref') return [{ text: say('rename-ref') }];
  if (kind === 'message' && commits.length === 0 && situation.scope !== 'message')
    return [{ text: say('reword'), command: 'git commit --amend' }];
  if (commits.some(({ isElsewhere }) => isElsewhere === true))
    return [{ text: say('rebase-elsewhere', { commits: namesOf(commits, about) }) }];
  const [held, said] = [commits.filter(hasFiles), commits.filter((commit) => !hasFiles(commit))];
  const sayAnew = said.length === 0 ? [] : [rewriteSaying(said, about)];
  return held.length === 0 && said.length > 0 ? sayAnew : [...rewriteFiles(held, about), ...sayAnew];
}

function hasFiles({ paths }: LocalCommit): boolean {
  return paths.length > 0;
}

/** A message or an author is no file, and nothing has to be staged. */
function rewriteSaying(commits: readonly LocalCommit[], about: Case): Step {
  const { finding, say } = about;
  const isAuthor = finding.location.kind === 'author';
  if (onlyHead(commits) !== null)
    return isAuthor
      ? typed(say('amend-author'), `${AMEND} --reset-author`, about)
      : typed(say('reword'), 'git commit --amend', about);
  const text = say(isAuthor ? 'rebase-author' : 'rebase-message', { commits: namesOf(commits, about) });
  return typed(text, rebaseCommand(commits), about);
}

function rewriteFiles(commits: readonly LocalCommit[], about: Case): Step[] {
  const { finding, say } = about;
  const last = onlyHead(commits);
  if (!isFoundIn(commits, about))
    return [...takeOut(about), last === null ? rebase(commits, about) : amendToo(last.paths, about)];
  if (last === null) return [rebase(commits, about)];
  if (finding.location.kind === 'path') return [{ text: say('rename') }, typed(say('amend'), AMEND, about)];
  if (isEnvFile(about)) {
    const others = last.paths.filter((path) => path !== finding.location.path);
    const amend = typed(say('amend'), AMEND, about);
    return [unstageEnv(about), amend, ...(others.length === 0 ? [] : [amendToo(others, about)])];
  }
  const text = say('edit-and-amend', { ...editing(about), file: filesOf(last.paths, about) });
  return [onFiles(about, text, AMEND, last.paths)];
}

/** What only this machine still has of it. */
export function dropLeftovers(about: Case): Step[] {
  const leftovers = { text: about.say('drop-leftovers'), command: 'git stash list' };
  return about.situation.scope === 'staged' ? [...takeOut(about), leftovers] : [leftovers];
}

/** HEAD, if no commit before it brought the key in: then to amend it is enough. */
function onlyHead([first, ...others]: readonly LocalCommit[]): LocalCommit | null {
  return first?.isHead === true && others.length === 0 ? first : null;
}

function isFoundIn(commits: readonly LocalCommit[], { finding, situation }: Case): boolean {
  const { kind, path } = finding.location;
  if (situation.scope === 'staged' || (kind !== 'blob' && kind !== 'path') || path === null) return false;
  return commits.some(({ paths }) => paths.includes(path));
}

function amendToo(paths: readonly Shown[], about: Case): Step {
  return onFiles(about, about.say('amend-too', { files: filesOf(paths, about) }), AMEND, paths);
}

/** An amended HEAD would hide what an older commit still holds: it would be pushed with it. */
function rebase(commits: readonly LocalCommit[], about: Case): Step {
  const { situation, say } = about;
  const [oldest] = commits;
  if (oldest === undefined) return typed(say('rebase-unknown'), 'git log --oneline HEAD --not --remotes', about);
  const files = filesOf([...new Set(commits.flatMap(({ paths }) => paths))], about);
  const isEnv = isEnvFile(about) && isFoundIn(commits, about);
  const isName = about.finding.location.kind === 'path';
  const how = isName
    ? say('rebase-rename')
    : isEnv
      ? say('rebase-env', { line: lineToIgnore(about) })
      : say('rebase-edit', editing(about));
  const when = situation.scope === 'staged' ? 'rebase-later' : 'rebase';
  return typed(say(when, { commits: namesOf(commits, about), files, how }), rebaseCommand(commits), about);
}

function rebaseCommand([oldest]: readonly LocalCommit[]): string {
  // Without it a rebase would copy what was merged in, which others may have, one by one.
  const merges = oldest?.hasMerge === true ? ' --rebase-merges' : '';
  return `git rebase -i${merges} ${oldest?.parent == null ? '--root' : short(oldest.parent)}`;
}

/** In a build nobody types. */
function typed(text: string, command: string, { situation }: Case): Step {
  return situation.inCi ? { text } : { text, command };
}

const MOST_NAMED = 3;

function namesOf(commits: readonly LocalCommit[], { say }: Case): string {
  const names = commits.slice(0, MOST_NAMED).map(({ id }) => short(id));
  const more = commits.length - names.length;
  return [...names, ...(more > 0 ? [say('more-commits', { count: String(more) })] : [])].join(', ');
}

/** As git shortens the ids of the biggest repositories. */
function short(id: string): string {
  return id.slice(0, 12);
}

/** Of the files of a commit. Names with unusual characters are not repeated. */
function filesOf(paths: readonly Shown[], about: Case): string {
  const { finding, situation, say } = about;
  if (paths.length === 1 && paths[0] === finding.location.path) return placeOf(about);
  const isPlain = paths.every((path) => pathForCommand(path, situation) !== null);
  return isPlain ? paths.join(', ') : say('committed-files');
}
