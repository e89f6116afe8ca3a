import type { Environment } from '../../doctor/environments.ts';
import type { ProofVerdict } from '../../doctor/proof-verdict.ts';
import type { Proof, ProofRow } from '../../doctor/prove.ts';
import type { Try } from '../../doctor/try-hook.ts';
import type { DoctorResult } from './doctor.ts';
import { asTyped, mendedLines, type Reader } from './doctor-text.ts';

/** A table of what was stopped and what passed, the verdict above it. */
export function proofText(proof: Proof, result: DoctorResult, reader: Reader): string {
  const { sink } = reader;
  const places = [...new Set(proof.rows.map(({ place }) => place))];
  const tables = places.flatMap((place) => tableOf(place, proof, reader));
  const missed = proof.notTried.map(({ place, why }) => `NOT tried in ${sink(place)}: ${sink(why)}`);
  return [verdictLine(result), ...mendedLines(result, reader), ...tables, ...missed, ...writtenLines(proof, reader)]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function verdictLine({ exitCode, proof }: DoctorResult): string {
  const rows = proof?.rows ?? [];
  if (exitCode === 0) return 'Proved: a made-up key was stopped by each hook that is installed, and the rest passed.';
  if (rows.some(({ verdict }) => verdict === 'lets-through')) return 'NOT proved: a made-up key went through.';
  if (exitCode === 2) return 'NOT proved: a hook stops everything, or could not be tried.';
  return 'NOT proved: keyguard is not installed here.';
}

function tableOf(place: string, { rows }: Proof, reader: Reader): readonly string[] {
  const here = rows.filter((row) => row.place === place);
  const head = here.some(({ isHere }) => isHere) ? 'Here' : `In the worktree ${reader.sink(place)}`;
  return [
    '',
    `${head}:`,
    row('hook', 'started from', 'with a key', 'without', ''),
    ...here.map((one) =>
      row(one.hook, FROM[one.environment ?? 'nowhere'], said(one.withKey), said(one.without), WORDS[one.verdict]),
    ),
    ...adviceOf(here, reader),
  ];
}

function row(hook: string, from: string, withKey: string, without: string, verdict: string): string {
  return `  ${hook.padEnd(18)}${from.padEnd(16)}${withKey.padEnd(12)}${without.padEnd(12)}${verdict}`;
}

const FROM: Readonly<Record<Environment | 'nowhere', string>> = {
  shell: 'this shell',
  gui: 'a GUI client',
  nowhere: '-',
};

function said(attempt: Try | null): string {
  return attempt === null ? '-' : attempt.how === 'not-tried' ? 'not tried' : attempt.how;
}

const WORDS: Readonly<Record<ProofVerdict, string>> = {
  proven: 'ok',
  'lets-through': 'LETS A KEY THROUGH',
  'stops-everything': 'STOPS EVERYTHING',
  'not-tried': 'NOT TRIED',
  'not-installed': 'not installed',
};

/** What to do, and what the hook said of a commit that holds no key. */
function adviceOf(rows: readonly ProofRow[], { sink, program }: Reader): readonly string[] {
  const bad = rows.filter(({ verdict }) => verdict === 'stops-everything' || verdict === 'not-tried');
  const words = bad.flatMap(({ hook, without }) =>
    without === null || without.lastLine === '' ? [] : [`  Without a key ${hook} said last: ${sink(without.lastLine)}`],
  );
  const needsLook = bad.length > 0 || rows.some(({ verdict }) => verdict === 'lets-through');
  const isBare = rows.every(({ verdict }) => verdict === 'not-installed');
  const command = needsLook ? 'keyguard doctor' : isBare ? 'keyguard install' : null;
  return [...new Set(words), ...(command === null ? [] : [`  To mend: ${asTyped(`${command} `, program).trim()}`])];
}

/** What somebody's hook wrote. */
function writtenLines({ rows }: Proof, { sink }: Reader): readonly string[] {
  const lines = rows.flatMap(({ hook, changes, putBack }) => [
    ...changes.map(({ what, path, how }) => `  ${hook}: ${what}: ${sink(path)} (${how})`),
    ...putBack.map((ref) => `  ${hook}: ${sink(ref)} named a commit that was thrown away; it was put back.`),
  ]);
  return lines.length === 0 ? [] : ['', 'Written while the hooks ran, and not by keyguard:', ...new Set(lines)];
}
