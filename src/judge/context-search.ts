import type { Context } from '../model/rule.ts';
import { isWholeWord } from '../model/whole-word.ts';

/** What a rule looks for around a key. Null where it has none of a kind. */
export interface ContextSearch {
  readonly names: RegExp | null;
  readonly hosts: RegExp | null;
  readonly words: RegExp | null;
}

const made = new WeakMap<Context, ContextSearch>();

export function contextSearch(context: Context): ContextSearch {
  const known = made.get(context);
  if (known !== undefined) return known;
  const search = {
    names: anyOf([...context.names, ...context.words].map(spelled)),
    hosts: anyOf(context.hosts.map((host) => String.raw`(?<![A-Za-z0-9-])${escaped(host)}(?![A-Za-z0-9-])`)),
    words: anyOf(context.words.map(spelled)),
  };
  made.set(context, search);
  return search;
}

export function wholeWordsIn(search: RegExp | null, text: string): readonly RegExpExecArray[] {
  if (search === null) return [];
  return [...text.matchAll(search)].filter(({ index, 0: word }) => isWholeWord(text, index, index + word.length));
}

function anyOf(patterns: readonly string[]): RegExp | null {
  // The longest first: `mistralai` before `mistral`.
  const ordered = [...new Set(patterns)].toSorted((a, b) => b.length - a.length);
  return ordered.length === 0 ? null : new RegExp(ordered.join('|'), 'giu');
}

/** Separators may be others, or none. */
function spelled(word: string): string {
  return word.split(/[_ -]/u).map(escaped).join('[-_ .]?');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}
