import type { CheckState } from '../../doctor/check.ts';
import { speak, type Spoken } from '../../doctor/speak.ts';
import type { Io } from '../io.ts';
import type { DoctorResult } from './doctor.ts';

export type Reader = Pick<Io, 'sink' | 'program'>;

/** The verdict first, then what was looked at, a line each; below what is not fine stands the command that mends it. */
export function doctorText(result: DoctorResult, reader: Reader, isQuiet: boolean): string {
  const all = result.checks.map(speak);
  const shown = isQuiet ? all.filter(({ state }) => state === 'mend' || state === 'unknown') : all;
  return [verdict(all), ...mendedLines(result, reader), ...shown.flatMap((one) => linesOf(one, reader))]
    .map((line) => `${line}\n`)
    .join('');
}

export function mendedLines({ mended }: Pick<DoctorResult, 'mended'>, { sink, program }: Reader): readonly string[] {
  return mended.map(({ command, failed }) => {
    const did = sink(asTyped(command, program));
    return failed === null ? `Done: ${did}` : `NOT done: ${did}: ${sink(failed)}`;
  });
}

/** As the person has to type it who runs keyguard from a project. */
export function asTyped(command: string, program: Io['program']): string {
  return command.replaceAll(/(?<=^|&& )keyguard(?= )/gu, program);
}

function verdict(all: readonly Spoken[]): string {
  const [unknown, mend] = [count(all, 'unknown'), count(all, 'mend')];
  if (unknown > 0)
    return `keyguard could not look at everything (${things(unknown)})${mend > 0 ? `, and ${things(mend)} to mend` : ''}.`;
  if (mend > 0) return `keyguard found ${things(mend)} to mend here.`;
  return 'Commits here are checked by keyguard, as far as can be told by looking; doctor --prove tries it.';
}

function count(all: readonly Spoken[], state: CheckState): number {
  return all.filter((one) => one.state === state).length;
}

function things(n: number): string {
  return n === 1 ? '1 thing' : `${n} things`;
}

function linesOf({ state, message, remedy }: Spoken, { sink, program }: Reader): readonly string[] {
  const commands = remedy === null ? [] : asTyped(remedy.command, program).split('\n');
  return [`${MARKS[state]}${sink(message)}`, ...commands.map((line) => `${' '.repeat(8)}${sink(line)}`)];
}

const MARKS: Readonly<Record<CheckState, string>> = {
  fine: '  ok    ',
  note: '  note  ',
  mend: '  MEND  ',
  unknown: '  ?     ',
};
