import type { Exposure, Finding, Guidance, Step } from '../model/finding.ts';
import type { Damage } from '../model/verdict.ts';
import type { Advice, Plan, SentenceName } from './advice-data.ts';
import { candidatesOf } from './candidates.ts';
import { fill } from './fill.ts';
import type { GuidanceData, KeyTypeGuidance } from './guidance-data.ts';
import { adviseOnHazard } from './advise-on-hazard.ts';
import type { Case } from './case.ts';
import { placeOf } from './place.ts';
import type { Situation } from './situation.ts';
import { STEPS } from './steps.ts';

/** More is not read by somebody under stress; `keyguard guide` has the rest. */
const MOST_STEPS = 5;

/** What to do about this key in this exposure state. The words are data; here they are chosen and filled. */
export function adviseOn(finding: Finding, exposure: Exposure, situation: Situation, guidance: GuidanceData): Guidance {
  const { advice } = guidance.common;
  if (finding.hazard !== undefined) return adviseOnHazard(finding, situation, guidance);
  // The value of OPENAI_API_KEY is revoked as the keys are that such a variable holds.
  const ruleId = finding.ownKey?.kin ?? finding.ruleId;
  const provider = guidance.providers.find(({ keyTypes }) => keyTypes.some(isOf(ruleId))) ?? null;
  const keyType = provider?.keyTypes.find(isOf(ruleId)) ?? null;
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
  const publicUse = shownByDesign(about);
  if (publicUse !== null) return publicUse;
  const plan = planFor(about, keyType, guidance, advice);
  const caveats = caveatsOf(about);
  return { summary: summaryOf(about, plan, caveats), caveats, steps: stepsOf(about, plan) };
}

/** Where everybody may see the key there is nothing to take out and nothing to revoke. */
function shownByDesign({ finding, keyType, say }: Case): Guidance | null {
  const publicUse = keyType?.publicUse ?? null;
  if (finding.severity !== 'warning' || publicUse === null) return null;
  const { todo, steps, url } = publicUse;
  const [first = '', ...others] = steps;
  return {
    summary: say('summary', { what: finding.title, todo }),
    caveats: [],
    steps: [{ text: first, url }, ...others.map((text) => ({ text }))],
  };
}

function isOf(ruleId: string): (type: KeyTypeGuidance) => boolean {
  return (type) => type.ruleId === ruleId;
}

function planFor(about: Case, keyType: KeyTypeGuidance | null, guidance: GuidanceData, advice: Advice): Plan {
  const types = guidance.providers.flatMap(({ keyTypes }) => keyTypes);
  const possible = about.finding.candidates.map(({ ruleId }) => types.find(isOf(ruleId)));
  const plans = advice.states[about.exposure.state];
  if ([keyType, ...possible].some((type) => type?.revocation.always === true)) return plans.always;
  return about.keyType?.revocation.revocable === false ? plans.unrevocable : plans.ordinary;
}

/** What it is and what to do, in one sentence. */
function summaryOf(about: Case, plan: Plan, caveats: readonly string[]): string {
  const { candidates, say } = about;
  const what = whatItIs(about);
  const todo = candidates.length === 0 ? plan.todo : say('todo-ambiguous', { todo: plan.todo });
  return caveats.length === 0
    ? say('summary', { what, todo })
    : say('summary-with-caveats', { what, todo, caveats: caveats.join('; ') });
}

function whatItIs({ finding: { title, damage }, say }: Case): string {
  return damage === null ? title : say('what-damaged', { title, damage: say(DAMAGE[damage]) });
}

const DAMAGE = {
  'cut-short': 'damage-cut-short',
  'over-long': 'damage-over-long',
  uneven: 'damage-uneven',
} as const satisfies Record<Damage, SentenceName>;

/** What a key does not show, and so has to be assumed. Only keys that can be tried and found restricted have levels. */
function caveatsOf(about: Case): string[] {
  const { finding, provider, keyType, say } = about;
  const hasLevels = provider?.topics.some(({ name }) => name === 'permissions') === true;
  const isLimited = (keyType?.verification?.liveRestricted ?? []).length > 0;
  return [
    ...(hasLevels && isLimited ? [say('permission-unknown')] : []),
    ...(finding.damage === null ? [] : [say('treat-as-whole', { file: placeOf(about) })]),
  ];
}

function stepsOf(about: Case, plan: Plan): Step[] {
  const all = plan.steps.flatMap((name) => STEPS[name](about).map((step) => ({ name, step })));
  const kept = all.length > MOST_STEPS ? all.filter(({ name }) => name !== 'expire-reflog') : all;
  return kept.map(({ step }) => step);
}
