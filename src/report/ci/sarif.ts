import type { SuppressedBy, Finding, Location } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { escapeUnprintable } from '../json.ts';
import type { ReportStyle } from '../reporter.ts';
import { commitInWords, placeInSentence } from '../wording/place.ts';
import { SUPPRESSED_BY } from '../wording/suppression.ts';
import { whatItIs } from '../wording/what-it-is.ts';
import { sarifRules } from './sarif-rules.ts';
import { relativeUri } from './uri.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0 as GitHub's code scanning takes it: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * No region holds a snippet.
 */
export function sarifReport(report: Report, style: ReportStyle): string {
  const reported = [...report.findings, ...report.advisories];
  const all = [...reported, ...report.suppressed.map(({ finding }) => finding)];
  const { rules, indexOf } = sarifRules(all, style.helpOf);
  const counts = new Map<string, number>();
  const common = (finding: Finding): object => ({
    ruleId: finding.ruleId,
    ruleIndex: indexOf(finding.ruleId),
    level: finding.severity,
    locations: [locationOf(finding.location)],
    partialFingerprints: fingerprintsOf(finding, counts),
  });
  const { version } = report.tool;
  const run = {
    tool: { driver: { name: 'keyguard', version, semanticVersion: version, rules } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [TOP]: { description: { text: 'The top of the repository.' } } },
    invocations: [invocationOf(report)],
    results: [
      ...reported.map((finding) => ({
        ...common(finding),
        message: { text: messageOf(finding, finding.guidance.summary) },
      })),
      ...report.suppressed.map(({ finding, by, reason }) => ({
        ...common(finding),
        message: { text: messageOf(finding, `${SUPPRESSED_BY[by]}.`) },
        suppressions: [{ kind: KINDS[by], status: 'accepted', justification: reason }],
      })),
    ],
    properties: { scope: report.scope, ruleset: report.tool.ruleset },
  };
  return `${escapeUnprintable(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2))}\n`;
}

const TOP = 'SRCROOT';

const KINDS: Readonly<Record<SuppressedBy, 'inSource' | 'external'>> = {
  'inline-allow': 'inSource',
  'already-committed': 'external',
  ignore: 'external',
  config: 'external',
  baseline: 'external',
  base: 'external',
  policy: 'external',
};

function messageOf(finding: Finding, rest: string): string {
  return `${whatItIs(finding)} ${finding.redacted} in ${placeInSentence(finding.location)}${commitInWords(finding.location)}. ${rest}`;
}

/**
 * The key itself, so that an alert survives when lines move; the second in a file is told from the first. GitHub
 * compares `primaryLocationLineHash` and computes it from the line where it is missing.
 */
function fingerprintsOf({ fingerprint, location }: Finding, counts: Map<string, number>): object {
  const place = `${fingerprint} ${location.kind} ${location.path ?? ''}`;
  const count = (counts.get(place) ?? 0) + 1;
  counts.set(place, count);
  return { primaryLocationLineHash: `${fingerprint}:${count}`, 'keyguard/v1': fingerprint };
}

/** What has no path (a message, a name) is shown at the top: GitHub refuses a result without a file. */
function locationOf(location: Location): object {
  const { kind, path, member, line, column, endLine, endColumn } = location;
  if (path === null) {
    return {
      physicalLocation: { artifactLocation: { uri: '.', uriBaseId: TOP } },
      logicalLocations: [{ fullyQualifiedName: placeInSentence(location), kind: 'resource' }],
    };
  }
  const artifactLocation = { uri: relativeUri(path), uriBaseId: TOP };
  // The key stands in the name of this file, or in a member of it, not in one of its lines.
  if (kind === 'path' || member !== undefined) return { physicalLocation: { artifactLocation } };
  return {
    physicalLocation: {
      artifactLocation,
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

function invocationOf({ complete, coverage, notices }: Report): object {
  return {
    executionSuccessful: complete,
    toolExecutionNotifications: [
      ...coverage.errors.map(({ message }) => notification('error', message)),
      ...coverage.skipped.map(({ reason, count }) => notification('note', `left out: ${count} ${reason}`)),
      ...(complete || coverage.errors.length > 0 ? [] : [notification('error', 'The scan is not complete.')]),
    ],
    toolConfigurationNotifications: notices.map(({ message }) => notification('warning', message)),
  };
}

function notification(level: string, text: string): object {
  return { level, message: { text } };
}
