import type { Anchor, AnchorHit, AnchorSearch } from './anchor-search.ts';

/**
 * Looks for many words in one pass over a long text: one look at each three characters in a row, in a table that knows
 * which of them stand in a word; then the words at the places found. What it costs does not depend on how many words
 * there are. `byOffset` orders hits that begin at one place.
 */
export function trigramSearch(
  anchors: readonly Anchor[],
  byOffset: (a: AnchorHit, b: AnchorHit) => number,
): AnchorSearch {
  const tables = tablesOf(anchors);
  return (text) => {
    const hits = hitsIn(text, tables);
    const isOrdered = hits.every(({ at }, i) => i === 0 || at > (hits[i - 1]?.at ?? 0));
    return isOrdered ? hits : hits.toSorted((a, b) => a.at - b.at || byOffset(a, b) || a.anchor - b.anchor);
  };
}

/** Nothing but the loop, which V8 makes the fastest code of then. */
function hitsIn(text: string, { slots, buckets }: Tables): readonly AnchorHit[] {
  const hits: AnchorHit[] = [];
  let trigram = 0;
  for (let i = 0; i < text.length; i += 1) {
    trigram = ((trigram << BITS) | (CLASS[text.charCodeAt(i) & 0xff] ?? 0)) & ALL;
    const slot = slots[trigram] ?? 0;
    if (slot !== 0) addHits(text, i, buckets[slot] ?? NONE, hits);
  }
  return hits;
}

const NONE: readonly Candidate[] = [];

function addHits(text: string, i: number, bucket: readonly Candidate[], hits: AnchorHit[]): void {
  for (let k = 0; k < bucket.length; k += 1) {
    const candidate = bucket[k];
    if (candidate === undefined) return;
    const { anchor, index, first, next, fold, back } = candidate;
    const at = i - back;
    if (at < 0 || (text.charCodeAt(at) | fold) !== first) continue;
    if (next !== ANY && (text.charCodeAt(i + 1) | fold) !== next) continue;
    const end = endOf(anchor, text, at);
    if (end !== null) hits.push({ at, end, anchor: index });
  }
}

/** Where the anchor ends that begins at `at`; null where it does not stand there. */
export function endOf(anchor: Anchor, text: string, at: number): number | null {
  if (anchor.anyCase) return nameEndAt(text, at, anchor.text);
  return text.startsWith(anchor.text, at) ? at + anchor.text.length : null;
}

function nameEndAt(text: string, at: number, name: string): number | null {
  let position = at;
  for (const letter of name) {
    if (letter === '_') {
      if ('_-.'.includes(text.charAt(position) || ' ')) position += 1;
      continue;
    }
    if (text[position]?.toLowerCase() !== letter.toLowerCase()) return null;
    position += 1;
  }
  return position;
}

/** Letters and digits each for itself, what joins them as one, all others as one. */
const BITS = 6;
const ALL = (1 << (3 * BITS)) - 1;
const JOINS = 63;
const CLASS = new Uint8Array(256);
for (const [i, sign] of Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789').entries())
  CLASS[sign.charCodeAt(0)] = i + 1;
for (const sign of '-_.~:=/') CLASS[sign.charCodeAt(0)] = JOINS;

/** An anchor, found by three characters of it. */
interface Candidate {
  readonly anchor: Anchor;
  readonly index: number;
  /** How far behind its beginning the last of the three stands. */
  readonly back: number;
  /** The codes of the first character and of that behind the three; `ANY` where that may vary. */
  readonly first: number;
  readonly next: number;
  /** What makes small letters of capitals, where the case does not matter. */
  readonly fold: number;
}

const ANY = -1;

interface Tables {
  /** For each three characters the number of their bucket; 0: they stand in no anchor. */
  readonly slots: Uint16Array;
  readonly buckets: readonly (readonly Candidate[])[];
}

function tablesOf(anchors: readonly Anchor[]): Tables {
  const slots = new Uint16Array(ALL + 1);
  const buckets: Candidate[][] = [[]];
  for (const [index, anchor] of anchors.entries()) {
    const at = rarestIn(anchor);
    const candidate = candidateOf(anchor, index, at);
    for (const trigram of new Set(trigramsOf(anchor, at, 0, 3))) {
      const slot = slots[trigram] ?? 0;
      if (slot === 0) slots[trigram] = buckets.push([candidate]) - 1;
      else buckets[slot]?.push(candidate);
    }
  }
  return { slots, buckets };
}

function candidateOf(anchor: Anchor, index: number, at: number): Candidate {
  const { text, anyCase } = anchor;
  const fold = anyCase ? SMALL : 0;
  const following = text.charAt(at + 3);
  const isFixed = following !== '' && !(anyCase && text.slice(at, at + 4).includes('_'));
  return {
    anchor,
    index,
    first: text.charCodeAt(0) | fold,
    next: isFixed ? following.charCodeAt(0) | fold : ANY,
    fold,
    back: at + 2,
  };
}

const SMALL = 0x20;

/** Every way to write the next `count` characters from `at` on, as the text shows them. */
function trigramsOf(anchor: Anchor, at: number, before: number, count: number): readonly number[] {
  if (count === 0) return [before];
  const { text, anyCase } = anchor;
  const go = (of: number, next: number): readonly number[] =>
    trigramsOf(anchor, next, ((before << BITS) | of) & ALL, count - 1);
  // Behind a short name anything may stand.
  if (at >= text.length) return Array.from({ length: 1 << BITS }, (_, of) => go(of, at)).flat();
  const letter = text.charAt(at);
  if (!anyCase) return go(classOf(letter), at + 1);
  if (letter === '_') return [...go(JOINS, at + 1), ...trigramsOf(anchor, at + 1, before, count)];
  return [letter.toLowerCase(), letter.toUpperCase()].flatMap((one) => go(classOf(one), at + 1));
}

function classOf(letter: string): number {
  return CLASS[letter.charCodeAt(0) & 0xff] ?? 0;
}

/** So far into an anchor three rare characters are looked for. */
const MOST_INTO = 12;

/** In a name a separator may be left out: what stands behind it has no fixed place. */
function rarestIn({ text, anyCase }: Anchor): number {
  const fixed = anyCase ? (/^[^_]*/u.exec(text)?.[0].length ?? 0) : Math.min(text.length, MOST_INTO);
  let rarest = 0;
  let least = Infinity;
  for (let at = 0; at === 0 || at + 3 <= fixed; at += 1) {
    const common = commonness(anyCase ? text.slice(at, at + 3).toLowerCase() : text.slice(at, at + 3));
    if (common < least) [rarest, least] = [at, common];
  }
  return rarest;
}

/** Signs that join are rare, but stand in rows: `://`, `----`. */
function commonness(three: string): number {
  const joins = Array.from(three).filter((sign) => classOf(sign) === JOINS).length;
  return Array.from(three).reduce((sum, sign) => sum + commonnessOf(sign), joins > 1 ? MOST_COMMON : 0);
}

const MOST_COMMON = 9;

function commonnessOf(sign: string): number {
  if (/[eationsrlcdupmh]/u.test(sign)) return 3;
  if (/[a-z]/u.test(sign)) return 2;
  return classOf(sign) === 0 ? 3 : 1;
}
