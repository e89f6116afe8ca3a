import { optionsLength } from './wrappers.ts';
import type { Word } from './shell-word.ts';

/** A call of git, taken apart. https://git-scm.com/docs/git#_options */
export interface GitCall {
  /** '' where there is none. */
  readonly command: string;
  readonly args: readonly Word[];
  /** What `-c` and `--config-env` set: `core.hooksPath=x`; an unknown value ends with a NUL. */
  readonly config: readonly string[];
  /** The folder that `-C` names, as it stands there. */
  readonly folder: string | null;
}

const TAKES_WORD = new Set([
  '--git-dir',
  '--work-tree',
  '--namespace',
  '--exec-path',
  '--super-prefix',
  '--attr-source',
]);

export function gitCallOf(args: readonly Word[]): GitCall {
  const config: string[] = [];
  let folder: string | null = null;
  let at = 0;
  for (; at < args.length; at++) {
    const text = args[at]?.text ?? '';
    const next = args[at + 1]?.text ?? '';
    if (!text.startsWith('-')) break;
    if (text === '-c' || text === '--config-env') {
      config.push(text === '-c' ? next : `${next}\0`);
      at++;
    } else if (text.startsWith('--config-env=')) {
      config.push(`${text.slice('--config-env='.length)}\0`);
    } else if (text === '-C') {
      folder = next;
      at++;
    } else if (TAKES_WORD.has(text)) at++;
  }
  return { command: args[at]?.text ?? '', args: args.slice(at + 1), config, folder };
}

/** Commands that run hooks of git, and so may be told not to. https://git-scm.com/docs/githooks */
export const RUNS_HOOKS = new Set([
  'commit',
  'merge',
  'pull',
  'push',
  'rebase',
  'am',
  'cherry-pick',
  'revert',
  'citool',
]);

const KNOWS_NO_VERIFY = new Set(['commit', 'merge', 'pull', 'push', 'rebase', 'am']);

/** git takes the beginning of a long option for it, as long as no other begins so: `--no-ver` may be `--no-verbose`. */
const SHORTEST = '--no-veri'.length;

/** Whether hooks would be skipped: `--no-verify`, and `-n` of commit; that of push is a dry run, that of merge means no stat. */
export function skipsHooks({ command, args }: GitCall): boolean {
  if (!KNOWS_NO_VERIFY.has(command)) return false;
  let skips = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined || word.text === '--') break;
    const read = readOption(word, command);
    if (read.skips !== null) skips = read.skips;
    if (read.takesNext) at++;
  }
  return skips;
}

interface OptionRead {
  /** null: it says nothing of hooks. */
  readonly skips: boolean | null;
  readonly takesNext: boolean;
}

function readOption({ text, isExact }: Word, command: string): OptionRead {
  if (text.startsWith('--')) {
    if (text.length >= SHORTEST && '--no-verify'.startsWith(text)) return { skips: true, takesNext: false };
    // A part that only the shell knows, behind a beginning that fits.
    const known = text.slice(0, text.indexOf('\0'));
    if (!isExact && known.length >= '--no'.length && '--no-verify'.startsWith(known)) {
      return { skips: true, takesNext: false };
    }
    if (text === '--verify') return { skips: false, takesNext: false };
    return { skips: null, takesNext: isCommitLong(text, command) };
  }
  return command === 'commit' && /^-[A-Za-z\d]/u.test(text)
    ? readCluster(text.slice(1))
    : { skips: null, takesNext: false };
}

/** `-anm`: letters up to the one that takes the rest, or the next word. https://git-scm.com/docs/git-commit#_options */
function readCluster(letters: string): OptionRead {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters.charAt(i);
    if (letter === 'n') return { skips: true, takesNext: 'mFCct'.includes(letters.at(-1) ?? '') };
    if ('mFCct'.includes(letter)) return { skips: null, takesNext: i === letters.length - 1 };
    if ('uSU'.includes(letter)) break;
  }
  return { skips: null, takesNext: false };
}

const COMMIT_LONG = [
  '--message',
  '--file',
  '--author',
  '--date',
  '--template',
  '--reuse-message',
  '--reedit-message',
  '--fixup',
  '--squash',
  '--trailer',
  '--cleanup',
  '--pathspec-from-file',
];

function isCommitLong(text: string, command: string): boolean {
  return command === 'commit' && text.length > '--x'.length && COMMIT_LONG.some((option) => option.startsWith(text));
}

/** The words of a command behind its options. */
export function operandsOf(args: readonly Word[], takes = ''): readonly Word[] {
  const operands: Word[] = [];
  let rest = args;
  while (rest.length > 0) {
    const length = optionsLength(rest, takes);
    if (rest[length - 1]?.text === '--') return [...operands, ...rest.slice(length)];
    const operand = rest[length];
    if (operand !== undefined) operands.push(operand);
    rest = rest.slice(length + 1);
  }
  return operands;
}
