import type { AdvisedFinding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Risk } from '../../model/rule.ts';
import { escapeUnprintable } from '../json.ts';
import { placeInSentence } from '../wording/place.ts';
import { whatItIs } from '../wording/what-it-is.ts';

/** Code Climate's issues as GitLab reads them: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function codequalityReport(report: Report): string {
  const seen = new Map<string, number>();
  const issues = [...report.findings, ...report.advisories].map((finding) => issueOf(finding, seen));
  // The format has no place for "not complete": an issue of its own cannot be overlooked.
  const incomplete = report.complete ? [] : [incompleteIssue(report)];
  return `${escapeUnprintable(JSON.stringify([...incomplete, ...issues], null, 2))}\n`;
}

function issueOf(finding: AdvisedFinding, seen: Map<string, number>): object {
  const { fingerprint, ruleId, redacted, guidance, location, severity, risk } = finding;
  const place = `${fingerprint}:${location.path ?? location.kind}`;
  const count = (seen.get(place) ?? 0) + 1;
  seen.set(place, count);
  const where = location.member === undefined ? '' : ` in ${placeInSentence(location)}`;
  return {
    description: `${whatItIs(finding)} ${redacted}${where}. ${guidance.summary}`,
    check_name: ruleId,
    fingerprint: `${place}:${count}`,
    severity: severity === 'warning' ? 'minor' : SEVERITIES[risk],
    location: {
      path: location.path ?? placeInSentence(location),
      lines: { begin: location.line, end: location.endLine },
    },
  };
}

function incompleteIssue({ coverage }: Report): object {
  const [first] = coverage.errors;
  return {
    description: `The scan is not complete${first === undefined ? '.' : `: ${first.message}`}`,
    check_name: 'keyguard-incomplete',
    fingerprint: 'keyguard-incomplete',
    severity: 'blocker',
    location: { path: '.', lines: { begin: 1 } },
  };
}

const SEVERITIES: Readonly<Record<Risk, string>> = { high: 'blocker', medium: 'critical', low: 'major' };
