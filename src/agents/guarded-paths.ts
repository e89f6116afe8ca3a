import { posix } from 'node:path';
import type { Word } from './shell-word.ts';

/** The files by which keyguard is called and decides; who may change them may also switch it off. */
export interface GuardedPaths {
  /** Whether this file is one of them, or holds one of them, seen from a folder. */
  readonly holds: (path: Pick<Word, 'text' | 'isExact' | 'isGlob'>, folder: string) => boolean;
}

/** `hookFolders` are those in which git looks for hooks here, absolute. */
export function guardedPaths(hookFolders: readonly string[]): GuardedPaths {
  const folders = hookFolders.map(plain);
  return {
    holds: ({ text, isExact, isGlob }, folder) => {
      // What a variable would put there is not known; a name of a hook says enough.
      if (!isExact) return isNamed(plain(text.replaceAll('\0', '?')));
      const path = resolved(text, folder);
      if (isGlob) return globHits(path, [...SAMPLES.map((sample) => posix.join(plain(folder), sample)), ...folders]);
      return isGuarded(path, folders);
    },
  };
}

function plain(path: string): string {
  return path.replaceAll('\\', '/').replace(/(?<=.)\/+$/u, '');
}

function resolved(text: string, folder: string): string {
  const path = plain(text);
  return /^[A-Za-z]:\//u.test(path) ? posix.normalize(path) : posix.resolve(plain(folder), path);
}

function isGuarded(path: string, folders: readonly string[]): boolean {
  // A lock that was left behind by a git that died may be removed.
  if (/\/\.git\/[^/]*\.lock$/u.test(path)) return false;
  return isNamed(path) || folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** Longer than any name that a system takes; the pattern is not made for it. */
const LONGEST_PATH = 4096;

function isNamed(path: string): boolean {
  return path.length <= LONGEST_PATH && GUARDED.test(path);
}

/** macOS and Windows compare names without case. */
const GUARDED = new RegExp(
  [
    // git's own folder, its hooks and settings, and where its branches are written.
    String.raw`(?:^|/)\.git(?:$|/(?:.*/)?(?:hooks|keyguard)(?:$|/)|/(?:.*/)?config(?:\.worktree)?$|/(?:HEAD|packed-refs)$|/refs(?:$|/(?!notes/|stash$)))`,
    String.raw`(?:^|/)\.husky(?:$|/)`,
    String.raw`(?:^|/)(?:keyguard\.config\.json|\.keyguardignore|keyguard\.baseline\.jsonl)$`,
    String.raw`(?:^|/)node_modules/keyguard(?:$|/)`,
    // What calls this guard.
    String.raw`(?:^|/)\.claude(?:$|/settings(?:\.local)?\.json$)`,
    String.raw`(?:^|/)\.codex(?:$|/(?:hooks\.json|config\.toml)$)`,
    String.raw`(?:^|/)\.cursor(?:$|/hooks\.json$)`,
  ].join('|'),
  'iu',
);

/** What an unquoted `*` may stand for. */
const SAMPLES = [
  '.git/hooks/pre-commit',
  '.git/hooks/pre-merge-commit',
  '.git/hooks/pre-push',
  '.git/hooks/commit-msg',
  '.git/hooks',
  '.git/config',
  '.git/keyguard',
  '.husky/pre-commit',
  '.husky/_',
  '.husky',
  'keyguard.config.json',
  'keyguard.baseline.jsonl',
  '.keyguardignore',
  '.claude/settings.json',
  '.codex/hooks.json',
  '.cursor/hooks.json',
  'pre-commit',
];

/** A name that only a `*` would find is meant by accident, as in `rm *`; one that is spelled in part is meant. */
function globHits(path: string, names: readonly string[]): boolean {
  if (isNamed(path)) return true;
  if (path.length > LONGEST_PATH) return false;
  const pattern = new RegExp(`^${path.split('/').map(globPart).join('/')}$`, 'iu');
  const last = path.split('/').slice(-2).join('/');
  return /[\w.]/u.test(last.replaceAll(/\*|\?|\[[^\]]*\]/gu, '')) && names.some((name) => pattern.test(name));
}

/** The shell does not let a `*` in front stand for a dot. */
function globPart(part: string): string {
  const source = part.replaceAll(/\[(?<set>[^\]]*)\]|[\\^$.*+?()[\]{}|]/gu, (found) => {
    if (found === '*') return '[^/]*';
    if (found === '?') return '[^/]';
    return found.length > 1 && found.startsWith('[') ? '[^/]' : `\\${found}`;
  });
  return source.startsWith('[^/]') ? `(?!\\.)${source}` : source;
}
