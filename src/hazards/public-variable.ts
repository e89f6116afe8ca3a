import type { HazardKind } from './hazard.ts';
import { isInComment, isInText, lineBefore, lineFrom } from './quiet.ts';

/**
 * Bundlers write the value of a variable with such a name into the page: https://nextjs.org/docs/app/guides/environment-variables,
 * https://vite.dev/guide/env-and-mode, https://docs.expo.dev/guides/environment-variables and their like.
 */
const PREFIXES = [
  'NEXT_PUBLIC',
  'NUXT_PUBLIC',
  'EXPO_PUBLIC',
  'PLASMO_PUBLIC',
  'SNOWPACK_PUBLIC',
  'PUBLIC',
  'VITE',
  'REACT_APP',
  'VUE_APP',
  'NG_APP',
  'PREACT_APP',
  'TARO_APP',
  'GATSBY',
  'GRIDSOME',
  'STORYBOOK',
];

const NAME = new RegExp(
  String.raw`(?<![A-Za-z0-9_])(?:${PREFIXES.join('|')})_(?<rest>[A-Z][A-Z0-9_]{3,80})(?![A-Za-z0-9_])`,
  'gu',
);

/** A key in a variable that a bundler publishes. The name alone is enough: whoever sets it publishes the key. */
export const publicVariables: HazardKind = function* (text, _path, names) {
  for (const found of text.matchAll(NAME)) {
    const { index, 0: name } = found;
    const key = names(found.groups?.['rest'] ?? '');
    const end = index + name.length;
    const before = lineBefore(text, index);
    if (key === null || !isUse(before, lineFrom(text, end)) || isGuard(before, text.slice(end, end + GUARD))) continue;
    yield { at: { start: index, end }, name, provider: key.provider };
  }
};

/** Whoever sets it is stopped. `if (!…)` wants it to be set. */
function isGuard(before: string, after: string): boolean {
  return /\bif\b[\s(]*[\w.]+(?:[[(]\s*["'`])?$/u.test(before) && STOPS.test(after);
}

const STOPS =
  /^(?:["'`]\s*[\])])?\s*(?:(?:!==?|is not)\s*(?:undefined|null|None|""|'')\s*)?[):]\s*\{?\s*(?:throw|raise|(?:process|sys)\.exit)\b/u;

/** So far behind the name it is looked for what happens then, in characters. */
const GUARD = 120;

/** It is read or set here, and not only spoken of. */
function isUse(before: string, after: string): boolean {
  if (isInComment(before)) return false;
  if (/(?:env|environ|ENV|getenv|env\.get)\??\W{0,4}$/u.test(before) || /\$\{?\{?\s*(?:\w+\.)*$/u.test(before))
    return true;
  if (!/^["'`]?\s*(?:\?\s*)?(?:=(?!=)|:)/u.test(after)) return false;
  const quoted = /["'`]$/u.test(before);
  const lead = quoted ? before.slice(0, -1) : before;
  // A key of an object is closed before its colon; a sentence goes on in its quotes.
  if (quoted && !/^["'`]/u.test(after)) return /(?:^|\s)-\s*$/u.test(lead);
  return !isInText(lead) && /(?:^|[\s{,;(-])$/u.test(lead) && !/\?\s*$/u.test(lead);
}
