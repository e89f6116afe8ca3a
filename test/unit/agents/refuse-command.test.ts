import { describe, expect, it } from 'vitest';
import { guardedPaths } from '../../../src/agents/guarded-paths.ts';
import { refuseCommand } from '../../../src/agents/refuse-command.ts';

const FOLDER = '/home/ada/project';
const guarded = guardedPaths([`${FOLDER}/.githooks`]);

function kindOf(command: string): string | null {
  return refuseCommand(command, FOLDER, guarded)?.kind ?? null;
}

/** What is stopped, and beside it something as like as can be that goes through. */
const TABLE: readonly (readonly [kind: string, stopped: string, passes: string])[] = [
  // -n and --no-verify
  ['no-verify', 'git commit --no-verify -m x', 'git commit -m --no-verify'],
  ['no-verify', 'git commit -n -m x', 'git commit -m "-n"'],
  ['no-verify', 'git commit -nm x', 'git commit -mn'],
  ['no-verify', 'git commit -anm x', 'git commit -am n'],
  ['no-verify', 'git commit -an -m x', 'git commit -a -m -n'],
  ['no-verify', 'git commit -vn', 'git commit -vF n'],
  ['no-verify', 'git commit -m x -n', 'git commit -m x -- -n'],
  ['no-verify', 'git commit --no-verify', 'git commit --no-verify --verify'],
  ['no-verify', 'git commit --no-verif -m x', 'git commit --no-edit -m x'],
  ['no-verify', 'git commit --amend -n', 'git commit --amend --author -n'],
  ['no-verify', 'git push --no-verify', 'git push -n'],
  ['no-verify', 'git merge --no-verify topic', 'git merge -n topic'],
  ['no-verify', 'git -C sub commit -n', 'git -C -n commit'],
  ['no-verify', 'git --git-dir=.git commit -n', 'git log -n 5'],
  ['no-verify', '/usr/bin/git commit -n', 'echo git commit -n'],
  ['no-verify', 'git -c user.name=x commit -n', 'git -c user.name=x commit'],
  ['no-verify', 'git rebase --no-verify main', 'git rebase -n main'],
  // quotes and escapes
  ['no-verify', `git commit "--no-verify"`, 'echo --no-verify'],
  ['no-verify', `git commit --no-"ver"'ify'`, 'git commit -m "x --no-verify"'],
  ['no-verify', String.raw`g\it com\mit --no-verify`, 'grep -r no-verify'],
  ['no-verify', String.raw`git commit $'\x2d\x2dno-verify'`, String.raw`git commit -m $'\x2d\x2dno-verify'`],
  ['no-verify', 'git commit -m x \\\n  --no-verify', 'git commit -m x # --no-verify'],
  ['no-verify', 'x=--no-verify; git commit $x', 'x=--no-verify; git commit -m "$x"'],
  ['no-verify', 'x="commit -n"; git $x', 'x="commit -n"; echo $x'],
  ['no-verify', 'git${IFS}commit${IFS}--no-verify', 'echo git${IFS}commit${IFS}--no-verify'],
  ['no-verify', 'git commit --no-$(echo verify)', 'git commit -m $(echo verify)'],
  ['no-verify', 'git commit {-n,-m} x', 'git commit -m {-n,-m}'],
  // lists, pipes, brackets
  ['no-verify', 'git add . && git commit -n', 'git add -n . && git commit'],
  ['no-verify', 'git add .; git commit -n', 'git add .; echo -n'],
  ['no-verify', 'true | git commit -nF -', 'git log | head -n 3'],
  ['no-verify', '(cd sub; git commit -n)', '(cd sub; git commit)'],
  ['no-verify', 'if true; then git commit -n; fi', 'if git commit; then echo -n; fi'],
  ['no-verify', 'echo $(git commit -n)', 'git commit -m "$(echo -n x)"'],
  ['no-verify', 'echo `git commit -n`', 'echo `git commit` -n'],
  ['no-verify', 'git commit -n &', 'git commit & echo -n'],
  ['no-verify', 'cat <(git commit -n)', 'cat <(git log -n 1)'],
  ['no-verify', 'git commit -m x\ngit push --no-verify', 'git commit -m x\necho --no-verify'],
  // what runs another
  ['no-verify', 'env X=1 git commit -n', 'env X=1 git log -n 1'],
  ['no-verify', 'env -u A -S "git commit -n"', 'env -u A git commit'],
  ['no-verify', `sh -c 'git commit -n'`, `sh -c 'git commit' -n`],
  ['no-verify', `bash -lc "git commit --no-verify"`, `bash -lc "git commit"`],
  ['no-verify', `sh -c "bash -c 'git commit -n'"`, `sh -c "bash -c 'git log -n 1'"`],
  ['no-verify', 'bash <<EOF\ngit commit -n\nEOF', 'cat <<EOF\ngit commit -n\nEOF'],
  ['no-verify', 'bash -s <<< "git commit -n"', 'cat <<< "git commit -n"'],
  ['no-verify', `echo 'git commit -n' | sh`, `echo 'git commit -n' | cat`],
  ['no-verify', 'cat <<EOF | sh\ngit commit -n\nEOF', 'cat <<EOF | wc\ngit commit -n\nEOF'],
  ['no-verify', `eval 'git commit -n'`, `eval 'git commit'`],
  ['no-verify', 'echo x | xargs git commit -n -m', 'echo x | xargs -n 1 git commit -m'],
  ['no-verify', 'sudo -u ada git commit -n', 'sudo -n git commit'],
  ['no-verify', 'timeout -k 5 60 git commit -n', 'timeout 60 git commit'],
  ['no-verify', 'command git commit -n', 'command -v git'],
  ['no-verify', 'nohup nice -n 5 git commit -n', 'nice -n 5 git commit'],
  ['no-verify', 'time git commit -n', 'time git commit'],
  ['no-verify', 'find . -name x -exec git commit -n {} ;', 'find . -name x -exec git add -n {} ;'],
  ['no-verify', `git -c alias.ci='commit -n' ci`, `git -c alias.ci='commit' ci`],
  ['no-verify', `git -c alias.ci='!git commit -n' ci`, `git -c alias.ci='!git log -n 1' ci`],
  ['no-verify', `git -c alias.ci=commit ci -n`, `git -c alias.ci=log ci -n 3`],
  ['no-verify', `git config alias.ci 'commit --no-verify'`, `git config alias.ci 'commit -v'`],
  ['hidden', `python3 -c 'import os; os.system("git commit --no-verify")'`, `python3 -c 'print("--no-verify")'`],
  ['hidden', `node -e 'run("git", ["commit", "-n"])'`, `node -e 'run("git", ["commit"])'`],
  ['no-verify', 'echo --no-verify | xargs git commit -m x', 'echo --no-verify | xargs echo git commit -m x'],
  ['no-verify', '/usr/lib/git-core/git-commit -n', '/usr/lib/git-core/git-log -n 1'],
  ['no-verify', `trap 'git commit -n' EXIT`, `trap 'git log -n 1' EXIT`],
  ['no-verify', `alias c='git commit -n'; c`, `alias c='git log -n 1'; c`],
  ['no-verify', `su ada -c 'git commit -n'`, `su ada -c 'git commit'`],
  ['no-verify', 'f() { git commit -n; }; f', 'f() { git commit; }; f -n'],
  ['no-verify', `${'env '.repeat(20)}git commit -n`, `${'env '.repeat(20)}git commit`],
  ['hidden', `${'env '.repeat(200)}git commit --no-verify`, `${'env '.repeat(200)}git commit`],
  // variables that switch off
  ['switched-off', 'HUSKY=0 git commit -m x', 'HUSKY=1 git commit -m x'],
  ['switched-off', 'KEYGUARD=0 git commit', 'KEYGUARD=1 git commit'],
  ['switched-off', 'export KEYGUARD=0', 'echo KEYGUARD=0'],
  ['switched-off', 'env KEYGUARD=0 git commit', 'env -u KEYGUARD git commit'],
  ['switched-off', 'LEFTHOOK=false git commit', 'LEFTHOOK=1 git commit'],
  ['switched-off', 'SKIP=keyguard git commit', 'SKIP=1 npm test'],
  ['switched-off', 'export SKIP=keyguard; git commit', 'export SKIPPED=keyguard; git commit'],
  ['switched-off', 'GIT_CONFIG_GLOBAL=/dev/null git commit', 'GIT_CONFIG_GLOBAL=/dev/null git log'],
  ['switched-off', 'HUSKY_SKIP_HOOKS=1 git commit', 'HUSKY_SKIP_HOOKS=0 git commit'],
  ['switched-off', 'KEYGUARD_BIN=/tmp/x git commit', 'KEYGUARDS=/tmp/x git commit'],
  ['switched-off', '$env:HUSKY=0; git commit', '$env:HUSKY=1; git commit'],
  // settings of git
  ['hooks-path', 'git -c core.hooksPath=/dev/null commit', 'git -c core.editor=true commit'],
  ['hooks-path', 'git -c CORE.HOOKSPATH= commit', 'git -c core.hooksPathX= commit'],
  ['hooks-path', 'git --config-env=core.hooksPath=X commit', 'git --config-env=user.name=X commit'],
  ['hooks-path', 'git config --unset core.hooksPath', 'git config --get core.hooksPath'],
  ['hooks-path', 'git config core.hooksPath /tmp', 'git config core.hooksPath'],
  ['hooks-path', 'git config --global core.hooksPath /tmp', 'git config --global user.name core.hooksPath'],
  ['hooks-path', 'git config set --local core.hooksPath x', 'git config get --local core.hooksPath'],
  ['hooks-path', 'git config unset core.hookspath', 'git config unset core.editor'],
  ['hooks-path', 'git config --remove-section core', 'git config --remove-section alias'],
  ['hooks-path', 'git config include.path ../x', 'git config user.email a@example.com'],
  [
    'hooks-path',
    'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/x git commit',
    'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=x git commit',
  ],
  [
    'hooks-path',
    `GIT_CONFIG_PARAMETERS="'core.hooksPath'='/x'" git commit`,
    `GIT_CONFIG_PARAMETERS="'user.name'='x'" git commit`,
  ],
  ['hooks-path', 'git config --file .git/config core.hooksPath /tmp', 'git config --file core.hooksPath user.name x'],
  // plumbing
  ['plumbing', 'git commit-tree HEAD^{tree} -m x', 'git ls-tree HEAD'],
  ['plumbing', 'git update-ref refs/heads/main abc', 'git update-ref refs/notes/x abc'],
  ['plumbing', 'git update-ref HEAD abc', 'git show-ref HEAD'],
  ['plumbing', 'git update-ref --stdin', 'git cat-file --batch'],
  ['plumbing', 'git fast-import < x', 'git fast-export HEAD > x'],
  // files
  ['guarded-file', 'rm .git/hooks/pre-commit', 'cat .git/hooks/pre-commit'],
  ['guarded-file', 'rm -f -- ./.git/hooks/../hooks/pre-commit', 'rm -f -- hooks/pre-commit'],
  ['guarded-file', 'cd .git/hooks && rm pre-commit', 'cd src/hooks && rm pre-commit'],
  ['guarded-file', 'chmod -x .git/hooks/pre-commit', 'ls -l .git/hooks'],
  ['guarded-file', 'chmod -x .githooks/pre-commit', 'chmod +x scripts/pre-commit'],
  ['guarded-file', 'mv .git/hooks/pre-commit /tmp', 'mv a b'],
  ['guarded-file', 'cp /tmp/x .git/hooks/pre-commit', 'cp .git/hooks/pre-commit /tmp/x'],
  ['guarded-file', 'echo exit 0 > .husky/pre-commit', 'echo .husky/pre-commit > notes.txt'],
  ['guarded-file', 'echo x >> keyguard.config.json', 'cat < keyguard.config.json'],
  ['guarded-file', ': > .git/hooks/pre-commit', ': > out.txt'],
  ['guarded-file', 'echo x | tee -a .keyguardignore', 'echo .keyguardignore | tee -a out.txt'],
  ['guarded-file', `sed -i 's/a/b/' .husky/pre-commit`, `sed 's/a/b/' .husky/pre-commit`],
  ['guarded-file', `perl -pi -e 's/a/b/' keyguard.baseline.jsonl`, `perl -ne 'print' keyguard.baseline.jsonl`],
  ['guarded-file', 'rm -rf .git', 'rm -rf .github'],
  ['guarded-file', 'rm .git/hooks/*', 'rm build/*'],
  ['guarded-file', 'rm .git/hook?/pre-commit', 'rm hook?/pre-commit'],
  ['guarded-file', 'rm .husk[y]/pre-commit', 'rm .hu/pre-commit'],
  ['guarded-file', 'find .git/hooks -type f -delete', 'find .git/hooks -type f'],
  ['guarded-file', 'git rm keyguard.config.json', 'git add keyguard.config.json'],
  ['guarded-file', 'echo 1234 > .git/refs/heads/main', 'cat .git/refs/heads/main'],
  ['guarded-file', 'dd if=/dev/null of=.git/hooks/pre-commit', 'dd if=.git/hooks/pre-commit of=x'],
  ['guarded-file', 'rm -rf node_modules/keyguard', 'rm -rf node_modules/other'],
  ['guarded-file', 'truncate -s 0 .claude/settings.json', 'truncate -s 0 .claude/notes.md'],
  ['guarded-file', 'rm "$(git rev-parse --git-dir)/hooks/pre-commit" .git/hooks/pre-commit', 'rm .git/index.lock'],
  [
    'guarded-file',
    "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: .husky/pre-commit\n*** End Patch\nEOF",
    "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a.txt\n+*** Delete File .husky/pre-commit\n*** End Patch\nEOF",
  ],
  // what takes the check away
  ['removes-guard', 'npx keyguard uninstall', 'npx keyguard scan'],
  ['removes-guard', 'keyguard allow 0123456789abcdef --reason x', 'keyguard guide openai'],
  ['removes-guard', 'node node_modules/keyguard/bin/keyguard.js uninstall', 'node bin/other.js uninstall'],
  ['removes-guard', 'npm uninstall keyguard', 'npm uninstall left-pad'],
  ['removes-guard', 'lefthook uninstall', 'lefthook run pre-commit'],
];

describe('a command that an agent is about to run', () => {
  it.each(TABLE)('%s: %s', (kind, stopped, passes) => {
    expect({ command: stopped, kind: kindOf(stopped) }).toEqual({ command: stopped, kind });
    expect({ command: passes, kind: kindOf(passes) }).toEqual({ command: passes, kind: null });
  });
});
