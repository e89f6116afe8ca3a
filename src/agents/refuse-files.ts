import { operandsOf } from './git-call.ts';
import type { GuardedPaths } from './guarded-paths.ts';
import type { Invocation } from './invocation.ts';
import type { Refusal } from './refusal.ts';
import type { Word } from './shell-word.ts';

/** Programs that change or remove every file that is named to them. */
const CHANGE_ALL = new Set(
  (
    'rm rmdir unlink shred srm trash mv rename chmod chown chgrp chattr truncate tee touch ed ex vi vim nvim nano emacs patch ' +
    'del erase rd ren remove-item ri set-content sc add-content ac clear-content clc move-item mi rename-item rni out-file ' +
    'new-item ni set-itemproperty'
  ).split(' '),
);
/** Programs that write to the last file that is named to them. */
const WRITE_LAST = new Set(['cp', 'install', 'ln', 'rsync', 'scp', 'copy', 'copy-item', 'cpi', 'xcopy', 'robocopy']);
/** Editors of streams: they write where they read with this option. */
const IN_PLACE: Readonly<Record<string, RegExp>> = {
  sed: /^(?:-[A-Za-z]*i|--in-place)/u,
  gsed: /^(?:-[A-Za-z]*i|--in-place)/u,
  perl: /^-[A-Za-z0]*i/u,
  ruby: /^-[A-Za-z]*i/u,
  sort: /^-o/u,
  yq: /^-[A-Za-z]*i/u,
};

/** Why a file would be changed that belongs to the check; null where none is. */
export function refuseFiles(invocation: Invocation, guarded: GuardedPaths): Refusal | null {
  const target = targetsOf(invocation).find((word) => guarded.holds(word, invocation.folder));
  return target === undefined ? null : { kind: 'guarded-file', path: target.text };
}

function targetsOf({ name, args, redirects }: Invocation): readonly Word[] {
  const written = redirects.filter(({ operator }) => operator.includes('>')).map(({ target }) => target);
  return [...written, ...namedBy(name.toLowerCase(), args)];
}

function namedBy(name: string, args: readonly Word[]): readonly Word[] {
  if (CHANGE_ALL.has(name)) return operandsOf(args);
  if (WRITE_LAST.has(name)) {
    const operands = operandsOf(args);
    const folder = args.find((_, i) => i > 0 && /^(?:-t|--target-directory)$/u.test(args[i - 1]?.text ?? ''));
    return [...operands.slice(-1), ...(folder === undefined ? [] : [folder])];
  }
  if (name === 'dd') return args.flatMap((word) => valueBehind(word, 'of='));
  if (name === 'find' || name === 'fd') {
    const removes = args.some(({ text }) => /^-(?:delete|exec|execdir|ok|okdir|x|-exec|fprint.*)$/u.test(text));
    return removes ? args.filter(({ text }) => !text.startsWith('-')) : [];
  }
  const inPlace = IN_PLACE[name];
  if (inPlace === undefined || !args.some(({ text }) => inPlace.test(text))) return [];
  return operandsOf(args);
}

function valueBehind(word: Word, start: string): readonly Word[] {
  return word.text.startsWith(start) ? [{ ...word, text: word.text.slice(start.length) }] : [];
}
