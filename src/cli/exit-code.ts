import type { Report } from '../model/report.ts';

/** 0 complete and no finding · 1 complete with findings · 2 not complete. */
export type ExitCode = 0 | 1 | 2;

/**
 * `allowIncomplete` forgives what could not be read, but not a git that failed; the report still says that it is not
 * complete.
 */
export function exitCodeOf({ complete, coverage, findings }: Report, allowIncomplete = false): ExitCode {
  const isForgiven = allowIncomplete && !coverage.errors.some(({ gitFailed }) => gitFailed);
  if (!complete && !isForgiven) return 2;
  return findings.length > 0 ? 1 : 0;
}
