import type { Candidate, Finding } from '../../model/finding.ts';
import type { Damage } from '../../model/verdict.ts';
import { listWith } from './list.ts';

/** What was found, in a sentence: "OpenAI admin API key", "looks like a damaged OpenAI project API key (cut short)". */
export function whatItIs(finding: Pick<Finding, 'title' | 'damage'>): string {
  if (finding.damage === null) return finding.title;
  return `looks like a damaged ${finding.title} (${DAMAGE[finding.damage]})`;
}

/** "Could be a key of Moonshot, Stability or SiliconFlow; nothing on the line tells which."; '' when it was decided. */
export function ambiguity(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return '';
  const providers = [...new Set(candidates.map((candidate) => candidate.provider))];
  const only = providers.length === 1 ? providers[0] : undefined;
  const keyTypes = [...new Set(candidates.map((candidate) => candidate.keyType))];
  const what =
    only === undefined ? `a key of ${listWith('or', named(providers))}` : `of ${only}: ${listWith('or', keyTypes)}`;
  return `Could be ${what}; nothing on the line tells which.`;
}

/** As many as the steps have links for; more are not read. */
const MOST_NAMED = 4;

function named(providers: readonly string[]): readonly string[] {
  return providers.length <= MOST_NAMED ? providers : [...providers.slice(0, MOST_NAMED), 'another provider'];
}

const DAMAGE: Readonly<Record<Damage, string>> = {
  'cut-short': 'cut short',
  'over-long': 'too long',
  uneven: 'its two halves differ in length',
};
