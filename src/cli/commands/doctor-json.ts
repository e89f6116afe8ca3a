import { speak } from '../../doctor/speak.ts';
import type { Try } from '../../doctor/try-hook.ts';
import type { DoctorResult } from './doctor.ts';
import { asTyped, type Reader } from './doctor-text.ts';

/** By `doctor.schema.json`. Every text passes the sink. */
export function doctorJson({ checks, mended, proof, exitCode }: DoctorResult, { sink, program }: Reader): string {
  const tried = (attempt: Try | null): object | null =>
    attempt === null ? null : { outcome: attempt.how, byKeyguard: attempt.byKeyguard };
  const document = {
    schemaVersion: 1,
    exitCode,
    checks: checks.map(speak).map(({ code, state, message, remedy }) => ({
      code,
      state,
      message: sink(message),
      remedy: remedy === null ? null : { command: sink(asTyped(remedy.command, program)), isSafe: remedy.fix !== null },
    })),
    mended: mended.map(({ command, failed }) => ({
      command: sink(asTyped(command, program)),
      failed: failed === null ? null : sink(failed),
    })),
    proof:
      proof === null
        ? null
        : {
            rows: proof.rows.map(
              ({ place, isHere, hook, environment, withKey, without, verdict, changes, putBack }) => ({
                place: sink(place),
                isHere,
                hook,
                environment,
                withKey: tried(withKey),
                without: tried(without),
                verdict,
                changes: changes.map(({ what, path, how }) => ({ what, path: sink(path), how })),
                putBack: putBack.map((ref) => sink(ref)),
              }),
            ),
            notTried: proof.notTried.map(({ place, why }) => ({ place: sink(place), why: sink(why) })),
          },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
