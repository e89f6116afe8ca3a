import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import type { ContextFound } from './context.ts';
import { type ContextSearch, contextSearch, wholeWordsIn } from './context-search.ts';
import { isGeneric } from './generic-name.ts';
import type { Naming } from './naming.ts';
import { KEY, type Place, placeOf } from './place.ts';

/**
 * Whose key it is where the key itself looks like any hash or UUID. A name or a host says it (strength 3 and more), a
 * word near a value that is called a key hints at it. Null: nothing does, or the value is called something else.
 */
export function nearContextOf(match: Match): ContextFound | null {
  const place = placeOf(match);
  if (place.isCalledOther) return null;
  const search = contextSearch(match.rule.context);
  // Nobody knows what such a key looks like: it must at least be called one.
  const isNameable = match.rule.anchorAt !== 'name' || place.isCalledKey || place.naming.own === null;
  return (isNameable ? byName(search, place) : null) ?? byHost(search, place, match.rule) ?? byWord(search, place);
}

function byName(search: ContextSearch, { naming }: Place): ContextFound | null {
  const all = isFitForOwner(naming) ? [...naming.names, ...naming.outer] : naming.names;
  for (const [depth, name] of all.entries()) {
    const [word] = wholeWordsIn(search.names, name);
    if (word === undefined) continue;
    return { evidence: { kind: 'name', text: shownName(name, word[0]) }, strength: 4, distance: depth };
  }
  return null;
}

/** Under the name of a provider stand its key, its model, its address …: only the first is meant. */
function isFitForOwner({ own }: Naming): boolean {
  return own === null || KEY.test(own) || isGeneric(own, null);
}

/** Pieces of another key can be glued to a name: then only the word is told. */
function shownName(name: string, word: string): string {
  return name.length <= LONGEST_NAME && /^[\w.$ -]+$/u.test(name) && !/[A-Za-z0-9]{20}/u.test(name) ? name : word;
}

const LONGEST_NAME = 60;

function byHost(search: ContextSearch, place: Place, rule: Rule): ContextFound | null {
  const found = nearest(matchesOf(search.hosts), place);
  if (found === null) return null;
  const isOwn = place.naming.own === null || isGeneric(place.naming.own, search.names);
  const isMeant = found.isOnLine
    ? (place.isMixed || isOwn) && (place.isMixed || !place.isInPath)
    : place.isCalledKey && isOwn;
  // With the beginning of a key, a host says enough.
  return isMeant || rule.context.strict === true
    ? { evidence: { kind: 'host', text: found.text }, strength: 3, distance: found.distance }
    : null;
}

function byWord(search: ContextSearch, place: Place): ContextFound | null {
  const found = nearest((text) => wholeWordsIn(search.words, text), place);
  if (found === null) return null;
  if (place.naming.own !== null && !isGeneric(place.naming.own, search.names)) return null;
  if (!place.isCalledKey && !(place.isMixed && found.isOnLine)) return null;
  const strength = found.isOnLine ? 2 : 1;
  return { evidence: { kind: 'word', text: found.text }, strength, distance: found.distance };
}

interface Nearest {
  readonly text: string;
  readonly distance: number;
  readonly isOnLine: boolean;
}

type Find = (text: string) => readonly RegExpExecArray[];

function matchesOf(search: RegExp | null): Find {
  return (text) => (search === null ? [] : [...text.matchAll(search)]);
}

function nearest(find: Find, { before, after, lineStart, lineEnd }: Place): Nearest | null {
  const left = find(before).at(-1);
  const right = find(after).at(0);
  const onLeft =
    left === undefined
      ? null
      : {
          text: left[0],
          distance: before.length - left.index - left[0].length,
          isOnLine: left.index >= lineStart,
        };
  const onRight =
    right === undefined
      ? null
      : {
          text: right[0],
          distance: right.index,
          isOnLine: right.index < lineEnd,
        };
  if (onLeft === null || onRight === null) return onLeft ?? onRight;
  if (onLeft.isOnLine !== onRight.isOnLine) return onLeft.isOnLine ? onLeft : onRight;
  return onLeft.distance <= onRight.distance ? onLeft : onRight;
}
