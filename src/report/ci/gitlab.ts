import type { AdvisedFinding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Risk } from '../../model/rule.ts';
import { escapeUnprintable } from '../json.ts';
import type { ReportStyle } from '../reporter.ts';
import { commitInWords, placeInSentence } from '../wording/place.ts';
import { whatItIs } from '../wording/what-it-is.ts';

/** https://gitlab.com/gitlab-org/security-products/security-report-schemas, secret-detection-report-format.json */
const VERSION = '15.0.2';

/**
 * GitLab's secret detection report. A vulnerability is told from another by its identifiers and place; `id` only has to
 * be its own in the file. It demands a time: the beginning of today, so that the same bytes give the same report.
 */
export function gitlabReport(report: Report, { today }: ReportStyle): string {
  const time = `${today}T00:00:00`;
  const program = { id: 'keyguard', name: 'keyguard', version: report.tool.version, vendor: { name: 'keyguard' } };
  const document = {
    version: VERSION,
    scan: {
      analyzer: program,
      scanner: program,
      type: 'secret_detection',
      start_time: time,
      end_time: time,
      status: report.complete ? 'success' : 'failure',
      messages: [
        ...report.coverage.errors.map(({ message }) => ({ level: 'fatal', value: `not read: ${message}` })),
        ...report.notices.map(({ message }) => ({ level: 'warn', value: message })),
      ],
    },
    vulnerabilities: [...report.findings, ...report.advisories].map(vulnerabilityOf),
  };
  return `${escapeUnprintable(JSON.stringify(document, null, 2))}\n`;
}

function vulnerabilityOf(finding: AdvisedFinding, index: number): object {
  const { fingerprint, ruleId, severity, risk, redacted, location, guidance, confidence } = finding;
  return {
    id: `${fingerprint}-${index + 1}`,
    name: whatItIs(finding),
    description: `${whatItIs(finding)} ${redacted} in ${placeInSentence(location)}${commitInWords(location)}.`,
    severity: severity === 'warning' ? 'Low' : SEVERITIES[risk],
    confidence: confidence.charAt(0).toUpperCase() + confidence.slice(1),
    solution: [
      guidance.summary,
      ...guidance.steps.map(({ text, url }) => (url === undefined ? text : `${text} ${url}`)),
    ].join('\n'),
    location: {
      file: location.path ?? placeInSentence(location),
      // A scan of files knows no commit; GitLab's own analyzer writes the same there.
      commit: { sha: location.commit?.id ?? UNKNOWN_COMMIT },
      start_line: location.line,
      end_line: location.endLine,
    },
    identifiers: [
      { type: 'keyguard_rule_id', name: `keyguard rule ${ruleId}`, value: ruleId },
      { type: 'keyguard_fingerprint', name: `keyguard fingerprint ${fingerprint}`, value: fingerprint },
    ],
  };
}

const UNKNOWN_COMMIT = '0000000';

const SEVERITIES: Readonly<Record<Risk, string>> = { high: 'Critical', medium: 'High', low: 'Medium' };
