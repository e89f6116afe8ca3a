import type { AdvisedFinding, Step } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { outcome } from '../coverage-line.ts';
import { escapeForDisplay } from '../display.ts';
import { asTyped } from '../program.ts';
import type { ReportStyle } from '../reporter.ts';
import { exposureInWords } from '../wording/exposure.ts';
import { commitInWords, placeToOpen } from '../wording/place.ts';
import { scannedInWords, skippedInWords } from '../wording/scope.ts';
import { whatItIs } from '../wording/what-it-is.ts';
import { worstFirst } from '../worst-first.ts';

/** GitHub cuts a summary off at a megabyte, a comment at 65,536 characters. */
const MOST = 50;

/** For a job's summary, a comment or a ticket. The first line lets a bot find its own comment again. */
export function markdownReport(report: Report, style: ReportStyle): string {
  const findings = worstFirst(report.findings);
  const parts = [
    '<!-- keyguard -->',
    `## keyguard: ${headline(report)}`,
    table(findings.slice(0, MOST)),
    ...findings.slice(0, MOST).map((finding) => details(finding, report, style)),
    findings.length > MOST ? `And ${findings.length - MOST} more: the log of the job lists them.` : '',
    list(
      'Advisories',
      report.advisories
        .slice(0, MOST)
        .map((advisory) => `${code(placeToOpen(advisory.location))}: ${inert(adviceOf(advisory))}`),
    ),
    list(
      'Not read',
      report.coverage.errors.slice(0, MOST).map(({ message }) => inert(message)),
    ),
    list(
      'Notes',
      report.notices.map(({ message }) => inert(message)),
    ),
    coverage(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headline(report: Report): string {
  return report.complete ? outcome(report) : `scan NOT complete, ${outcome(report)} so far`;
}

function table(findings: readonly AdvisedFinding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    (finding) =>
      `| ${inert(whatItIs(finding))} | ${inert(placeToOpen(finding.location))} | ${finding.risk} | ${code(finding.redacted)} | ${code(finding.fingerprint)} |`,
  );
  return ['| what | where | risk | key | fingerprint |', '|---|---|---|---|---|', ...rows].join('\n');
}

function details(finding: AdvisedFinding, { scope }: Report, { program }: ReportStyle): string {
  const { guidance, exposure, location, hazard } = finding;
  return [
    `<details><summary>${inert(whatItIs(finding))} in ${inert(placeToOpen(location) + commitInWords(location))}</summary>`,
    inert(guidance.summary),
    ...(hazard === undefined ? [`Exposure: ${inert(exposureInWords(exposure, scope.kind))}`] : []),
    guidance.steps.map((step, i) => stepOf(step, i + 1, program)).join('\n'),
    '</details>',
  ].join('\n\n');
}

/** Of a hazard also what to write instead. */
function adviceOf(advisory: AdvisedFinding): string {
  return advisory.hazard === undefined ? whatItIs(advisory) : advisory.guidance.summary;
}

function stepOf({ text, url, command }: Step, number: number, program: ReportStyle['program']): string {
  const link = url === undefined ? '' : ` <${url}>`;
  const typed = command === undefined ? '' : `\n\n   \`\`\`sh\n${indented(asTyped(command, program))}\n   \`\`\`\n`;
  return `${number}. ${inert(text)}${link}${typed}`;
}

function indented(command: string): string {
  return escapeForDisplay(command, 'newlines')
    .split('\n')
    .map((line) => `   ${line}`)
    .join('\n');
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`### ${title}`, '', ...lines.map((line) => `* ${line}`)].join('\n');
}

function coverage({ scope, coverage, rules }: Report): string {
  const skipped = skippedInWords(coverage.skipped);
  const rest = skipped === '' ? '' : `; left out: ${skipped}`;
  return inert(`Scanned ${scannedInWords(scope, coverage)} (${scope.detail}), ${rules} rules${rest}.`);
}

/** Text that is no markup, names nobody and links nowhere. */
function inert(text: string): string {
  return html(text).replaceAll(/[\\`*_{}[\]#|~!@:]|(?<=www)\./giu, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A backtick in it would end a code span; an element holds every text. */
function code(text: string): string {
  return `<code>${inert(text)}</code>`;
}

function html(text: string): string {
  return escapeForDisplay(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
