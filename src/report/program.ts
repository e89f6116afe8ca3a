import type { AdvisedFinding } from '../model/finding.ts';

/** How the keyguard that runs is called: one that is installed in a project is not on the PATH, but npx finds it. */
export type Program = 'keyguard' | 'npx keyguard';

/** A command as it works here; those of other programs stay as they are. */
export function asTyped(command: string, program: Program): string {
  return command.startsWith('keyguard ') ? `${program}${command.slice('keyguard'.length)}` : command;
}

/** The finding with the commands of its steps as they work here. */
export function withTypedSteps(finding: AdvisedFinding, program: Program): AdvisedFinding {
  const steps = finding.guidance.steps.map((step) =>
    step.command === undefined ? step : { ...step, command: asTyped(step.command, program) },
  );
  return { ...finding, guidance: { ...finding.guidance, steps } };
}
