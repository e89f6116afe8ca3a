import type { AdvisedFinding, Step } from '../model/finding.ts';
import { endingOf } from '../remedy/ending.ts';
import { hanging, whole } from './layout.ts';
import type { Line } from './paint.ts';

/** Each step with the block in which it was printed first, so that none is printed twice. `stepLines` fills it. */
export type PrintedSteps = Map<string, PrintedStep>;

interface PrintedStep {
  readonly place: string;
  readonly text: string;
}

/**
 * Numbered steps. Those that stand in an earlier block under the same number are named by the place of that block; if
 * they speak of another key there, by the ending of this one as well.
 */
export function stepLines(
  finding: AdvisedFinding,
  place: string,
  printed: PrintedSteps,
  indent: string,
  width: number,
): readonly Line[] {
  const { steps } = finding.guidance;
  return runsOf(finding, printed).flatMap((run) => {
    if (run.place === null) {
      printed.set(identityOf(run.step, run.from, finding), { place, text: run.step.text });
      return oneStep(run.step, `${indent}${run.from}. `, width);
    }
    const ending = run.ofOtherKey ? endingOf(finding.redacted) : null;
    const where = ending === null ? run.place : `${run.place}, with the key that ends in ${ending}`;
    if (run.from === 1 && run.to === steps.length) return hanging(indent, `Same steps as for ${where}.`, width);
    const numbers = run.from === run.to ? `${run.from}.` : `${run.from}-${run.to}.`;
    return hanging(`${indent}${numbers} `, `As for ${where}.`, width);
  });
}

/** Steps `from` to `to`, counted from 1: one that is new, or several that were printed for `place`. */
type Run =
  | { readonly place: null; readonly from: number; readonly step: Step }
  | { readonly place: string; readonly from: number; readonly to: number; readonly ofOtherKey: boolean };

function runsOf(finding: AdvisedFinding, printed: PrintedSteps): readonly Run[] {
  const runs: Run[] = [];
  for (const [index, step] of finding.guidance.steps.entries()) {
    const number = index + 1;
    const before = printed.get(identityOf(step, number, finding));
    const last = runs.at(-1);
    if (before === undefined) {
      runs.push({ place: null, from: number, step });
      continue;
    }
    const { place } = before;
    const ofOtherKey = before.text !== step.text;
    if (last?.place === place) {
      runs.splice(-1, 1, { place, from: last.from, to: number, ofOtherKey: last.ofOtherKey || ofOtherKey });
    } else {
      runs.push({ place, from: number, to: number, ofOtherKey });
    }
  }
  return runs;
}

function oneStep(step: Step, first: string, width: number): readonly Line[] {
  const indent = ' '.repeat(first.length);
  return [
    ...hanging(first, step.text, width),
    ...(step.url === undefined ? [] : whole(indent, step.url, 'place')),
    ...(step.command === undefined ? [] : whole(indent, step.command, 'command')),
  ];
}

/** The same for two keys, as far as only their endings differ. */
function identityOf({ text, url, command }: Step, number: number, { redacted }: AdvisedFinding): string {
  const ending = endingOf(redacted);
  const ofAnyKey = ending === null ? text : text.replaceAll(redacted, '…').replaceAll(`ends in ${ending}`, 'ends in …');
  return JSON.stringify([number, ofAnyKey, url, command]);
}
