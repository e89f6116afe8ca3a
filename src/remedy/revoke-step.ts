import type { Step } from '../model/finding.ts';
import type { SentenceName } from './advice-data.ts';
import type { Case } from './case.ts';
import { endingOf } from './ending.ts';
import type { KeyTypeGuidance } from './guidance-data.ts';
import { guideCommand } from './guide-command.ts';

const MOST_CANDIDATES = 4;

/** How this key is made worthless, begun by how urgent that is. */
export function revoke(about: Case, lead: SentenceName): Step {
  const { say, keyType, candidates } = about;
  const urgency = say(lead);
  if (candidates.length > 0) return { text: `${urgency} ${whereItMayBe(about)}` };
  if (keyType === null) return { text: `${urgency} ${say('revoke-unknown')}` };
  const way = wayOf(about, keyType);
  // Where it is only a precaution the way there is enough.
  const isEnough = lead === 'revoke-if-unsure' && (way.url ?? way.command) !== undefined;
  return withWay(isEnough ? urgency : `${urgency} ${deedOf(keyType, about)}`, way, about);
}

/** For what runs out by itself, or opens nothing. */
export function nothingToRevoke(about: Case): Step[] {
  const { keyType } = about;
  return keyType === null ? [] : [withWay(deedOf(keyType, about), linkOf(keyType), about)];
}

interface Way {
  readonly url?: string;
  readonly command?: string;
  readonly isConfirmed: boolean;
}

function wayOf({ provider }: Case, keyType: KeyTypeGuidance): Way {
  return keyType.revocation.url === null ? { ...guideCommand(provider, 'revoke'), isConfirmed: true } : linkOf(keyType);
}

function linkOf({ revocation: { url, evidence } }: KeyTypeGuidance): Way {
  return url === null ? { isConfirmed: true } : { url, isConfirmed: evidence === 'sourced' };
}

function withWay(text: string, { isConfirmed, ...way }: Way, { say }: Case): Step {
  return { text: isConfirmed ? text : `${text} ${say('link-unconfirmed')}`, ...way };
}

/** The first step, naming the key as a console lists it. What is left of a damaged key may end otherwise. */
function deedOf({ revocation }: KeyTypeGuidance, { finding, say }: Case): string {
  const [deed = ''] = revocation.steps;
  const ending = finding.damage === null ? endingOf(finding.redacted) : null;
  return ending === null ? deed : deed.replace('the key', () => say('the-key', { ending }));
}

/** Each on a line of its own, so that its link can be clicked. */
function whereItMayBe({ candidates, finding, say }: Case): string {
  const named = candidates
    .slice(0, MOST_CANDIDATES)
    .map(({ provider, url }) =>
      url === null ? say('candidate-unknown', { provider }) : say('candidate', { provider, url }),
    );
  const more = candidates.length > MOST_CANDIDATES ? [say('candidate-more')] : [];
  return [say('revoke-whose', { redacted: finding.redacted }), ...named, ...more].join('\n');
}
