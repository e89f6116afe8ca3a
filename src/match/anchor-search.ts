/** An anchor stands at `[at, end)` in the text. */
export interface AnchorHit {
  readonly at: number;
  readonly end: number;
  /** Index in the list that the search was made from. */
  readonly anchor: number;
}

export type AnchorSearch = (text: string) => readonly AnchorHit[];

/**
 * Looks for many words at once in one pass: a table over pairs of bytes says where one may begin, so that nearly every
 * byte costs one look-up. `anyCase` words are names of variables: they match in any case and with or without the
 * separators `_` and `-` (STEPFUN_API_KEY, stepfunApiKey).
 */
export function anchorSearch(anchors: readonly { readonly text: string; readonly anyCase: boolean }[]): AnchorSearch {
  const begins = new Uint8Array(65_536);
  const byPair = new Map<number, number[]>();
  for (const [index, anchor] of anchors.entries()) {
    for (const pair of pairsOf(anchor.text, anchor.anyCase)) {
      begins[pair] = 1;
      byPair.set(pair, [...(byPair.get(pair) ?? []), index]);
    }
  }
  const endAt = (text: string, at: number, index: number): number | null => {
    const anchor = anchors[index];
    if (anchor === undefined) return null;
    if (anchor.anyCase) return nameEndAt(text, at, anchor.text);
    return text.startsWith(anchor.text, at) ? at + anchor.text.length : null;
  };

  return (text) => {
    const hits: AnchorHit[] = [];
    let first = text.charCodeAt(0);
    for (let at = 0; at + 1 < text.length; at += 1) {
      const second = text.charCodeAt(at + 1);
      const pair = first | (second << 8);
      first = second;
      if (begins[pair] !== 1) continue;
      for (const index of byPair.get(pair) ?? []) {
        const end = endAt(text, at, index);
        if (end !== null) hits.push({ at, end, anchor: index });
      }
    }
    return hits;
  };
}

function pairsOf(text: string, anyCase: boolean): ReadonlySet<number> {
  const firsts = casesOf(text.charAt(0), anyCase);
  const seconds = casesOf(text.charAt(1), anyCase);
  return new Set(firsts.flatMap((first) => seconds.map((second) => first | (second << 8))));
}

function casesOf(letter: string, anyCase: boolean): readonly number[] {
  const forms = anyCase ? [letter.toLowerCase(), letter.toUpperCase()] : [letter];
  return forms.map((form) => form.charCodeAt(0));
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
