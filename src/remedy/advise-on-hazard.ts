import type { Finding, Guidance, Step } from '../model/finding.ts';
import { fill } from './fill.ts';
import type { GuidanceData } from './guidance-data.ts';
import { pathForCommand } from './safe-command.ts';
import type { Situation } from './situation.ts';

/** How the thing is written so that it publishes nothing. The words are data, `rules/policy/`. */
export function adviseOnHazard(finding: Finding, situation: Situation, { policies }: GuidanceData): Guidance {
  const policy = policies.find(({ ruleId }) => ruleId === finding.ruleId);
  if (policy === undefined) return { summary: `${finding.title}.`, caveats: [], steps: [] };
  const { path } = finding.location;
  const file = pathForCommand(path, situation);
  const isPlain = file !== null && path !== null;
  const values = {
    name: finding.hazard?.name ?? '',
    rule: finding.ruleId,
    file: file ?? 'FILE',
    base: isPlain ? path.slice(path.lastIndexOf('/') + 1) : 'its name',
  };
  const steps = policy.steps.map(({ text, url, command }): Step => ({
    text: fill(text, values),
    ...(url === undefined ? {} : { url }),
    // In a build nobody types, and a name with unusual characters may not become part of a command.
    ...(command === undefined || situation.inCi || !isPlain ? {} : { command: fill(command, values) }),
  }));
  return { summary: `${fill(policy.summary, values)}.`, caveats: [], steps };
}
