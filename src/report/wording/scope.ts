import type { Coverage, Scope, ScopeKind, Skipped } from '../../model/coverage.ts';
import { counted } from './list.ts';

/** "3 of 3 staged files (41 KB)", "41 KB of stdin". */
export function scannedInWords(scope: Scope, coverage: Coverage): string {
  const size = sizeInWords(coverage.bytes);
  if (scope.kind === 'stdin') return `${size} of stdin`;
  const [one, many] = UNITS[scope.kind];
  return `${coverage.scanned} of ${counted(coverage.expected, one, many)} (${size})`;
}

/** "1 submodule, 3 ignored"; '' when nothing was left out. */
export function skippedInWords(skipped: readonly Skipped[]): string {
  return skipped
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => {
      const plural = PLURALS[reason];
      const words = reason.replaceAll('-', ' ');
      return plural === undefined ? `${count} ${words}` : counted(count, words, plural);
    })
    .join(', ');
}

/** What stays out when it is unread, in the verdict: "staged file". */
export function unitOf(kind: ScopeKind): readonly [one: string, many: string] {
  return UNITS[kind];
}

const UNITS: Readonly<Record<ScopeKind, readonly [one: string, many: string]>> = {
  staged: ['staged file', 'staged files'],
  tree: ['file', 'files'],
  range: ['object', 'objects'],
  history: ['object', 'objects'],
  stdin: ['input', 'inputs'],
  files: ['file', 'files'],
  message: ['commit message', 'commit messages'],
  package: ['package file', 'package files'],
};

/** Reasons that are nouns. A reason that is none ("ignored") follows its number as it is. */
const PLURALS: Readonly<Record<string, string>> = {
  submodule: 'submodules',
  'special-file': 'special files',
  symlink: 'symlinks',
  'lfs-pointer': 'LFS pointers',
  'nested-repository': 'nested repositories',
  'git-folder': 'git folders',
};

/** Decimal units, as disks and networks count. */
function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let size = bytes;
  let unit = 'B';
  for (const larger of ['KB', 'MB', 'GB', 'TB']) {
    // 999.5 would be rounded to "1000 KB".
    if (size < 999.5) break;
    size /= 1000;
    unit = larger;
  }
  return `${size < 9.95 ? size.toFixed(1).replace('.0', '') : size.toFixed(0)} ${unit}`;
}
