import type { Report } from '../model/report.ts';

/** 0 complete and no finding · 1 complete with findings · 2 not complete. */
export type ExitCode = 0 | 1 | 2;

/** `allowIncomplete` forgives what could not be read; the report still says that it is not complete. */
export function exitCodeOf(report: Report, allowIncomplete = false): ExitCode {
  if (!report.complete && !allowIncomplete) return 2;
  return report.findings.length > 0 ? 1 : 0;
}
