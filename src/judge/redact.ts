import type { Rule } from '../model/rule.ts';
import type { Secret } from '../model/secret.ts';
import type { Judged } from '../model/verdict.ts';
import { bodyOf, isHex, prefixOf } from './body.ts';
import { isLowEntropy, isMadeOfWords } from './placeholder.ts';

const TAIL = 4;
/** With fewer hidden characters the shown ones help to guess the rest. */
const ENOUGH_HIDDEN = 24;

/** The fixed prefix and the last four characters, as a provider's console shows a key; a label where that shows too much. */
export function redactedForm(rule: Rule, secret: Secret): string {
  const text = secret.reveal();
  const prefix = prefixOf(rule, text);
  const hidden = text.length - prefix.length - TAIL;
  return hidden < ENOUGH_HIDDEN || rule.guessable ? `[${rule.title}]` : `${prefix}…${text.slice(-TAIL)}`;
}

/** A path such as `risk-assessment.md` matches, too: in names and messages only what may really be a key is hidden. */
export function isWorthHiding({ match, verdict }: Judged): boolean {
  if (verdict.kind !== 'drop') return true;
  const body = bodyOf(match.rule, match.secret.reveal());
  if (body.length < 16 || isMadeOfWords(body)) return false;
  return isHex(body) ? body.length >= 24 : !isLowEntropy(body);
}

/** What a match may be called in an explanation: itself when it is no key, else its redacted form. */
export function nameOfMatch(judged: Judged): string {
  const { rule, secret } = judged.match;
  return isWorthHiding(judged) ? redactedForm(rule, secret) : secret.reveal();
}
