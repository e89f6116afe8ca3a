import type { Report } from '../model/report.ts';
import { escapeForDisplay } from './display.ts';
import { counted } from './wording/list.ts';
import { scannedInWords, skippedInWords } from './wording/scope.ts';

/**
 * The last line on stderr, without its newline: what was looked at and how it ended. `seconds` is "0.04": the only
 * thing in it that the same bytes do not decide.
 */
export function coverageLine(report: Report, seconds: string): string {
  const { scope, coverage } = report;
  // Not "no findings": nobody looked at anything.
  const isEmpty = scope.commits === 0 && coverage.expected === 0 && report.findings.length === 0;
  if (isEmpty) return 'keyguard: 0 commits in the range: nothing was scanned';
  const looked = `${scannedInWords(scope, coverage)}, ${counted(report.rules, 'rule')}, ${seconds} s`;
  const skipped = skippedInWords(coverage.skipped);
  const rest = skipped === '' ? '' : `; left out: ${skipped}`;
  return escapeForDisplay(`keyguard: scanned ${looked}: ${ending(report)}${rest}`);
}

/** "no findings" alone would be a lie when something was not read. */
function ending(report: Report): string {
  return report.complete ? outcome(report) : `NOT complete: ${outcome(report)} so far`;
}

/** "2 findings, 1 advisory, 3 suppressed". */
export function outcome(report: Report): string {
  const found = report.findings.length === 0 ? 'no findings' : counted(report.findings.length, 'finding');
  const advised =
    report.advisories.length === 0 ? '' : `, ${counted(report.advisories.length, 'advisory', 'advisories')}`;
  const suppressed = report.suppressed.length === 0 ? '' : `, ${report.suppressed.length} suppressed`;
  return found + advised + suppressed;
}
