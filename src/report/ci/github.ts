import type { AdvisedFinding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { escapeForDisplay } from '../display.ts';
import { counted } from '../wording/list.ts';
import { commitInWords, placeInSentence } from '../wording/place.ts';
import { whatItIs } from '../wording/what-it-is.ts';
import { worstFirst } from '../worst-first.ts';

/** GitHub shows ten errors and ten warnings of a step; what is over that stands in the log only. */
const MOST = 50;

/**
 * Workflow commands that put an annotation on the line of each finding.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(report: Report): string {
  const findings = worstFirst(report.findings);
  const lines = [
    ...report.coverage.errors
      .slice(0, MOST)
      .map(({ message }) => command('error', [], `keyguard: not read: ${message}`)),
    ...(report.complete ? [] : [command('error', [], 'keyguard: the scan is NOT complete.')]),
    ...findings.slice(0, MOST).map((finding) => annotation('error', finding)),
    ...report.advisories.slice(0, MOST).map((advisory) => annotation('warning', advisory)),
    ...(findings.length > MOST
      ? [command('error', [], `keyguard: and ${counted(findings.length - MOST, 'finding')} more.`)]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(level: 'error' | 'warning', finding: AdvisedFinding): string {
  const { location, redacted, guidance } = finding;
  const what = `${whatItIs(finding)} ${redacted}`;
  const title = ['title', `keyguard: ${whatItIs(finding)}`] as const;
  const elsewhere = `${what} in ${placeInSentence(location)}${commitInWords(location)}. ${guidance.summary}`;
  if (location.path === null || location.kind === 'path') return command(level, [title], elsewhere);
  // A line of a member is none of the file.
  if (location.member !== undefined) return command(level, [['file', location.path], title], elsewhere);
  // Columns are only shown for an annotation of one line.
  const columns =
    location.line === location.endLine
      ? ([
          ['col', String(location.column)],
          ['endColumn', String(location.endColumn)],
        ] as const)
      : [];
  const place = [
    ['file', location.path],
    ['line', String(location.line)],
    ['endLine', String(location.endLine)],
  ] as const;
  return command(level, [...place, ...columns, title], `${what}${commitInWords(location)}. ${guidance.summary}`);
}

type Property = readonly [name: string, value: string];

/** Everything in it is escaped, so that no text from outside ends it, or begins another one. */
function command(level: 'error' | 'warning', properties: readonly Property[], message: string): string {
  const given = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${level}${given === '' ? '' : ` ${given}`}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return escapeForDisplay(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
