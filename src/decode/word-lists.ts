import type { Joint } from './cut.ts';

/** `%w[a b].join` of Ruby: the blanks of each list that is joined. */
export function wordLists(text: string): readonly (readonly Joint[])[] {
  if (!holdsWordList(text)) return [];
  return Array.from(text.matchAll(WORDS), ({ index, groups }) =>
    Array.from((groups?.['list'] ?? '').matchAll(/\s+/gu), (blank) => {
      const start = index + 3 + blank.index;
      return { start, end: start + blank[0].length };
    }),
  );
}

const WORDS = /%[wW][[({<|](?<list>[\w+/=.:~@%\-\s]{1,4000})[\])}>|]\.join\b/gu;

export function holdsWordList(text: string): boolean {
  return text.includes('%w') || text.includes('%W');
}
