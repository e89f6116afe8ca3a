import { isHex } from '../judge/body.ts';
import { isPublicName, isSecretName } from './names.ts';
import { isLowEntropy, isMadeOfWords, placeholderReason } from '../judge/placeholder.ts';

/** A part of a value that may be worth looking for elsewhere. */
export interface Part {
  readonly text: string;
  /** Its name says that it is not for everybody. */
  readonly isSecret: boolean;
}

/**
 * What of a value comes into question at first sight. Of a URL it is the password or key in it, of several lines the
 * longest. Whether it is random is asked when it was found somewhere: most values never are, and a hook is in a hurry.
 */
export function partsOf(name: string, value: string): readonly Part[] {
  if (value.length < SHORTEST_SECRET || isPublicName(name)) return [];
  const text = longestLine(value);
  if (text.includes('://') && URL_START.test(text)) return credentialsOf(text);
  const part = { text, isSecret: isSecretName(name) };
  return isLong(part) && text.length <= LONGEST ? [part] : [];
}

/** Neither common nor made of words: it stands nowhere by accident. */
export function isWorthFinding({ text, isSecret }: Part): boolean {
  if (placeholderReason(text, false) !== null || isLowEntropy(text)) return false;
  if (isSentence(text) || isPath(text) || isMadeOfWords(text.replaceAll(/\d{5,}/gu, '1'))) return false;
  if (isSecret) return true;
  // Without a name that says so these are sums of files, addresses and identifiers, which stand in code by right.
  const bare = text.replace(/^(?:0x|sha\d+[:-])/iu, '');
  return !isHex(bare) && !UUID.test(text) && (text.match(/[A-Za-z0-9+]{12,}/gu) ?? []).some(isMixed);
}

/** Names of models and versions have such pieces, but short ones. */
function isMixed(run: string): boolean {
  return /\d/u.test(run) && /[A-Za-z]/u.test(run);
}

const URL_START = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//u;
const SHORTEST = 16;
/** So many random characters under the name of a secret are no accident either. */
const SHORTEST_SECRET = 12;

function isLong({ text, isSecret }: Part): boolean {
  return text.length >= (isSecret ? SHORTEST_SECRET : SHORTEST);
}

/** A value of a megabyte is a file, and no key. */
const LONGEST = 16_384;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/** Words, lists and settings: what stands between the separators is short or made of words. */
function isSentence(text: string): boolean {
  const parts = text.split(/[\s,;:=&|"'[\](){}@/]+/u).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => part.length < SHORTEST_SECRET || isMadeOfWords(part));
}

function isPath(text: string): boolean {
  return (
    /^(?:~|\.{1,2})?[/\\]|^[A-Za-z]:[/\\]|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|^(?:[\w-]{1,30}\.)+[a-z]{2,12}(?::\d+)?(?:\/|$)/u.test(
      text,
    ) && !/[A-Za-z0-9+=]{32,}/u.test(text)
  );
}

/** The first of the longest: a key in PEM form begins with a line that all of them have. */
function longestLine(value: string): string {
  if (!/[\r\n]/u.test(value)) return value;
  return value
    .split(/[\r\n]+/u)
    .reduce((longest, line) => (line.length > longest.length ? line : longest), '')
    .trim();
}

/** The password in front of the host, and what stands behind `?key=`: they are what a URL may not show. */
function credentialsOf(url: string): readonly Part[] {
  const { password = '' } =
    /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s:@/?#]*:(?<password>[^\s@/?#]+)@/u.exec(url)?.groups ?? {};
  const parameters = [...url.matchAll(/[?&](?<name>[\w.-]+)=(?<value>[^&#\s]+)/gu)]
    .filter(({ groups }) => isSecretName(groups?.['name'] ?? ''))
    .map(({ groups }) => groups?.['value'] ?? '');
  return [password, ...parameters].map((text) => ({ text, isSecret: true })).filter(isLong);
}
