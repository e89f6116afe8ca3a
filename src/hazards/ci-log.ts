import type { HazardKind } from './hazard.ts';

/** A file that tells a build server what to do; most names are none at first sight. */
export function isCiFile(path: string): boolean {
  return (path.endsWith('ml') || path.includes('enkins')) && CI_FILE.test(path);
}

const CI_FILE = new RegExp(
  [
    String.raw`(?:^|/)\.(?:github|gitea|forgejo)/(?:workflows|actions)/.+\.ya?ml$`,
    String.raw`(?:^|/)action\.ya?ml$`,
    String.raw`(?:^|/)\.gitlab-ci(?:[./-].*)?\.ya?ml$|(?:^|/)\.gitlab/.+\.ya?ml$`,
    String.raw`(?:^|/)Jenkinsfile[^/]*$|\.jenkinsfile$`,
    String.raw`(?:^|/)azure-pipelines[^/]*\.ya?ml$|(?:^|/)\.azure-?(?:pipelines|devops)/.+\.ya?ml$`,
    String.raw`(?:^|/)\.circleci/.+\.ya?ml$|(?:^|/)\.buildkite/.+\.ya?ml$`,
    String.raw`(?:^|/)(?:bitbucket-pipelines|cloudbuild|buildspec|appveyor|\.appveyor|\.travis|\.drone|\.woodpecker|codemagic)[^/]*\.ya?ml$|(?:^|/)\.woodpecker/.+\.ya?ml$`,
  ].join('|'),
  'u',
);

/** Commands that print what stands behind them. */
const PRINTS =
  /(?<![\w./-])(?:echo|printf|printenv|Write-(?:Host|Output)|console\.(?:log|info|error|warn)|print)(?![\w-])/gu;

/** How a value is named there. What is between braces behind the name only asks for it (`:+`), or for its length (`#`). */
const SHOWN = new RegExp(
  [
    String.raw`\$\{\{\s*(?:secrets|env|vars)\.(?<github>\w+)\s*\}\}`,
    String.raw`\$\{(?<braced>[A-Za-z_]\w*)(?:\}|:[-?=])`,
    String.raw`\$env:(?<powershell>\w+)`,
    String.raw`\$\((?<azure>[A-Za-z_]\w*)\)`,
    String.raw`\$(?<bare>[A-Za-z_]\w*)`,
    String.raw`%(?<batch>[A-Za-z_]\w*)%`,
    String.raw`process\.env(?:\.|\[["'])(?<node>\w+)`,
    String.raw`os\.(?:environ(?:\.get\(|\[)|getenv\()["'](?<python>\w+)`,
  ].join('|'),
  'gu',
);

/** A key that a build prints into its log. */
export const ciLogs: HazardKind = function* (text, _path, names) {
  for (const { index, 0: command } of text.matchAll(PRINTS)) {
    if (isCommentedOut(text, index)) continue;
    const start = index + command.length;
    const rest = /^[^\r\n]{0,500}/u.exec(text.slice(start, start + 500))?.[0] ?? '';
    const words = endOfCommand(rest);
    if (words.isCaught) continue;
    for (const { name, at } of namesIn(words.text, command)) {
      const key = names(name);
      if (key === null) continue;
      yield { at: { start: start + at, end: start + at + name.length }, name, provider: key.provider };
    }
  }
};

function isCommentedOut(text: string, at: number): boolean {
  return /(?:^|\s)(?:#|\/\/)/u.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

interface Words {
  /** What the command prints, without what stands in single quotes, which a shell prints as it is. */
  readonly text: string;
  /** It goes to a file or to another command, or tells the server to mask it. */
  readonly isCaught: boolean;
}

function endOfCommand(rest: string): Words {
  let open = '';
  let text = '';
  for (let i = 0; i < rest.length; i += 1) {
    const character = rest.charAt(i);
    if (open === '' && /["']/u.test(character)) open = character;
    else if (character === open) open = '';
    const isEnd = open === '' && /[;|&>]/u.test(character);
    if (isEnd) return { text, isCaught: isElsewhere(rest.slice(i)) || MASK.test(text) };
    text += open === "'" && !/\$\{\{/u.test(rest) ? ' ' : character;
  }
  return { text, isCaught: MASK.test(text) };
}

const MASK = /::add-mask::|task\.setsecret|issecret=true/u;

/** Not to the other stream of the same log. */
function isElsewhere(rest: string): boolean {
  if (/^>>?\s*&?\s*(?:[12]\b|\/dev\/std)/u.test(rest)) return false;
  return rest.startsWith('>') || /^\|(?!\|)(?!\s*(?:tee|cat|rev|fold|sed|xxd|base64)\b)/u.test(rest);
}

function* namesIn(text: string, command: string): Generator<{ readonly name: string; readonly at: number }> {
  if (command === 'printenv') {
    for (const { index, 0: name } of text.matchAll(/[A-Za-z_]\w*/gu)) yield { name, at: index };
    return;
  }
  for (const { index, 0: whole, groups } of text.matchAll(SHOWN)) {
    const name = Object.values(groups ?? {}).find((one) => one !== undefined) ?? '';
    yield { name, at: index + whole.indexOf(name) };
  }
}
