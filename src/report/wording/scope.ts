import type { Coverage, Scope, ScopeKind, Skipped } from '../../model/coverage.ts';
import { counted } from './list.ts';

/** "3 of 3 staged files (41 KB)", "41 KB of stdin". */
export function scannedInWords(scope: Scope, coverage: Coverage): string {
  const size = sizeInWords(coverage.bytes);
  if (scope.kind === 'stdin') return `${size} of stdin`;
  const [one, many] = scope.files === undefined ? UNITS[scope.kind] : IN_BUILD;
  const ignored = coverage.skipped.find(({ reason }) => reason === IGNORED)?.count ?? 0;
  if (ignored > 0 && ignored === coverage.expected)
    return `${counted(coverage.expected, one, many)}, all ignored (${size})`;
  const aside = ignored === 0 ? '' : `, ${ignored} ignored`;
  const from = scope.commits === undefined ? '' : ` of ${counted(scope.commits, 'commit')}`;
  return `${coverage.scanned} of ${counted(coverage.expected, one, many)}${from}${aside} (${size})`;
}

/** Read all the same, for a high risk is never ignored: among what was scanned, not among what was left out. */
const IGNORED = 'ignored';

/** "1 submodule, 3 gone"; '' when nothing was left out. */
export function skippedInWords(skipped: readonly Skipped[]): string {
  return skipped
    .filter(({ reason, count }) => count > 0 && reason !== IGNORED)
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

/** The tree, and beside it what commits recorded. */
const IN_BUILD = ['file and object', 'files and objects'] as const;

/** Reasons that are nouns. A reason that is none ("gone") follows its number as it is. */
const PLURALS: Readonly<Record<string, string>> = {
  submodule: 'submodules',
  'special-file': 'special files',
  symlink: 'symlinks',
  'lfs-pointer': 'LFS pointers',
  'nested-repository': 'nested repositories',
  'git-folder': 'git folders',
  'encrypted-container': 'encrypted containers',
  'damaged-container': 'damaged containers',
  'unsupported-container': 'unsupported containers',
  'container-over-limit': 'containers over limit',
  'unread-env-file': 'unread env files',
  'own-value-over-limit': 'own values over limit',
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
