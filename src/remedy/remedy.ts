import type { Exposure, Finding, Guidance, Step } from '../model/finding.ts';
import type { Advice, Plan, SentenceName } from './advice-data.ts';
import { candidatesOf } from './candidates.ts';
import { fill } from './fill.ts';
import type { GuidanceData, KeyTypeGuidance, ProviderGuidance } from './guidance-data.ts';
import type { Case } from './case.ts';
import { placeOf } from './place.ts';
import type { Situation } from './situation.ts';
import { STEPS } from './steps.ts';

/** More is not read by somebody under stress; `keyguard guide` has the rest. */
const MOST_STEPS = 5;

/** What to do about this key in this exposure state. The words are data; here they are chosen and filled. */
export function adviseOn(finding: Finding, exposure: Exposure, situation: Situation, guidance: GuidanceData): Guidance {
  const { advice } = guidance.common;
  const provider = guidance.providers.find(({ keyTypes }) => keyTypes.some(isOf(finding.ruleId))) ?? null;
  const keyType = provider?.keyTypes.find(isOf(finding.ruleId)) ?? null;
  const isAmbiguous = finding.candidates.length > 0;
  const about: Case = {
    finding,
    exposure,
    situation,
    provider: isAmbiguous ? null : provider,
    keyType: isAmbiguous ? null : keyType,
    candidates: isAmbiguous ? candidatesOf(finding, guidance) : [],
    say: (name, values = {}) => fill(advice.sentences[name], values),
  };
  const plan = planFor(about, keyType, guidance, advice);
  return { summary: summaryOf(about, plan, provider), steps: stepsOf(about, plan) };
}

function isOf(ruleId: string): (type: KeyTypeGuidance) => boolean {
  return (type) => type.ruleId === ruleId;
}

function planFor(about: Case, keyType: KeyTypeGuidance | null, guidance: GuidanceData, advice: Advice): Plan {
  const types = guidance.providers.flatMap(({ keyTypes }) => keyTypes);
  const possible = about.finding.candidates.map(({ ruleId }) => types.find(isOf(ruleId)));
  const isAlways = [keyType, ...possible].some((type) => type?.revocation.always === true);
  return advice.states[about.exposure.state][isAlways ? 'always' : 'ordinary'];
}

/** Beside the finding's title, which says what it is and what it opens. */
function summaryOf({ finding, say }: Case, { todo }: Plan, provider: ProviderGuidance | null): string {
  if (finding.candidates.length > 0) return say('summary-ambiguous', { todo });
  const hasPermissions = provider?.topics.some(({ name }) => name === 'permissions') === true;
  const permission = hasPermissions ? ` ${say('permission-unknown')}` : '';
  return say(finding.damage === null ? 'summary' : 'summary-damaged', { todo }) + permission;
}

function stepsOf(about: Case, plan: Plan): Step[] {
  const all = plan.steps.flatMap((name) => STEPS[name](about).map((step) => ({ name, step })));
  const kept = all.length > MOST_STEPS ? all.filter(({ name }) => name !== 'expire-reflog') : all;
  const [first, ...others] = kept.map(({ step }) => step);
  if (first === undefined) return [];
  return [{ ...first, text: warnOfDamage(about) + first.text }, ...others];
}

const DAMAGE = {
  'cut-short': 'damage-cut-short',
  'over-long': 'damage-over-long',
  uneven: 'damage-uneven',
} as const satisfies Record<string, SentenceName>;

function warnOfDamage(about: Case): string {
  const { damage } = about.finding;
  return damage === null ? '' : `${about.say(DAMAGE[damage], { file: placeOf(about) })} `;
}
