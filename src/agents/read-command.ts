import { posix } from 'node:path';
import type { Invocation, Read, Setting } from './invocation.ts';
import { DEEPEST, readScript, type Simple } from './shell-script.ts';
import { type Word, wordsOf } from './shell-word.ts';
import { optionsLength, unwrapped } from './wrappers.ts';

/** What a command line would run, from `folder`; scripts in it (`sh -c`, `eval`, a document for `bash`) are read as well. */
export function readCommand(script: string, folder: string): Read {
  const walk: Walk = { invocations: [], opaque: [], folder, depth: 0 };
  readAll(script, walk);
  return walk;
}

interface Walk {
  readonly invocations: Invocation[];
  readonly opaque: string[];
  folder: string;
  readonly depth: number;
}

const SHELLS = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'ksh',
  'mksh',
  'ash',
  'fish',
  'busybox',
  'pwsh',
  'powershell',
  'su',
]);
/** Languages that are given a program in a word. */
const INTERPRETERS = /^(?:node|nodejs|deno|bun|python[\d.]*|perl|ruby|php|osascript|awk|gawk)$/u;
const EXPORTING = new Set(['export', 'declare', 'typeset', 'readonly', 'local', 'set', 'setx']);

function readAll(script: string, walk: Walk): void {
  const commands = walk.depth > DEEPEST ? null : readScript(script);
  if (commands === null) {
    walk.opaque.push(script);
    return;
  }
  for (const [i, command] of commands.entries()) {
    const before = commands[i - 1];
    const fed = before?.feedsNext === true ? [...before.bodies, ...printedBy(before)] : [];
    readOne(command, [...command.bodies, ...fed], walk);
  }
}

/** A script in a script: it may change the folder for itself only. */
function readInner(script: string, walk: Walk): void {
  readAll(script, { ...walk, depth: walk.depth + 1 });
}

/** `echo 'git commit' | sh` */
function printedBy({ words }: Simple): readonly string[] {
  const name = words[0]?.text ?? '';
  if (name !== 'echo' && name !== 'printf') return [];
  return [
    words
      .slice(1)
      .map(({ text }) => text)
      .join(' '),
  ];
}

/** `env nice timeout 5 …`: nobody writes more in front of a command. */
const MOST_WRAPPERS = 32;

function readOne({ words: all, redirects }: Simple, bodies: readonly string[], walk: Walk): void {
  const settings: Setting[] = [];
  let words = all;
  for (let turn = 0; ; turn++) {
    if (turn > MOST_WRAPPERS) {
      walk.opaque.push(words.map(({ text }) => text).join(' '));
      break;
    }
    words = words.slice(takeSettings(words, settings, false));
    const name = nameOf(words[0]);
    if (name === 'env') {
      words = behindEnv(words, walk);
      continue;
    }
    const inner = unwrapped(name, words);
    if (inner === null) break;
    words = name === 'xargs' || name === 'gxargs' ? [...inner, ...fedWords(bodies)] : inner;
  }
  const name = nameOf(words[0]);
  const args = words.slice(1);
  if (EXPORTING.has(name)) takeSettings(args.slice(optionsLength(args, '')), settings, true);
  takePowerShell(words, settings);
  if (SHELLS.has(name)) readShell(name, args, bodies, walk);
  else if (name === 'eval') readInner(args.map(({ text }) => text).join(' '), walk);
  else if (name === 'cmd')
    readInner(
      args
        .slice(1)
        .map(({ text }) => text)
        .join(' '),
      walk,
    );
  else if (INTERPRETERS.test(name)) walk.opaque.push(...args.map(({ text }) => text), ...bodies);
  else if (name === 'find' || name === 'fd') readFind(args, walk);
  else if (name === 'trap' || name === 'alias')
    for (const { text } of args) readInner(text.replace(/^[\w.-]+=/u, ''), walk);
  else if (name === 'cd' || name === 'pushd') changeFolder(args, walk);
  const isBare = words.length === 0;
  // `git-commit`, as it lies in `git --exec-path`.
  const [, dashed] = /^git-(?<command>.+)$/u.exec(name) ?? [];
  walk.invocations.push({
    name: dashed === undefined ? name : 'git',
    args: dashed === undefined ? args : [{ text: dashed, isExact: true, isGlob: false }, ...args],
    redirects,
    folder: walk.folder,
    settings: settings.map((setting) => ({ ...setting, stays: setting.stays || isBare })),
  });
}

