/** An anchor stands at `[at, end)` in the text. */
export interface AnchorHit {
  readonly at: number;
  readonly end: number;
  /** Index in the list that the search was made from. */
  readonly anchor: number;
}

export interface Anchor {
  readonly text: string;
  /** The name of a variable, in whatever case, with or without `_` and `-` (STEPFUN_API_KEY, stepfunApiKey). */
  readonly anyCase: boolean;
}

export type AnchorSearch = (text: string) => readonly AnchorHit[];

/** Letters of a name that are looked for; what follows is compared. */
const NAME_BEGINNING = 4;

/**
 * Looks for many words in one pass: one regular expression of their beginnings, which V8 compiles to machine code at its
 * second use (a loop over the bytes needs longer to get there than a hook takes), then each word at the places found.
 */
export function anchorSearch(anchors: readonly Anchor[]): AnchorSearch {
  const beginnings = new RegExp(patternOf(anchors), 'gu');
  const byFirst = new Map<string, [number, Anchor][]>();
  for (const [index, anchor] of anchors.entries()) {
    const first = anchor.text.charAt(0).toLowerCase();
    byFirst.set(first, [...(byFirst.get(first) ?? []), [index, anchor]]);
  }

  return (text) => {
    const hits: AnchorHit[] = [];
    beginnings.lastIndex = 0;
    for (let found = beginnings.exec(text); found !== null; found = beginnings.exec(text)) {
      const at = found.index;
      for (const [index, anchor] of byFirst.get(text.charAt(at).toLowerCase()) ?? []) {
        const end = endOf(anchor, text, at);
        if (end !== null) hits.push({ at, end, anchor: index });
      }
      // One anchor can begin inside of another.
      beginnings.lastIndex = at + 1;
    }
    return hits;
  };
}

/** What begins with something shorter that is looked for is found with it. */
function patternOf(anchors: readonly Anchor[]): string {
  const plain = new Set(anchors.filter(({ anyCase }) => !anyCase).map(({ text }) => text));
  const shortest = [...plain].filter((text) => ![...plain].some((other) => other !== text && text.startsWith(other)));
  const names = anchors.filter(({ anyCase }) => anyCase).map(({ text }) => beginningOf(text));
  const alternatives = [...shortest.map(escaped), ...new Set(names.map(inAnyCase))];
  return alternatives.length === 0 ? '[]' : alternatives.join('|');
}

/** Up to the first separator, which may be left out in the text. */
function beginningOf(name: string): string {
  return (/^[^_]+/u.exec(name)?.[0] ?? name).slice(0, NAME_BEGINNING);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}

function inAnyCase(text: string): string {
  return Array.from(text, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');
}

function endOf(anchor: Anchor, text: string, at: number): number | null {
  if (anchor.anyCase) return nameEndAt(text, at, anchor.text);
  return text.startsWith(anchor.text, at) ? at + anchor.text.length : null;
}

function nameEndAt(text: string, at: number, name: string): number | null {
  let position = at;
  for (const letter of name) {
    if (letter === '_') {
      if (text[position] === '_' || text[position] === '-') position += 1;
      continue;
    }
    if (text[position]?.toLowerCase() !== letter.toLowerCase()) return null;
    position += 1;
  }
  return position;
}
