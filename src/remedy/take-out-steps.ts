import type { Shown, Step } from '../model/finding.ts';
import type { Case } from './case.ts';
import { placeOf } from './place.ts';
import { pathForCommand } from './safe-command.ts';

/** `-f` only lifts the check that the file is as it was staged; with `--cached` git leaves the file alone. */
const UNSTAGE = 'git rm --cached -f';

/** How the key leaves what is about to be committed. `git restore --staged` alone would leave it in the file. */
export function takeOut(about: Case): Step[] {
  const { finding, situation, say } = about;
  if (finding.location.kind === 'path') return [{ text: say('rename') }];
  if (finding.location.kind === 'message') return [{ text: say('reword') }];
  if (situation.scope === 'stdin') return [{ text: say('take-out-of-input') }];
  if (finding.location.kind !== 'blob') return [{ text: say('take-out-elsewhere') }];
  const file = placeOf(about);
  if (situation.scope !== 'staged')
    return [
      isEnvFile(about)
        ? { text: say('ignore-env', { file, line: lineToIgnore(about) }) }
        : { text: edit(about, 'edit') },
    ];
  if (isEnvFile(about)) return [unstageEnv(about)];
  if (situation.hasHead) return [onFile(about, edit(about, 'edit-and-stage'), addCommand(about))];
  // Before the first commit there is no HEAD that `git restore --staged` could take the old state from.
  return [onFile(about, say('unstage', { file }), UNSTAGE), onFile(about, edit(about, 'edit-instead'), 'git add')];
}

/** Where only a part of the file is staged, the rest stays out: git asks hunk by hunk. */
function addCommand({ finding: { location }, situation }: Case): string {
  return location.path !== null && situation.partlyStaged.includes(location.path) ? 'git add -p' : 'git add';
}

/** Out of git whole. Where others have the file already, git takes it from them with the next pull. */
export function unstageEnv(about: Case): Step {
  const { finding, situation, say } = about;
  const { path } = finding.location;
  const text = say('unstage-env', { file: placeOf(about), line: lineToIgnore(about) });
  const isInHead = path !== null && situation.changedFiles.includes(path);
  return onFile(about, isInHead ? `${text} ${say('unstage-env-of-all')}` : text, UNSTAGE);
}

/** To be written by hand: no one command appends a line in every shell, and that of Windows would write UTF-16. */
export function lineToIgnore({ finding, situation, say }: Case): string {
  const { path } = finding.location;
  return path === null || pathForCommand(path, situation) === null ? say('its-name') : nameOf(path);
}

function edit(about: Case, name: 'edit' | 'edit-and-stage' | 'edit-instead'): string {
  return about.say(name, editing(about));
}

function onFile(about: Case, text: string, git: string): Step {
  return onFiles(about, text, git, [about.finding.location.path]);
}

/** A command on files, or how to type it where a name may not stand in one. */
export function onFiles({ situation, say }: Case, text: string, git: string, files: readonly (Shown | null)[]): Step {
  if (situation.inCi) return { text };
  const paths = files.flatMap((file) => pathForCommand(file, situation) ?? []);
  if (paths.length < files.length) return { text: `${text} ${say('by-hand', { command: `${git} --` })}` };
  return { text, command: `${git} -- ${paths.join(' ')}` };
}

/** What the sentences about editing are filled with. */
export function editing(about: Case): Record<string, string> {
  const { finding, keyType, situation, say } = about;
  const name = finding.ownKey?.name ?? keyType?.envVars[0];
  return {
    file: placeOf(about),
    variable: name === undefined ? say('variable-unknown') : say('variable', { name }),
    // Windows has no such mode.
    mode: situation.platform === 'win32' ? '' : say('mode'),
  };
}

/** A file of values, which belongs into no commit; its example holds names only and is committed. */
export function isEnvFile({ finding }: Case): boolean {
  const name = nameOf(finding.location.path ?? '');
  return name.startsWith('.env') && !/(?:example|sample|template|dist|defaults?)$/iu.test(name);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
