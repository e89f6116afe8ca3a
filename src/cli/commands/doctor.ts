import process from 'node:process';
import { checkValue, type Parsed, valueOf } from '../parse.ts';
import type { Examination } from '../../doctor/examine.ts';
import type { Mended } from '../../doctor/mend.ts';
import type { Proof } from '../../doctor/prove.ts';
import { atEnd } from '../at-end.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { writeAll } from '../output.ts';
import { policyOfFolder } from '../read-policy.ts';
import { VERSION } from '../version.ts';
import { doctorJson } from './doctor-json.ts';
import { doctorText } from './doctor-text.ts';
import { proofText } from './proof-text.ts';

/** What was seen: the checks, or the proof. */
export interface DoctorResult {
  readonly checks: Examination['checks'];
  readonly mended: readonly Mended[];
  readonly proof: Proof | null;
  readonly exitCode: ExitCode;
}

/** 0 fine, 1 something to mend, 2 could not look. */
export async function doctorCommand({ given }: Parsed, io: Io): Promise<ExitCode> {
  const format = valueOf(given, 'format') ?? 'pretty';
  checkValue('--format of doctor', format, ['pretty', 'json']);
  const mended = given.has('fix') ? await mendNow(io) : [];
  const result = given.has('prove') ? await proveNow(io, mended) : await lookNow(io, mended);
  await writeAll(io.stdout, format === 'json' ? doctorJson(result, io) : pretty(result, io, given.has('quiet')));
  return result.exitCode;
}

function pretty(result: DoctorResult, io: Io, isQuiet: boolean): string {
  return result.proof === null ? doctorText(result, io, isQuiet) : proofText(result.proof, result, io);
}

async function mendNow(io: Io): Promise<readonly Mended[]> {
  const { mend } = await import('../../doctor/mend.ts');
  return mend(io.host, await examineNow(io), io.bin);
}

async function lookNow(io: Io, mended: readonly Mended[]): Promise<DoctorResult> {
  const { wordsOf } = await import('../../doctor/codes.ts');
  const { checks } = await examineNow(io);
  const states = checks.map((one) => wordsOf(one).state);
  const exitCode = states.includes('unknown') ? 2 : states.includes('mend') ? 1 : 0;
  return { checks, mended, proof: null, exitCode };
}

async function proveNow(io: Io, mended: readonly Mended[]): Promise<DoctorResult> {
  const { prove } = await import('../../doctor/prove.ts');
  const { exitCodeOfProof } = await import('../../doctor/proof-verdict.ts');
  const proof = await prove(io.host, atEnd);
  return { checks: [], mended, proof, exitCode: exitCodeOfProof(proof) };
}

async function examineNow(io: Io): Promise<Examination> {
  const { examine } = await import('../../doctor/examine.ts');
  return examine(io.host, {
    running: { version: VERSION, needs: [20, 19] },
    node: process.versions.node,
    atEnd,
    readPolicy: async (top) => policyOfFolder(top, io.host, { skipRules: [], failOn: null, config: null }),
  });
}
