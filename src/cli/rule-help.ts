import type { RuleHelp } from '../report/reporter.ts';

/** What the guidance knows of revoking and replacing the keys of a rule; loaded for the formats that explain rules. */
export async function ruleHelp(): Promise<(ruleId: string) => RuleHelp | null> {
  const { guidance } = await import('#compiled/guidance');
  const types = new Map(
    guidance.providers.flatMap(({ keyTypes }) => keyTypes.map((type) => [type.ruleId, type.revocation] as const)),
  );
  return (ruleId) => {
    const revocation = types.get(ruleId);
    if (revocation === undefined) return null;
    const { url, steps, replace, afterLeak } = revocation;
    return { url, revoke: steps, replace, afterLeak };
  };
}
