/**
 * Globs as git matches them in an ignore file, on bytes (one per character). Runs of fixed width between the stars are
 * compiled by picomatch; the stars are walked here, because a regex with seven of them takes minutes on a long name,
 * and an ignore file may be hostile.
 */
import picomatch from 'picomatch';
import { parseBracket } from './bracket.ts';

/** Whether a path matches as a whole: `*` and `?` stop at slashes, `**` between slashes does not. */
export function compileGlob(pattern: string): (path: string) => boolean {
  const parts = parseGlob(pattern);
  if (parts === null) return () => false;
  return (path) => {
    let reached: readonly number[] = [0];
    for (const part of parts) reached = advance(part, path, reached);
    return reached.at(-1) === path.length;
  };
}

type Part =
  | { readonly kind: 'run'; readonly width: number; readonly matches: (text: string) => boolean }
  /** `*`: anything but a slash. */
  | { readonly kind: 'star' }
  /** `**` at the end, or before an escaped slash: anything. */
  | { readonly kind: 'rest' }
  /** `**` with its slash: no folder, one or many. */
  | { readonly kind: 'folders' };

/** The offsets in `path` that are reached behind `part`, ascending, from those reached before it. */
function advance(part: Part, path: string, reached: readonly number[]): readonly number[] {
  const first = reached[0];
  if (first === undefined) return [];
  if (part.kind === 'run') {
    return reached.filter((at) => part.matches(path.slice(at, at + part.width))).map((at) => at + part.width);
  }
  if (part.kind === 'star') return starsFrom(path, reached);
  const later = offsetsFrom(first, path);
  if (part.kind === 'rest') return later;
  const starts = new Set(reached);
  return later.filter((at) => starts.has(at) || path[at - 1] === '/');
}

function starsFrom(path: string, reached: readonly number[]): readonly number[] {
  const ends: number[] = [];
  // Everything before it, up to the slash that ends its name, is reached already.
  let next = 0;
  for (const start of reached) {
    if (start < next) continue;
    for (let at = start; at <= path.length; at++) {
      ends.push(at);
      next = at + 1;
      if (path[at] === '/') break;
    }
  }
  return ends;
}

function offsetsFrom(first: number, path: string): readonly number[] {
  return Array.from({ length: path.length - first + 1 }, (_, i) => first + i);
}

/** null: the pattern is malformed and matches nothing, as in git. */
function parseGlob(pattern: string): readonly Part[] | null {
  const parts: Part[] = [];
  // git compares what stands before the first special character as text and matches only the rest as a glob, so that a
  // `**` which begins the rest counts as one between slashes: `foo**/bar` takes `foo/x/bar`.
  const globStart = pattern.search(/[*?[\\]/u);
  let at = 0;
  let run = '';
  let width = 0;
  const endRun = (): void => {
    if (width > 0) parts.push({ kind: 'run', width, matches: compileRun(run) });
    run = '';
    width = 0;
  };
  while (at < pattern.length) {
    if (pattern[at] === '*') {
      endRun();
      const stars = parseStars(pattern, at, at === globStart || pattern[at - 1] === '/');
      parts.push(stars.part);
      at = stars.end;
      continue;
    }
    const one = parseOne(pattern, at);
    if (one === null) return null;
    run += one.glob;
    width++;
    at = one.end;
    if (width === LONGEST_RUN) endRun();
  }
  endRun();
  return parts;
}

/** picomatch refuses patterns of more than 64 KiB, and one byte becomes up to 6 × 256 characters here. */
const LONGEST_RUN = 32;

function parseStars(pattern: string, start: number, isOpen: boolean): { readonly part: Part; readonly end: number } {
  let end = start;
  while (pattern[end] === '*') end++;
  const isPair = end - start > 1 && isOpen;
  if (isPair && pattern[end] === '/') return { part: { kind: 'folders' }, end: end + 1 };
  if (isPair && (end === pattern.length || pattern.startsWith('\\/', end))) return { part: { kind: 'rest' }, end };
  return { part: { kind: 'star' }, end };
}

/** What takes exactly one byte, as a glob that picomatch reads in one way only. */
function parseOne(pattern: string, at: number): { readonly glob: string; readonly end: number } | null {
  const character = pattern[at];
  if (character === '?') return { glob: '?', end: at + 1 };
  if (character === '[') {
    const bracket = parseBracket(pattern, at);
    return bracket === null || bracket.takes.size === 0
      ? null
      : { glob: bracketOf([...bracket.takes]), end: bracket.end };
  }
  const from = character === '\\' ? at + 1 : at;
  return from < pattern.length ? { glob: bracketOf([pattern.charCodeAt(from)]), end: from + 1 } : null;
}

function bracketOf(bytes: readonly number[]): string {
  return `[${bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}]`;
}

function compileRun(glob: string): (text: string) => boolean {
  const regex = picomatch.makeRe(glob, {
    dot: true,
    literalBrackets: false,
    nobrace: true,
    noextglob: true,
    nonegate: true,
    windows: false,
  });
  return (text) => regex.test(text);
}
