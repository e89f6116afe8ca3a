/** One word of a command, as the shell would hand it over. */
export interface Word {
  /** Quotes and escapes are gone. What only the running shell knows (a variable, a substitution) is a NUL. */
  readonly text: string;
  /** Nothing in it is known only to the running shell. */
  readonly isExact: boolean;
  /** It holds an unquoted `*`, `?` or `[`, so that it may stand for other names. */
  readonly isGlob: boolean;
}

/**
 * What is special in a word while it is read. Quotes make ordinary characters of special ones, so a word that was read
 * remembers by these, from the private use area, which of its characters were special.
 */
export const MARKS = {
  any: '\uE000',
  one: '\uE001',
  open: '\uE002',
  brace: '\uE003',
  unbrace: '\uE004',
  comma: '\uE005',
  unknown: '\uE006',
  gap: '\uE007',
} as const;

const SPECIAL: Readonly<Record<string, string>> = {
  '*': MARKS.any,
  '?': MARKS.one,
  '[': MARKS.open,
  '{': MARKS.brace,
  '}': MARKS.unbrace,
  ',': MARKS.comma,
};

/** An unquoted character, marked if it is special. */
export function marked(character: string): string {
  return SPECIAL[character] ?? character;
}

/** Takes our marks out of a text that somebody else wrote. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/[\uE000-\uE007]/gu, '\uFFFD');
}

/** The words that one word stands for: braces are expanded, and the value of an unquoted variable is split. */
export function wordsOf(text: string): readonly Word[] {
  const parts = text.split(MARKS.gap);
  const words = parts.length === 1 ? parts : parts.filter((part) => part !== '');
  return words.flatMap(expandBraces).map(toWord);
}

/** More words than a person writes; what braces would make beyond them is left as it stands. */
const MOST_WORDS = 64;

function expandBraces(text: string): readonly string[] {
  if (text.split(MARKS.brace, MOST_WORDS + 1).length > MOST_WORDS) return [text];
  let words: readonly string[] = [text];
  for (let turn = 0; turn < MOST_WORDS; turn++) {
    const next = words.flatMap(expandOnce);
    if (next.length === words.length || next.length > MOST_WORDS) break;
    words = next;
  }
  return words;
}

/** The first brace that holds a list is expanded, from the outside in as a shell does it. */
function expandOnce(text: string): readonly string[] {
  for (let open = text.indexOf(MARKS.brace); open !== -1; open = text.indexOf(MARKS.brace, open + 1)) {
    const list = listBehind(text, open);
    if (list === null) continue;
    const behind = text.slice(list.end + 1);
    return list.parts.map((part) => `${text.slice(0, open)}${part}${behind}`);
  }
  return [text];
}

/** null where the brace does not end, or holds no comma of its own. */
function listBehind(text: string, open: number): { readonly parts: readonly string[]; readonly end: number } | null {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === MARKS.brace) depth++;
    else if (character === MARKS.comma && depth === 1) {
      parts.push(text.slice(start, at));
      start = at + 1;
    } else if (character === MARKS.unbrace && --depth === 0) {
      return parts.length === 0 ? null : { parts: [...parts, text.slice(start, at)], end: at };
    }
  }
  return null;
}

function toWord(text: string): Word {
  return {
    text: text.replaceAll(/[\uE000-\uE007]/gu, (mark) => PLAIN[mark] ?? '\0'),
    isExact: !text.includes(MARKS.unknown),
    isGlob: /[\uE000-\uE002]/u.test(text),
  };
}

const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SPECIAL).map(([character, mark]) => [mark, character]),
);
