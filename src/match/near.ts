import { REACH } from '../model/rule.ts';
import { isWholeWord } from '../model/whole-word.ts';
import { type AnchorHit, anchorSearch } from './anchor-search.ts';
import { type ByteClass, byteClass } from './byte-class.ts';
import { coresIn } from './cores.ts';
import { touchesLeft, touchesRight } from './boundary.ts';
import { type Fit, fitFrom, type Runner } from './runner.ts';

/**
 * Keys that look like any hash or UUID, and are a provider's only because of what stands around them. Words such as
 * "together" are everywhere, and 32 letters and digits in a row are rare: so the shape is looked for first, and the
 * words only around it, each byte once however many shapes there are.
 */
export interface NearFinder {
  /** Where something stands that is as long and as even as such keys, in the order of the text. */
  readonly coresIn: (text: string) => readonly AnchorHit[];
  /** The rules whose words stand near a core, with the place where they fit. To be asked in the order of the text. */
  readonly fitsIn: (text: string) => (core: AnchorHit) => readonly RunnerFit[];
}

export interface RunnerFit {
  readonly runner: Runner;
  readonly fit: Fit;
}

export function nearFinder(runners: readonly Runner[]): NearFinder {
  // Most texts hold no core: what is needed for one is made when it comes.
  let tables: Tables | null = null;
  return {
    coresIn: (text) => (runners.length === 0 ? [] : coresIn(text)),
    fitsIn: (text) => {
      let wordsAround: ((from: number, to: number) => readonly number[]) | null = null;
      return (core) => {
        tables ??= tablesOf(runners);
        const fits = fitsAt(tables.shapes, text, core);
        if (fits.length === 0) return [];
        wordsAround ??= forwardSearch(text, tables.searchWords, tables.longestWord);
        const { ofWord } = tables;
        const around = wordsAround(core.at - REACH.before, core.end + REACH.after);
        const near = new Set(around.flatMap((word) => ofWord[word] ?? []));
        return fits.filter(({ runner }) => near.has(runner));
      };
    },
  };
}

interface Tables {
  readonly shapes: readonly ShapeGroup[];
  readonly searchWords: (text: string) => readonly AnchorHit[];
  readonly longestWord: number;
  /** The rules of each word that is searched for. */
  readonly ofWord: readonly (readonly Runner[])[];
}

function tablesOf(runners: readonly Runner[]): Tables {
  const words = [...new Set(runners.flatMap(({ rule }) => rule.anchors))];
  const searchAll = anchorSearch(words.map((text) => ({ text, anyCase: true })));
  return {
    shapes: shapesOf(runners),
    searchWords: (text) => searchAll(text).filter(({ at, end }) => end - at > SHORT_WORD || isWholeWord(text, at, end)),
    longestWord: words.reduce((longest, word) => Math.max(longest, word.length), 0),
    ofWord: words.map((word) => runners.filter(({ rule }) => rule.anchors.includes(word))),
  };
}

/** Words of this length are a part of many others: `exa` of `example`. */
const SHORT_WORD = 4;

/** Rules that look for the same text. */
interface Shape {
  readonly first: Runner;
  readonly runners: Runner[];
}

/** Shapes before which the same bytes may not stand. */
interface ShapeGroup {
  readonly left: ByteClass;
  readonly shapes: readonly Shape[];
}

function shapesOf(runners: readonly Runner[]): readonly ShapeGroup[] {
  const byLeft = new Map<string, Map<string, Shape>>();
  for (const runner of runners) {
    const { pattern, left, right } = runner.rule;
    const shapes = byLeft.get(left) ?? new Map<string, Shape>();
    const shape = shapes.get(`${right} ${pattern}`) ?? { first: runner, runners: [] };
    shape.runners.push(runner);
    byLeft.set(left, shapes.set(`${right} ${pattern}`, shape));
  }
  return [...byLeft].map(([left, shapes]) => ({ left: byteClass(left), shapes: [...shapes.values()] }));
}

function fitsAt(groups: readonly ShapeGroup[], text: string, core: AnchorHit): readonly RunnerFit[] {
  const fits: RunnerFit[] = [];
  const starts = startsIn(text, core);
  for (const { left, shapes } of groups) {
    const open = starts.filter((start) => !touchesLeft(text, start, left));
    if (open.length === 0) continue;
    for (const { first, runners } of shapes) {
      const fit = firstFit(first, text, open);
      if (fit !== null) for (const runner of runners) fits.push({ runner, fit });
    }
  }
  return fits;
}

function firstFit(runner: Runner, text: string, starts: readonly number[]): Fit | null {
  for (const start of starts) {
    const fit = fitFrom(runner, text, start);
    if (fit !== null && !touchesRight(text, fit.end, byteClass(runner.rule.right))) return fit;
  }
  return null;
}

/** An escape that ends in letters or digits stands in front of a run as if it belonged to it, and is no longer. */
const LONGEST_IN_RUN = 8;
/** A part before the run that a full stop joins to it. */
const LONGEST_PREFIX = 16;
/** What the cuts leave of a run is no key if it is shorter. */
const SHORTEST = 32;

/** Where a key may begin that covers the core: in front of it, at it, behind an escape, behind what cuts the run. */
function startsIn(text: string, { at, end }: AnchorHit): readonly number[] {
  if (INTEGRITY.test(text.slice(Math.max(0, at - 7), at))) return [];
  const starts: number[] = [];
  if (text[at - 1] === '.') {
    const before = /[A-Za-z0-9]+$/u.exec(text.slice(Math.max(0, at - 1 - LONGEST_PREFIX), at - 1))?.[0] ?? '';
    if (before !== '') starts.push(at - 1 - before.length);
  }
  starts.push(at);
  if ('\\%[;={'.includes(text.charAt(at - 1))) {
    for (let start = at + 1; start <= at + LONGEST_IN_RUN && start < end; start += 1) starts.push(start);
  }
  let cut = at;
  for (let next = at; next <= end; next += 1) {
    if (next < end && text[next] !== '/' && text[next] !== '+') continue;
    if (cut > at && next - cut >= SHORTEST) starts.push(cut);
    cut = next + 1;
  }
  return starts;
}

/** Lock files hold them by the thousand. */
const INTEGRITY = /sha\d{3}-$/u;

/** Which words stand in a stretch, for stretches that move forward: what was searched once is remembered. */
function forwardSearch(
  text: string,
  search: (text: string) => readonly AnchorHit[],
  longest: number,
): (from: number, to: number) => readonly number[] {
  let found: AnchorHit[] = [];
  let searched = 0;
  return (from, to) => {
    const begin = Math.max(0, from, searched - longest);
    if (to > searched) {
      found = found.filter(({ at }) => at >= from);
      for (const hit of search(text.slice(begin, to))) found.push({ ...hit, at: begin + hit.at });
      searched = to;
    }
    const words = new Set<number>();
    for (const { at, anchor } of found) if (at >= from) words.add(anchor);
    return [...words];
  };
}
