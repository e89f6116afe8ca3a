import type { Finding } from '../model/finding.ts';
import type { GuidanceData } from './guidance-data.ts';

export interface PossibleProvider {
  readonly provider: string;
  /** Where its keys are listed; null if no page is known. */
  readonly url: string | null;
}

/** Whose key an ambiguous finding may be, the finding's own rule first, each provider once. */
export function candidatesOf(finding: Finding, guidance: GuidanceData): PossibleProvider[] {
  const possible = new Map<string, PossibleProvider>();
  for (const ruleId of [finding.ruleId, ...finding.candidates.map((one) => one.ruleId)]) {
    const owner = guidance.providers.find(({ keyTypes }) => keyTypes.some((type) => type.ruleId === ruleId));
    if (owner === undefined || possible.has(owner.provider)) continue;
    const revocation = owner.keyTypes.find((type) => type.ruleId === ruleId)?.revocation;
    possible.set(owner.provider, { provider: owner.provider, url: revocation?.url ?? owner.consoleUrl });
  }
  // A rule that takes what no provider claims stands for no provider: it has no page, and the others say more.
  const [own, ...others] = possible.values();
  if (own === undefined || own.url !== null || others.length === 0) return [...possible.values()];
  return others;
}
