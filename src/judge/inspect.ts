import type { Match } from '../model/match.ts';
import type { Confidence, Rule } from '../model/rule.ts';
import type { Damage, DropReason, Evidence } from '../model/verdict.ts';
import { bodyOf, isHex, prefixOf } from './body.ts';
import { contextOf } from './context.ts';
import { isEncodedData, isIntegrityHash } from './encoded-data.ts';
import { changesOften, isMixed } from './mixed.ts';
import { isLowEntropy, isMadeOfNames, isMadeOfWords, placeholderReason } from './placeholder.ts';
import { stands } from './beside.ts';
import type { Soundness } from './soundness.ts';
import { soundnessOf } from './structure.ts';
import { urlPasswordReason } from './url-password.ts';

/** What a match is worth by itself, before it is held against others on the same bytes. */
export type Inspection =
  | { readonly kind: 'drop'; readonly reason: DropReason }
  | {
      readonly kind: 'candidate';
      /** Its construction proves it: no other rule and no word around it can. */
      readonly isSound: boolean;
      readonly confidence: Confidence;
      readonly damage: Damage | null;
      readonly evidence: readonly Evidence[];
      /** Random characters behind the fixed prefix. */
      readonly bodyLength: number;
    };

/** Ordered checks on one match; the first with an opinion decides. */
export function inspectMatch(match: Match): Inspection {
  const { rule } = match;
  const text = match.secret.reveal();
  if (TEST_MODE.test(text)) return drop('test-mode');
  if (!rule.isSecret) return drop('identifier');
  const soundness = rule.structure === null ? null : soundnessOf(rule.structure, text);
  const isSound = soundness?.kind === 'sound';
  const beside = isSound ? null : boundaryReason(match);
  if (beside !== null) return drop(beside);
  const body = bodyOf(rule, text);
  const reason =
    exampleReason(match, text) ??
    (rule.structure?.check === 'pem' ? null : placeholderReason(body, isSound)) ??
    truncationReason(match, body) ??
    structureReason(match, soundness) ??
    (isSound ? null : shapeReason(match, body));
  if (reason !== null) return drop(reason);
  return candidate(match, soundness, body);
}

/** Of Stripe and Clerk, who keep tests apart: https://docs.stripe.com/keys. What others call a test key opens the same. */
const TEST_MODE = /^[eprs]k_test_/u;

function candidate(match: Match, soundness: Soundness | null, body: string): Inspection {
  const { rule } = match;
  const common = { kind: 'candidate', bodyLength: body.length } as const;
  if (soundness?.kind === 'sound') {
    const confidence = soundness.seen ? rule.confidence : 'medium';
    const whole = { ...common, isSound: true, evidence: soundness.evidence } as const;
    return runsOn(match)
      ? { ...whole, confidence: 'low', damage: 'over-long' }
      : { ...whole, confidence, damage: null };
  }
  if (soundness?.kind === 'damaged') {
    const evidence = [...soundness.evidence, random(body)];
    return { ...common, isSound: false, confidence: 'low', damage: soundness.damage, evidence };
  }
  const prefix = prefixOf(rule, match.secret.reveal());
  const evidence: readonly Evidence[] = [
    ...(prefix === '' ? [] : [{ kind: 'prefix', text: prefix } as const]),
    random(body),
  ];
  // Genuine keys have a proof in them, and this one has not.
  const confidence = soundness?.kind === 'unproven' && rule.confidence === 'high' ? 'medium' : rule.confidence;
  return { ...common, isSound: false, confidence, damage: null, evidence };
}

/** A letter or digit behind a whole key is one too many; `_` and `-` join it to a name. */
function runsOn({ touches, view, at }: Match): boolean {
  return touches === 'right' && /[A-Za-z0-9]/u.test(view.text.charAt(at.end));
}

function random(body: string): Evidence {
  return { kind: 'random', length: body.length };
}

function drop(reason: DropReason): Inspection {
  return { kind: 'drop', reason };
}

