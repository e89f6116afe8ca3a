import type { Matcher } from '../match/matcher.ts';
import type { Match } from '../model/match.ts';
import { Secret } from '../model/secret.ts';
import type { View } from '../model/view.ts';
import { type LiteralSearch, literalSearch } from './literal-search.ts';
import { encodedForms, type Needle } from './needles.ts';
import type { OwnKey } from './own-keys.ts';

/** A matcher that also knows these values, in every view and in the encodings that a view may not undo. */
export function knowingOwnKeys(matcher: Matcher, keys: readonly OwnKey[]): Matcher {
  const search = searchFor(keys);
  return {
    findMatches: (view) => [...matcher.findMatches(view), ...search(view)],
    slicesOf: (view, margin) => {
      const own = search(view);
      const slices = matcher.slicesOf(view, margin);
      if (own.length === 0) return slices;
      return slices.map(({ findMatches, ownStart, ownEnd }) => ({
        findMatches: () => [
          ...findMatches(),
          ...own.filter(({ at }) => at.start >= ownStart - margin && at.start < ownEnd + margin),
        ],
        ownStart,
        ownEnd,
      }));
    },
    longest: Math.max(matcher.longest, NEEDLE),
  };
}

/** So much of a text is searched for; what stands behind it is compared where it was found. */
const NEEDLE = 256;

/** A needle with the value that it is a form of. */
interface Searched extends Needle {
  readonly key: OwnKey;
}

/** The encoded forms are made when a text first has room for one: a hook is mostly over before that. */
function searchFor(keys: readonly OwnKey[]): (view: View) => readonly Match[] {
  const plain = keys.map((key): Searched => ({ key, text: key.text, decoded: null }));
  const searchPlain = literalSearch(plain.map(({ text }) => text.slice(0, NEEDLE)));
  const secrets = new Map(keys.map((key) => [key, new Secret(key.text)]));
  const mayHoldEncoded = longRun(keys);
  let encoded: { readonly needles: readonly Searched[]; readonly search: LiteralSearch } | null = null;
  const withEncoded = (): NonNullable<typeof encoded> => {
    const needles = keys.flatMap((key) => encodedForms(key.text).map((needle) => ({ ...needle, key })));
    encoded ??= { needles, search: literalSearch(needles.map(({ text }) => text.slice(0, NEEDLE))) };
    return encoded;
  };
  return (view) => {
    const decodings = new Map<string, View>();
    const take = (needles: readonly Searched[], search: LiteralSearch): readonly Match[] =>
      search(view.text).flatMap(({ at, index }) => matchesOf(needles[index], at, view, decodings, secrets));
    const found = take(plain, searchPlain);
    if (!mayHoldEncoded(view.text)) return found;
    const { needles, search } = encoded ?? withEncoded();
    return [...found, ...take(needles, search)];
  };
}

/** A run that is as long as the shortest value in base64, or a code of percent encoding. */
function longRun(keys: readonly OwnKey[]): (text: string) => boolean {
  const shortest = keys.reduce((least, { text }) => Math.min(least, text.length), NEEDLE);
  const length = Math.floor((shortest * 4) / 3) - 1;
  const hasReserved = keys.some(({ text }) => /[^\w.~-]/u.test(text));
  const run = new RegExp(`[A-Za-z0-9+/_-]{${length}}${hasReserved ? '|%[0-9A-Fa-f]{2}' : ''}`, 'u');
  return (text) => run.test(text);
}

function matchesOf(
  needle: Searched | undefined,
  start: number,
  view: View,
  decodings: Map<string, View>,
  secrets: ReadonlyMap<OwnKey, Secret>,
): readonly Match[] {
  const rule = needle?.key.rule() ?? null;
  const secret = needle === undefined ? undefined : secrets.get(needle.key);
  if (needle === undefined || rule === null || secret === undefined) return [];
  const at = { start, end: start + sharedLength(view.text, start, needle.text) };
  const read = readAs(view, needle, decodings);
  return [{ rule, view: read, at, span: view.toSource(at), secret, touches: null }];
}

/** How much of the needle stands there; its beginning does. */
function sharedLength(text: string, start: number, needle: string): number {
  let length = Math.min(NEEDLE, needle.length);
  while (length < needle.length && text[start + length] === needle[length]) length += 1;
  return length;
}

function readAs(view: View, { decoded }: Needle, made: Map<string, View>): View {
  if (decoded === null) return view;
  const known = made.get(decoded) ?? { ...view, decoded: [...view.decoded, decoded] };
  made.set(decoded, known);
  return known;
}