/** `echo --no-verify | xargs git commit` */
function fedWords(bodies: readonly string[]): readonly Word[] {
  const texts = bodies.flatMap((body) => body.split(/\s+/u).filter((text) => text !== ''));
  return texts.map((text) => ({ text, isExact: true, isGlob: false }));
}

/** The program by its name: `/usr/bin/git` and `git.exe` are git. */
function nameOf(word: Word | undefined): string {
  return (word?.text ?? '').replace(/^.*[\\/]/u, '').replace(/\.(?:exe|cmd|bat|js)$/iu, '');
}

/** How many of the words in front set a variable. */
function takeSettings(words: readonly Word[], settings: Setting[], stays: boolean): number {
  let count = 0;
  for (const word of words) {
    const found = /^(?<name>[A-Za-z_]\w*)\+?=(?<value>[^]*)$/u.exec(word.text);
    if (found === null) break;
    const value = { ...word, text: found.groups?.['value'] ?? '' };
    settings.push({ name: found.groups?.['name'] ?? '', value, stays });
    count++;
  }
  return count;
}

/** `$env:HUSKY=0` and `$env:HUSKY = 0`; the shell's own reading leaves `\0:HUSKY=0` of it, its name being unknown. */
function takePowerShell(words: readonly Word[], settings: Setting[]): void {
  const found = /^\0:(?<name>\w+)(?:=(?<value>.*))?$/u.exec(words[0]?.text ?? '');
  if (found === null) return;
  const text = found.groups?.['value'] ?? (words[1]?.text === '=' ? words[2]?.text : undefined) ?? '';
  settings.push({ name: found.groups?.['name'] ?? '', value: { text, isExact: true, isGlob: false }, stays: true });
}

/** `env -u NAME -C FOLDER -S 'git commit' X=1 git …` */
function behindEnv(words: readonly Word[], walk: Walk): readonly Word[] {
  const split = words.findIndex(({ text }) => /^(?:-\w*S|--split-string)/u.test(text));
  if (split !== -1) {
    const text = words[split]?.text ?? '';
    const attached = /^(?:-\w*S|--split-string=?)(?<rest>.+)$/u.exec(text)?.groups?.['rest'];
    readInner([attached ?? '', ...words.slice(split + 1).map((word) => word.text)].join(' '), walk);
    return [];
  }
  return words.slice(1 + optionsLength(words.slice(1), 'uCP'));
}

function readShell(name: string, args: readonly Word[], bodies: readonly string[], walk: Walk): void {
  const isPowerShell = name === 'pwsh' || name === 'powershell';
  const option = args.findIndex(({ text }) => (isPowerShell ? /^[-/]c/iu : /^-\w*c\w*$/u).test(text));
  if (option !== -1) {
    const rest = args.slice(option + 1);
    const script = isPowerShell ? rest.map(({ text }) => text).join(' ') : behindOptions(rest)?.text;
    if (script !== undefined) readInner(script, walk);
    return;
  }
  const operands = name === 'busybox' ? args.slice(1) : args;
  const isFromInput = operands.every(({ text }) => text.startsWith('-') || text === '/dev/stdin');
  if (isFromInput) for (const body of bodies) readInner(body, walk);
}

/** `bash -c -l '…'`: options may still follow. */
function behindOptions(words: readonly Word[]): Word | undefined {
  return words[optionsLength(words, 'oO')];
}

/** `find … -exec git commit \;`: what it runs is a command; what it finds is not known. */
function readFind(args: readonly Word[], walk: Walk): void {
  const found = args.flatMap(({ text }, i) => (/^-(?:exec|execdir|ok|okdir|x|-exec)$/u.test(text) ? [i] : []));
  for (const at of found) {
    const words = args.slice(at + 1);
    const end = words.findIndex(({ text }) => text === ';' || text === '+');
    readOne({ words: end === -1 ? words : words.slice(0, end), redirects: [], bodies: [], feedsNext: false }, [], {
      ...walk,
      depth: walk.depth + 1,
    });
  }
}

function changeFolder(args: readonly Word[], walk: Walk): void {
  const target = args[optionsLength(args, '')] ?? wordsOf('~')[0];
  if (target?.isExact === true) walk.folder = posix.resolve(walk.folder, target.text.replaceAll('\\', '/'));
}