function boundaryReason(match: Match): DropReason | null {
  if (isIntegrityHash(match)) return 'integrity-hash';
  if (match.touches === 'left' && !isJoined(match)) return 'inside-word';
  return match.touches === 'right' ? 'runs-on' : null;
}

/** `cache_key_…` is no key of anybody, but what is glued behind a name on a line that names the provider is. */
function isJoined(match: Match): boolean {
  const before = match.view.text.charAt(match.at.start - 1);
  return (before === '_' || before === '-') && match.rule.context.required && (contextOf(match)?.strength ?? 0) > 1;
}

function exampleReason(match: Match, text: string): DropReason | null {
  return publishedOf(match.rule).some((pattern) => pattern.test(text)) ? 'published-example' : null;
}

const published = new WeakMap<Rule, readonly RegExp[]>();

function publishedOf(rule: Rule): readonly RegExp[] {
  const known = published.get(rule);
  if (known !== undefined) return known;
  const made = rule.placeholders.map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
  published.set(rule, made);
  return made;
}

/** Shapes that are something else. A UUID is a key where the rule says so: then its pattern spells it. */
function shapeReason(match: Match, body: string): DropReason | null {
  if (match.rule.anchorAt === 'near') return bareReason(match, body);
  if (match.rule.anchorAt === 'name' && (isMadeOfWords(body) || !(/[0-9]/u.test(body) || changesOften(body))))
    return 'words';
  const isLoose = match.rule.catchAll || match.rule.context.required;
  if (isLoose && /^(?:[A-Za-z0-9]+-)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu.test(body)) return 'uuid';
  if ((isLoose || isShort(match, body)) && isMadeOfNames(body))
    return /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/u.test(body) ? 'css-class' : 'words';
  return isLowEntropy(body) ? 'low-entropy' : null;
}

/** So little stands in source code as well: two letters, `_` and a name in camel case. */
function isShort({ secret }: Match, body: string): boolean {
  return secret.length - body.length < 4 && body.length < 32;
}

/** Nothing but randomness speaks for a bare key: names of classes and hashes are as long, and no key of both cases. */
function bareReason({ rule, view, at }: Match, body: string): DropReason | null {
  if (/\+[A-Za-z0-9+/]*$/u.test(view.text.slice(Math.max(0, at.start - AROUND), at.start))) return 'encoded-data';
  if (/^[A-Za-z0-9/]*\+/u.test(view.text.slice(at.end, at.end + AROUND))) return 'encoded-data';
  const allowsCapitals = rule.pattern.includes('A-Z');
  if (allowsCapitals && isHex(body)) return 'integrity-hash';
  if (allowsCapitals && !(isMixed(body) && changesOften(body))) return 'words';
  return isLowEntropy(body) ? 'low-entropy' : null;
}

/** So far a run of base64 is looked at for the signs that letters and digits alone do not have. */
const AROUND = 100;

/** The text goes on with dots or stars: only the beginning of a key is written here. */
function truncationReason({ view, at }: Match, body: string): DropReason | null {
  const after = view.text.slice(at.end, at.end + 3);
  if (body.length >= 32) return null;
  if (/^(?:\.{2}|\xe2\x80\xa6|\u2026)/u.test(after)) return 'documentation';
  // One or two stars end a comment or bold text.
  return after === '***' || after === '\xe2\x80\xa2' || after.startsWith('\u2022') ? 'masked' : null;
}

function structureReason(match: Match, soundness: Soundness | null): DropReason | null {
  if (soundness?.kind === 'wrong') return 'wrong-structure';
  const { structure, anchorAt } = match.rule;
  if (structure?.check === 'url-password') return urlPasswordReason(match);
  if (structure?.check === 'pem' && !stands(structure.beside, match)) return 'no-context';
  const isBare = structure?.check === 'marker-halves' && anchorAt === 'inside' && structure.prefix === '';
  return isBare && isEncodedData(match, structure.marker) ? 'encoded-data' : null;
}
