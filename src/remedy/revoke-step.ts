import type { Step } from '../model/finding.ts';
import type { SentenceName } from './advice-data.ts';
import type { Case } from './case.ts';

const MOST_CANDIDATES = 4;

/** How this key is made worthless, begun by how urgent that is. */
export function revoke(about: Case, lead: SentenceName): Step {
  const { say, keyType, candidates } = about;
  const urgency = say(lead);
  if (candidates.length > 0) return { text: `${urgency} ${whereItMayBe(about)}` };
  if (keyType === null) return { text: `${urgency} ${say('revoke-unknown')}` };
  const { url, steps, evidence } = keyType.revocation;
  // Where it is only a precaution the link is enough; `keyguard guide` has the steps.
  const how = lead === 'revoke-if-unsure' && url !== null ? [] : steps;
  if (url === null) return { text: [urgency, ...(how.length === 0 ? [say('revoke-unknown')] : how)].join(' ') };
  const doubt = evidence === 'sourced' ? [] : [say('link-unconfirmed')];
  return { text: [urgency, ...how, ...doubt].join(' '), url };
}

function whereItMayBe({ candidates, finding, say }: Case): string {
  const named = candidates
    .slice(0, MOST_CANDIDATES)
    .map(({ provider, url }) =>
      url === null ? say('candidate-unknown', { provider }) : say('candidate', { provider, url }),
    );
  const all = candidates.length > MOST_CANDIDATES ? [...named, say('candidate-more')] : named;
  const last = all.at(-1) ?? '';
  const listed = all.length === 1 ? last : `${all.slice(0, -1).join(', ')} or ${last}`;
  return say('revoke-candidates', { candidates: listed, redacted: finding.redacted });
}
