import { endOf, trigramSearch } from './trigram-search.ts';

/** An anchor stands at `[at, end)` in the text. */
export interface AnchorHit {
  readonly at: number;
  readonly end: number;
  /** Index in the list that the search was made from. */
  readonly anchor: number;
}

export interface Anchor {
  readonly text: string;
  /** The name of a variable, in whatever case, with or without separators (STEPFUN_API_KEY, stepfunApiKey, stepfun.api.key). */
  readonly anyCase: boolean;
}

export type AnchorSearch = (text: string) => readonly AnchorHit[];

/** So much of a name is looked for; what follows is compared. The longer, the farther the search can leap. */
const NAME_BEGINNING = 7;

/** What is rare in text and stands in most anchors, behind two or more letters. */
const SEPARATOR = /(?<!^)[-_.~:=]/u;

/**
 * Looks for many words in one pass: one regular expression, which V8 compiles to machine code at its second use (a loop
 * over the bytes needs longer to get there than a hook takes), then each word at the places found. A word with a
 * separator is looked for by that and the letters before it: a hundred beginnings at every letter of a text take five
 * times as long.
 */
export function anchorSearch(anchors: readonly Anchor[]): AnchorSearch {
  const candidates = anchors.map(candidateOf);
  let cold: AnchorSearch | null = null;
  let warm: AnchorSearch | null = null;
  let searched = 0;
  return (text) => {
    searched += text.length;
    if (searched > COLD) {
      warm ??= trigramSearch(anchors, (a, b) => offsetOf(candidates, a) - offsetOf(candidates, b));
      return warm(text);
    }
    cold ??= placeSearch(candidates);
    return cold(text);
  };
}

/** The loop costs a start some milliseconds until V8 has made fast code of it, and is then twice as fast: a commit is shorter. */
const COLD = 2 * 1024 * 1024;

function offsetOf(candidates: readonly Candidate[], hit: AnchorHit): number {
  return candidates[hit.anchor]?.offset ?? 0;
}

function placeSearch(candidates: readonly Candidate[]): AnchorSearch {
  const places = new RegExp(patternOf(candidates), 'gu');
  const table = tableOf(candidates);
  // Compiled now, for text as it is: what V8 runs first decides which letters it takes for rare.
  places.test(ORDINARY);

  return (text) => {
    const hits: AnchorHit[] = [];
    let last = 0;
    let inOrder = true;
    places.lastIndex = 0;
    // Every match is one character long, and nothing is made of it: a megabyte has a thousand.
    while (places.test(text)) {
      const place = places.lastIndex - 1;
      for (const { anchor, index, offset } of candidatesAt(table, text, place)) {
        const at = place - offset;
        const end = endOf(anchor, text, at);
        if (end === null) continue;
        hits.push({ at, end, anchor: index });
        inOrder &&= at >= last;
        last = at;
      }
    }
    return inOrder ? hits : hits.toSorted((a, b) => a.at - b.at);
  };
}

/**
 * From a thousand characters on V8 compiles at once, and looks at them to learn how often each occurs: with the path of
 * a file as its first text the search takes half as long again. https://v8.dev/blog/regexp-tier-up
 */
const ORDINARY = 'import { of } from "the/list";\nconst value = found(name, 12.5); // what is it here? '.repeat(12);

interface Candidate {
  readonly anchor: Anchor;
  readonly index: number;
  /** Where in the anchor its separator stands; 0 for one without, which is looked for by its beginning. */
  readonly offset: number;
}

function candidateOf(anchor: Anchor, index: number): Candidate {
  return { anchor, index, offset: anchor.anyCase ? 0 : Math.max(0, anchor.text.search(SEPARATOR)) };
}

/** What may stand at a place, by the code of its character; behind a separator's head, by the two last codes. */
type Table = ReadonlyMap<number, readonly Candidate[]>;

const NONE: readonly Candidate[] = [];

function tableOf(candidates: readonly Candidate[]): Table {
  const table = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const { anchor, offset } = candidate;
    for (const text of anchor.anyCase ? [anchor.text.toLowerCase(), anchor.text.toUpperCase()] : [anchor.text]) {
      const key = offset === 0 ? text.charCodeAt(0) : twoCodes(text, offset);
      const same = table.get(key);
      if (same === undefined) table.set(key, [candidate]);
      else same.push(candidate);
    }
  }
  return table;
}

function candidatesAt(table: Table, text: string, place: number): readonly Candidate[] {
  const beginning = table.get(text.charCodeAt(place)) ?? NONE;
  const separated = place === 0 ? NONE : (table.get(twoCodes(text, place)) ?? NONE);
  return beginning.length === 0 ? separated : separated.length === 0 ? beginning : [...beginning, ...separated];
}

/** Greater than any code. */
function twoCodes(text: string, at: number): number {
  return (text.charCodeAt(at - 1) + 1) * 0x1_00_00 + text.charCodeAt(at);
}

/** Made at every start: sets and strings, and no second look at an anchor. What follows the place is only looked at. */
function patternOf(candidates: readonly Candidate[]): string {
  const heads = new Map<string, Set<string>>();
  const beginnings = new Set<string>();
  const names = new Set<string>();
  for (const { anchor, offset } of candidates) {
    const { text, anyCase } = anchor;
    if (anyCase) names.add(beginningOf(text));
    else if (offset === 0) beginnings.add(text);
    else heads.set(text.charAt(offset), (heads.get(text.charAt(offset)) ?? new Set()).add(text.slice(0, offset)));
  }
  const separated = [...heads].map(([separator, before]) => {
    const end = escaped(separator);
    return `${end}(?<=(?:${Array.from(before, escaped).join('|')})${end})`;
  });
  const alternatives = [...separated, ...byFirst(shortest(beginnings), escaped), ...byFirst([...names], inAnyCase)];
  return alternatives.length === 0 ? '[]' : alternatives.join('|');
}

/** `A(?=Iza|BSK)`: V8 asks for the first letter once where the pattern does. */
function byFirst(texts: readonly string[], sourceOf: (text: string) => string): readonly string[] {
  const rests = new Map<string, string[]>();
  for (const text of texts) {
    const rest = sourceOf(text.slice(1));
    const same = rests.get(text.charAt(0));
    if (same === undefined) rests.set(text.charAt(0), [rest]);
    else same.push(rest);
  }
  return [...rests].map(([first, others]) => `${sourceOf(first)}(?=${others.join('|')})`);
}

/** What begins with something shorter that is looked for is found with it. */
function shortest(texts: ReadonlySet<string>): readonly string[] {
  const kept: string[] = [];
  // What begins with another one follows it in this order, and what stands between them does so, too.
  for (const text of [...texts].toSorted()) {
    const last = kept.at(-1);
    if (last === undefined || !text.startsWith(last)) kept.push(text);
  }
  return kept;
}

/** Separators may be left out in the text. */
function beginningOf(name: string): string {
  return name.slice(0, NAME_BEGINNING);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}

function inAnyCase(text: string): string {
  return Array.from(text, (letter) => {
    if (letter === '_') return '[_.-]?';
    return /[a-z]/iu.test(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : escaped(letter);
  }).join('');
}
