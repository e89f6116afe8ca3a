import type { Report } from '../model/report.ts';
import { escapeUnprintable, jsonFinding, jsonScope, jsonSuppressed } from './json.ts';

/** The same as JSON, an object a line: the scan, each finding, advisory and suppressed one, then the end with its coverage. */
export function jsonlReport(report: Report): string {
  const { tool, complete, scope, coverage, notices } = report;
  const objects = [
    { type: 'scan', schemaVersion: 1, tool, scope: jsonScope(scope) },
    ...report.findings.map((finding) => ({ type: 'finding', ...jsonFinding(finding) })),
    ...report.advisories.map((advisory) => ({ type: 'advisory', ...jsonFinding(advisory) })),
    ...report.suppressed.map((entry) => ({ type: 'suppressed', ...jsonSuppressed(entry) })),
    ...notices.map(({ code, message }) => ({ type: 'notice', code, message })),
    { type: 'end', complete, coverage: jsonCoverage(coverage) },
  ];
  return objects.map((object) => `${escapeUnprintable(JSON.stringify(object))}\n`).join('');
}

function jsonCoverage({ expected, scanned, bytes, skipped, errors }: Report['coverage']): object {
  return { expected, scanned, bytes, skipped, errors: errors.map(({ message }) => ({ message })) };
}
