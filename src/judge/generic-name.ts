import { wholeWordsIn } from './context-search.ts';

/** A name that says no more than that it is a key, and nothing of another owner. */
export function isGeneric(name: string, ownWords: RegExp | null): boolean {
  const rest = wholeWordsIn(ownWords, name).reduce((text, [word]) => text.replace(word, ' '), name);
  const words = rest
    .replace(/^.{0,20}\benv\./u, '')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, ' ')
    .split(/[^A-Za-z]+/u)
    .filter((word) => word.length > 1);
  return words.every((word) => GENERIC.has(word.toLowerCase()));
}

const GENERIC = new Set(
  (
    'api key keys apikey token tokens secret secrets auth authorization authentication bearer basic access client private ' +
    'credential credentials cred creds password passwd pass pwd pat my the an new old our your default prod production dev ' +
    'development staging stage test user service account value var llm ai model embedding embeddings chat completion ' +
    'provider backend server app config conf env environment header headers subscription primary secondary first second ' +
    'name self this cls settings options opts params args arg const let export public static final string str set is in ' +
    'field http https url endpoint base remote cloud machine login curl data json input id os environ getenv get ' +
    'ci github vars inputs with azure openai xapi ocp apim'
  ).split(' '),
);
