import type { Step } from '../model/finding.ts';
import { hanging, whole } from './layout.ts';
import type { Line } from './paint.ts';

/** The place of the block in which each step was printed first, so that none is printed twice. `stepLines` fills it. */
export type PrintedSteps = Map<string, string>;

/** Numbered steps. Those that stand in an earlier block under the same number are named by the place of that block. */
export function stepLines(
  steps: readonly Step[],
  place: string,
  printed: PrintedSteps,
  indent: string,
  width: number,
): readonly Line[] {
  return runsOf(steps, printed).flatMap((run) => {
    if (run.place === null) {
      printed.set(identityOf(run.step, run.from), place);
      return oneStep(run.step, `${indent}${run.from}. `, width);
    }
    if (run.from === 1 && run.to === steps.length) return hanging(indent, `Same steps as for ${run.place}.`, width);
    const numbers = run.from === run.to ? `${run.from}.` : `${run.from}-${run.to}.`;
    return hanging(`${indent}${numbers} `, `As for ${run.place}.`, width);
  });
}

/** Steps `from` to `to`, counted from 1: one that is new, or several that were printed for `place`. */
type Run =
  | { readonly place: null; readonly from: number; readonly step: Step }
  | { readonly place: string; readonly from: number; readonly to: number };

function runsOf(steps: readonly Step[], printed: PrintedSteps): readonly Run[] {
  const runs: Run[] = [];
  for (const [index, step] of steps.entries()) {
    const number = index + 1;
    const place = printed.get(identityOf(step, number)) ?? null;
    const last = runs.at(-1);
    if (place === null) {
      runs.push({ place, from: number, step });
    } else if (last?.place === place) {
      runs.splice(-1, 1, { place, from: last.from, to: number });
    } else {
      runs.push({ place, from: number, to: number });
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

function identityOf(step: Step, number: number): string {
  return JSON.stringify([number, step.text, step.url, step.command]);
}
