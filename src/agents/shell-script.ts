import { type Lexer, readSubstitution, readWord } from './shell-lexer.ts';
import { type Word, withoutMarks, wordsOf } from './shell-word.ts';

/** One command with what is said around it; no pipe, list or bracket is left in it. */
export interface Simple {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** What it is given on its standard input, as far as it stands in the script. */
  readonly bodies: readonly string[];
  /** Its output goes to the next command. */
  readonly feedsNext: boolean;
}

export interface Redirect {
  readonly operator: string;
  readonly target: Word;
}

/**
 * The commands of a script in the order in which they stand, those of substitutions before the one they are in. null: it
 * is not understood, because a quote or bracket does not end. It is read as sh and bash read it:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function readScript(
  script: string,
  known: ReadonlyMap<string, string> = new Map(),
  depth = 0,
): readonly Simple[] | null {
  if (depth > DEEPEST) return null;
  const variables = new Map(known);
  const lexer: Lexer = { text: withoutMarks(script.replaceAll('\r\n', '\n')), at: 0, variables, inner: [] };
  const reading: Reading = {
    lexer,
    variables,
    depth,
    commands: [],
    words: [],
    redirects: [],
    bodies: [],
    heredocs: [],
  };
  while (lexer.at < lexer.text.length) if (!readNext(reading)) return null;
  return endCommand(reading, '') ? reading.commands : null;
}

/** Substitutions in substitutions; nobody writes more. */
export const DEEPEST = 12;

interface Reading {
  readonly lexer: Lexer;
  readonly depth: number;
  readonly variables: Map<string, string>;
  readonly commands: Simple[];
  words: Word[];
  redirects: Redirect[];
  bodies: string[];
  /** Documents that begin on the next line. */
  heredocs: { readonly end: string; readonly isIndented: boolean; readonly bodies: string[] }[];
}

/** False where the rest cannot be understood. */
function readNext(reading: Reading): boolean {
  const { lexer } = reading;
  const rest = lexer.text.slice(lexer.at, lexer.at + LONGEST_OPERATOR);
  const blank = /^(?:[^\S\n]|\\\n)+/u.exec(rest);
  if (blank !== null) return skip(lexer, blank[0].length);
  if (rest.startsWith('#')) return skip(lexer, lengthOfLine(lexer));
  if (rest.startsWith('\n')) return skip(lexer, 1) && endCommand(reading, '\n') && readHeredocs(reading);
  if (/^[<>]\(/u.test(rest)) return addInner(reading);
  const redirect = /^(?:\d*)(?:<<<|<<-?|<>|<&|<|>>|>\||>&|>)|^&>>?/u.exec(rest);
  if (redirect !== null) return skip(lexer, redirect[0].length) && readRedirect(reading, redirect[0]);
  const operator = /^(?:\|&|\|\||&&|;;|[;&|()])/u.exec(rest);
  if (operator !== null) return skip(lexer, operator[0].length) && endCommand(reading, operator[0]);
  const word = readWord(lexer);
  if (word === null) return false;
  reading.words.push(...wordsOf(word));
  return true;
}

const LONGEST_OPERATOR = 32;

function skip(lexer: Lexer, length: number): true {
  lexer.at += length;
  return true;
}

function lengthOfLine({ text, at }: Lexer): number {
  const end = text.indexOf('\n', at);
  return (end === -1 ? text.length : end) - at;
}

function addInner({ lexer, words }: Reading): boolean {
  const word = readSubstitution(lexer, lexer.at + 1);
  if (word === null) return false;
  words.push(...wordsOf(word));
  return true;
}

function readRedirect(reading: Reading, operator: string): boolean {
  const { lexer } = reading;
  const blank = /^[^\S\n]*/u.exec(lexer.text.slice(lexer.at, lexer.at + LONGEST_OPERATOR))?.[0] ?? '';
  lexer.at += blank.length;
  if (/^[<>]\(/u.test(lexer.text.slice(lexer.at, lexer.at + 2))) return addInner(reading);
  const word = readWord(lexer);
  if (word === null) return false;
  const [target] = wordsOf(word);
  if (target === undefined) return true;
  if (operator.endsWith('<<<')) reading.bodies.push(target.text);
  else if (operator.includes('<<'))
    reading.heredocs.push({ end: target.text, isIndented: operator.endsWith('-'), bodies: reading.bodies });
  else reading.redirects.push({ operator: operator.replace(/^\d+/u, ''), target });
  return true;
}

/** Documents stand below the line of the command that they belong to, which has been read by now. */
function readHeredocs({ lexer, heredocs }: Reading): boolean {
  for (const { end, isIndented, bodies } of heredocs.splice(0)) {
    const body: string[] = [];
    while (lexer.at < lexer.text.length) {
      const length = lengthOfLine(lexer);
      const line = lexer.text.slice(lexer.at, lexer.at + length);
      skip(lexer, length + 1);
      if ((isIndented ? line.replace(/^\t+/u, '') : line) === end) break;
      body.push(line);
    }
    bodies.push(body.join('\n'));
  }
  return true;
}

function endCommand(reading: Reading, operator: string): boolean {
  const { lexer, variables, commands, words, redirects, bodies } = reading;
  for (const script of lexer.inner.splice(0)) {
    const inner = readScript(script, variables, reading.depth + 1);
    if (inner === null) return false;
    commands.push(...inner);
  }
  if (words.length > 0 || redirects.length > 0) {
    commands.push({ words, redirects, bodies, feedsNext: operator === '|' || operator === '|&' });
    remember(words, variables);
  }
  reading.words = [];
  reading.redirects = [];
  reading.bodies = [];
  return true;
}

const LONGEST_VALUE = 4096;

/** `x=1` and `export x=1` hold for what follows. */
function remember(words: readonly Word[], variables: Map<string, string>): void {
  const settings = words[0]?.text === 'export' ? words.slice(1) : words;
  const parts = settings.map((word) => ({ word, part: /^(?<name>[A-Za-z_]\w*)=(?<value>[^]*)$/u.exec(word.text) }));
  if (parts.some(({ part }) => part === null)) return;
  for (const { word, part } of parts) {
    const name = part?.groups?.['name'] ?? '';
    const value = part?.groups?.['value'] ?? '';
    // Values of values double with each step.
    if (word.isExact && value.length < LONGEST_VALUE) variables.set(name, value);
    else variables.delete(name);
  }
}
