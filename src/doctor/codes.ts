import type { Check, CheckCode, CheckState, Fix } from './check.ts';

/** The words for a check. `{name}` stands for a fact; in a command it is quoted for a shell. */
export interface CodeWords {
  readonly state: CheckState;
  readonly says: string;
  /** What mends it: of everything that is not fine. */
  readonly remedy?: string;
  readonly fix?: Fix;
}

export function wordsOf({ code }: Check): CodeWords {
  return CODES[code];
}

const INSTALL = { remedy: 'keyguard install', fix: 'install' } as const;

const CODES: Readonly<Record<CheckCode, CodeWords>> = {
  'hooks-folder': { state: 'fine', says: 'git looks for hooks in {folder}.' },
  'hooks-path': {
    state: 'fine',
    says: 'git looks for hooks in {folder}: core.hooksPath is {value} ({scope} configuration, {origin}).',
  },
  'hooks-path-empty': {
    state: 'mend',
    says: 'core.hooksPath is empty ({scope} configuration, {origin}), so git runs no hook.',
    remedy: 'git config --{scope} --unset core.hooksPath',
  },
  'hooks-path-in-command': {
    state: 'mend',
    says: 'core.hooksPath is {value}, set by the environment or by -c: git looks for hooks in {folder}.',
    remedy: 'unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT',
  },
  'hooks-path-missing': {
    state: 'mend',
    says: 'core.hooksPath names {folder}, which is not there, so git runs no hook.',
    remedy: '{command}',
  },
  'hooks-path-no-folder': {
    state: 'mend',
    says: 'core.hooksPath names {folder}, which is no folder, so git runs no hook.',
    remedy: 'git config --{scope} --unset core.hooksPath && keyguard install',
  },
  manager: { state: 'fine', says: '{found}.' },
  'hook-checked': { state: 'fine', says: '{hook}: keyguard is in {path}{how}.' },
  'hook-edited': {
    state: 'note',
    says: '{hook}: {path} was edited since keyguard wrote it; whether it still stops a key shows',
    remedy: 'keyguard doctor --prove',
  },
  'hook-absent': { state: 'mend', says: '{hook}: git finds no {path}, so nothing is checked.', ...INSTALL },
  'hook-lost': { state: 'mend', says: '{hook}: keyguard installed {path}, and it is gone.', ...INSTALL },
  'hook-optional': { state: 'note', says: '{hook}: not installed; {why}.', remedy: 'keyguard install --hooks {hooks}' },
  'hook-without-keyguard': { state: 'mend', says: '{hook}: git runs {path}, and keyguard is not in it.', ...INSTALL },
  'hook-of-others': {
    state: 'note',
    says: '{hook}: git runs {path}, and keyguard is not in it; {why}.',
    remedy: 'keyguard install --hooks {hooks}',
  },
  'hook-dangling': {
    state: 'mend',
    says: '{hook}: {path} is a link that leads nowhere, so git runs nothing and says nothing.',
    remedy: 'rm {path} && keyguard install',
  },
  'hook-not-executable': {
    state: 'mend',
    says: '{hook}: {path} is not executable, so git passes it over.',
    remedy: 'chmod +x {path}',
  },
  'own-hook-not-executable': {
    state: 'mend',
    says: '{hook}: {path} is not executable, so git passes it over.',
    remedy: 'chmod +x {path}',
    fix: 'chmod',
  },
  'hook-empty': { state: 'mend', says: '{hook}: {path} does nothing.', ...INSTALL },
  'hook-folder': {
    state: 'mend',
    says: '{hook}: {path} is a folder, so every commit fails.',
    remedy: 'mv {path} {path}.folder && keyguard install',
  },
  'hook-windows-lines': {
    state: 'mend',
    says: '{hook}: {path} has the line ends of Windows, which git and sh cannot run.',
    remedy: String.raw`perl -pi -e 's/\r\n/\n/' {path}`,
  },
  'hook-no-interpreter': {
    state: 'mend',
    says: '{hook}: the program in the first line of {path} is not there, so every commit fails.',
    remedy: 'mv {path} {path}.broken && keyguard install',
  },
  'hook-unreadable': { state: 'mend', says: '{hook}: {path} cannot be read.', remedy: 'chmod u+r {path}' },
  'config-hook-ignored': {
    state: 'note',
    says: '{setting} runs keyguard for {hook}, and git {version} ignores it; 2.54 does not.',
    remedy: 'git config --unset {setting}',
  },
  'put-aside': { state: 'mend', says: '{path} holds keyguard, and nobody runs it under that name.', ...INSTALL },
  'shadowed-keyguard': {
    state: 'mend',
    says: 'core.hooksPath hides {folder}: keyguard stands there in {hooks}, and git does not run it.',
    ...INSTALL,
  },
  'shadowed-hooks': {
    state: 'note',
    says: 'core.hooksPath hides {folder}: git does not run {hooks} there. If they are not wanted any more:',
    remedy: '{command}',
  },
  'shadowed-framework': {
    state: 'note',
    says: 'core.hooksPath hides the pre-commit framework: nothing runs what {file} says. To see what it would do:',
    remedy: 'pre-commit run --all-files',
  },
  'shadowed-framework-keyguard': {
    state: 'mend',
    says: 'core.hooksPath hides the pre-commit framework: nothing runs keyguard as {file} says.',
    ...INSTALL,
  },
  'worktree-without-hooks': {
    state: 'mend',
    says: 'The worktree {place} has no {folder}, so git runs no hook there.',
    remedy: '{command}',
  },
  'node-found': { state: 'fine', says: '{who}: a hook finds node {version} at {node}.' },
  'node-recorded': {
    state: 'fine',
    says: '{who}: node is not on PATH; a hook takes {node}, which install wrote down.',
  },
  'node-too-old': {
    state: 'mend',
    says: '{who}: a hook finds node {version} at {node}, and keyguard needs {needs}.',
    remedy: 'export KEYGUARD_NODE={better}',
  },
  'node-missing': { state: 'mend', says: '{who}: a hook finds no node.', ...INSTALL },
  'keyguard-found': { state: 'fine', says: 'A hook runs keyguard {version} at {bin}.' },
  'keyguard-missing': {
    state: 'mend',
    says: 'A hook would look for keyguard at {bin}, which is not there.',
    ...INSTALL,
  },
  'git-version': { state: 'fine', says: 'git {version}, node {node}, keyguard {keyguard}.' },
  'git-old': {
    state: 'mend',
    says: 'git is {version}, and keyguard needs 2.32 to read a history; how to get a newer one:',
    remedy: 'keyguard --help # https://git-scm.com/downloads',
  },
  'lock-same': { state: 'fine', says: 'The keyguard that runs is the one in {file}: {version}.' },
  'lock-differs': {
    state: 'mend',
    says: 'keyguard {runs} runs here, and {file} says {version}.',
    remedy: '{command}',
  },
  'switched-off': {
    state: 'mend',
    says: '{variable} is set{where}: {what}.',
    remedy: '{command}',
  },
  'policy-in-force': { state: 'fine', says: '{file} is in force.' },
  'policy-not-staged': {
    state: 'note',
    says: '{file} is not as the index has it: hooks read the index, so they do not see it as it is.',
    remedy: 'git add {file}',
  },
  'policy-none': { state: 'fine', says: 'No config, ignore or baseline file: the built-in rules decide.' },
  'policy-broken': { state: 'mend', says: 'The policy cannot be read: {why}', remedy: 'keyguard scan' },
  'state-broken': { state: 'mend', says: '{why}', remedy: 'rm {path} && keyguard install' },
  'ci-found': { state: 'fine', says: 'CI runs keyguard: {file}.' },
  'ci-missing': {
    state: 'note',
    says: 'No CI workflow here runs keyguard, and any hook can be skipped. Add to {file}:',
    remedy: '{lines}',
  },
  'not-looked': { state: 'unknown', says: '{what} could not be looked at: {why}', remedy: '{command}' },
};
