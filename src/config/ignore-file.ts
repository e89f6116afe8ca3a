import type { RawPath } from '../model/fragment.ts';
import { compileGlob } from './globs.ts';

/** Reads an ignore file as git reads `.gitignore`, by bytes: https://git-scm.com/docs/gitignore */
export function parseIgnoreFile(bytes: Uint8Array): (path: RawPath) => boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return isIgnoredBy(text.replace(UTF8_BOM, '').split('\n').map(withoutLineEnd));
}

/** Whether the patterns, in their order, exclude a path; the same syntax, one pattern an entry. */
export function isIgnoredBy(lines: readonly string[]): (path: RawPath) => boolean {
  const patterns = lines
    .map(parseLine)
    .filter((pattern) => pattern !== null)
    .toReversed();
  return (path) => {
    // A file cannot be taken back when one of its folders is excluded: git does not even look into the folder.
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (isExcluded(patterns, path.slice(0, slash), true)) return true;
    }
    return isExcluded(patterns, path, false);
  };
}

interface Pattern {
  readonly takesBack: boolean;
  readonly foldersOnly: boolean;
  /** Compared with the last name of a path instead of the whole. */
  readonly nameOnly: boolean;
  readonly matches: (text: string) => boolean;
}

const UTF8_BOM = /^\u00ef\u00bb\u00bf/u;

function withoutLineEnd(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function parseLine(line: string): Pattern | null {
  if (line.startsWith('#')) return null;
  // git keeps lines as C strings: what stands behind a NUL is not read.
  const pattern = withoutTrailingSpaces(line.replace(/\0[\s\S]*$/u, ''));
  const takesBack = pattern.startsWith('!');
  const signless = takesBack ? pattern.slice(1) : pattern;
  const foldersOnly = signless.endsWith('/');
  const glob = foldersOnly ? signless.slice(0, -1) : signless;
  if (glob === '') return null;
  const nameOnly = !glob.includes('/');
  return { takesBack, foldersOnly, nameOnly, matches: compileGlob(glob.startsWith('/') ? glob.slice(1) : glob) };
}

/** `\ ` at the end is a space that belongs to the name; tabs always do. */
function withoutTrailingSpaces(line: string): string {
  const body = /^(?:\\[\s\S]|[^\\ ]| +(?=[^ ]))*/u.exec(line)?.[0] ?? '';
  return line.slice(body.length).startsWith('\\') ? line : body;
}

function isExcluded(patterns: readonly Pattern[], path: string, isFolder: boolean): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Newest first: the last pattern that matches decides.
  const decisive = patterns.find(
    (pattern) => (isFolder || !pattern.foldersOnly) && pattern.matches(pattern.nameOnly ? name : path),
  );
  return decisive !== undefined && !decisive.takesBack;
}
