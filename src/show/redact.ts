import { byteClass, holds } from '../match/byte-class.ts';
import { unroll } from './unrolled.ts';
import type { Match } from '../model/match.ts';
import { overlaps, type Span } from '../model/span.ts';
import type { Judged } from '../model/verdict.ts';
import { bodyOf, isHex, prefixOf } from '../judge/body.ts';
import { isLowEntropy, isMadeOfWords } from '../judge/placeholder.ts';
import { soundnessOf } from '../judge/structure.ts';

const TAIL = 4;
/** With fewer hidden characters the shown ones help to guess the rest. */
const ENOUGH_HIDDEN = 24;

/**
 * The fixed prefix and the last four characters, as a provider's console shows a key; a label where that shows too much.
 * Where the key goes on behind the match, its last four are from the middle of the key and are not shown.
 */
export function redactedForm(match: Match): string {
  const known = forms.get(match);
  if (known !== undefined) return known;
  const made = formOf(match);
  forms.set(match, made);
  return made;
}

/** A match stands in the snippets of all its neighbours. */
const forms = new WeakMap<Match, string>();

function formOf(match: Match): string {
  const { rule, secret } = match;
  const text = secret.reveal();
  const prefix = prefixOf(rule, text);
  const hidden = text.length - prefix.length - TAIL;
  if (rule.own !== undefined && hidden < ENOUGH_HIDDEN) return `[value of ${rule.own.name}]`;
  // The last characters of a block are those of its mark.
  const isBlock = rule.structure?.check === 'pem';
  if (hidden < ENOUGH_HIDDEN || rule.guessable || isBlock) return `[${rule.title}]`;
  return `${prefix}…${goesOn(match) ? '' : text.slice(-TAIL)}`;
}

/** With a prefix of this length, `sk_live_` and not `sk-`, random letters that read as words are still a key. */
const TELLING_PREFIX = 6;

/** A path such as `risk-assessment.md` matches, too: in names and messages only what may really be a key is hidden. */
export function isWorthHiding({ match, verdict }: Judged): boolean {
  if (verdict.kind !== 'drop') return true;
  const text = match.secret.reveal();
  const body = bodyOf(match.rule, text);
  const mayBeWords = text.length - body.length < TELLING_PREFIX || verdict.reason === 'placeholder';
  if (body.length < 16 || (mayBeWords && isMadeOfWords(body))) return false;
  return isHex(body) ? body.length >= 24 : !isLowEntropy(body);
}

/** What a match may be called in an explanation: itself when it is no part of one of the `keys`, else its redacted form. */
export function nameOfMatch({ match }: Judged, keys: readonly Span[]): string {
  return keys.some((key) => overlaps(key, match.span)) ? redactedForm(match) : match.secret.reveal();
}

/** Where there may really be keys: what `nameOfMatch` is to keep. */
export function keysAmong(judged: readonly Judged[]): readonly Span[] {
  return judged.filter(isWorthHiding).map(({ match }) => match.span);
}

/** Escapes between a match and what is seen next are no longer than this. */
const NEXT = 256;

/** A word may be joined to a key that is proven to end here, by `_` or `-`; any other match may be a part of more. */
function goesOn({ rule, secret, view, at }: Match): boolean {
  const behind = view.text.slice(at.end, at.end + NEXT);
  const next = (unroll(behind)?.text ?? behind).charAt(0);
  if (/[A-Za-z0-9]/u.test(next)) return true;
  const isSound = rule.structure !== null && soundnessOf(rule.structure, secret.reveal()).kind === 'sound';
  return !isSound && next !== '' && isJoining(rule.right, next);
}

function isJoining(right: string, character: string): boolean {
  return /[_-]/u.test(character) || holds(byteClass(right), character, 0);
}
