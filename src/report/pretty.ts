import type { AdvisedFinding, Finding, Suppressed, SuppressedBy } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { outcome } from './coverage-line.ts';
import { findingBlock } from './finding-block.ts';
import type { Printed } from './finding-block.ts';
import { folded } from './fold.ts';
import type { Fold } from './fold.ts';
import { hanging } from './layout.ts';
import { paint, plain } from './paint.ts';
import type { Line } from './paint.ts';
import { asTyped } from './program.ts';
import type { Program } from './program.ts';
import { verdictLine } from './verdict-line.ts';
import type { ReportContext } from './verdict-line.ts';
import { placeToOpen } from './wording/place.ts';
import { SUPPRESSED_BY } from './wording/suppression.ts';
import { whatItIs } from './wording/what-it-is.ts';
import { worstFirst } from './worst-first.ts';

export interface PrettyStyle {
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  readonly colour: boolean;
  /** Each suppressed finding, not only their number. */
  readonly verbose: boolean;
  readonly context: ReportContext;
  /** The command that shows what is left out here; null leaves nothing out. */
  readonly rerun: string | null;
  /** Leaves out as much where there is no such command. */
  readonly isShort?: boolean;
  readonly program: Program;
  /** How the log of a build server folds a block; null where nothing folds. */
  readonly fold: Fold | null;
}

/** Enough for a screen; a hook that prints three hundred blocks is not read. Of everything else as many lines. */
const BLOCKS = 5;

/** Some terminals of build servers say that they have no columns at all. */
const NARROWEST = 40;

/** The report for a person. '' when there is nothing to say: the coverage line tells that the scan was clean. */
export function prettyReport(report: Report, style: PrettyStyle): string {
  const width = Math.max(NARROWEST, style.width);
  const sections = sectionsOf(report, { ...style, width }).filter((section) => section.length > 0);
  return paint(sections.flatMap(withGap), style.colour);
}

function sectionsOf(report: Report, style: PrettyStyle): readonly (readonly Line[])[] {
  return [
    scope(report, style),
    verdict(report, style),
    unread(report, style),
    ...blocks(report, style),
    advisories(report, style),
    suppressed(report, style),
    notices(report, style),
    summary(report, style),
  ];
}

function withGap(section: readonly Line[]): readonly Line[] {
  return [...section, []];
}

/** Which commits were looked at decides what "no findings" means. In a hook git has just said it. */
function scope({ scope: { kind, detail } }: Report, style: PrettyStyle): readonly Line[] {
  return style.context === 'scan' && kind === 'range' ? hanging('', `keyguard: ${detail}`, style.width) : [];
}

function verdict(report: Report, style: PrettyStyle): readonly Line[] {
  const text = verdictLine(report, style.context);
  return text === '' ? [] : [[{ text, tone: 'verdict' }]];
}

function unread(report: Report, style: PrettyStyle): readonly Line[] {
  const { errors } = report.coverage;
  const shown = isWhole(style) ? errors : errors.slice(0, BLOCKS);
  return [
    ...shown.flatMap(({ message }) => hanging('not read: ', message, style.width)),
    ...more(errors.length - shown.length, style),
  ];
}

function blocks(report: Report, style: PrettyStyle): readonly (readonly Line[])[] {
  const printed: Printed = { keys: new Map(), steps: new Map() };
  const findings = worstFirst(report.findings);
  const shown = isWhole(style) ? findings : findings.slice(0, BLOCKS);
  return [
    ...shown.map((finding, index) => {
      const block = findingBlock(finding, report.scope.kind, printed, style.width, style.program);
      return style.fold === null ? block : folded(block, inOneLine(finding), index + 1, style.fold);
    }),
    more(findings.length - shown.length, style),
  ];
}

function isWhole({ rerun, isShort = false }: PrettyStyle): boolean {
  return rerun === null && !isShort;
}

function more(count: number, { rerun, program }: PrettyStyle): readonly Line[] {
  if (count === 0) return [];
  if (rerun === null) return [[plain(`and ${count} more`)]];
  return [[plain(`and ${count} more: `), { text: asTyped(rerun, program), tone: 'command' }]];
}

function advisories(report: Report, style: PrettyStyle): readonly Line[] {
  const shown = isWhole(style) ? report.advisories : report.advisories.slice(0, BLOCKS);
  return [
    ...shown.flatMap((advisory) => hanging('advisory: ', adviceInOneLine(advisory), style.width)),
    ...more(report.advisories.length - shown.length, style),
  ];
}

/** Counted only, unless somebody has accepted a high risk: that every report lists. */
function suppressed(report: Report, style: PrettyStyle): readonly Line[] {
  return report.suppressed
    .filter(({ finding, by }) => style.verbose || ((by === 'baseline' || by === 'policy') && finding.risk === 'high'))
    .flatMap((entry) => hanging('suppressed: ', `${inOneLine(entry.finding)}: ${whySuppressed(entry)}`, style.width));
}

function notices(report: Report, style: PrettyStyle): readonly Line[] {
  return report.notices.flatMap(({ message }) => hanging('note: ', message, style.width));
}

/** In a hook the coverage line, which follows at once, says the same. */
function summary(report: Report, style: PrettyStyle): readonly Line[] {
  const reported = report.findings.length + report.advisories.length + report.suppressed.length;
  if (style.context !== 'scan' || reported === 0) return [];
  return hanging('', `${outcome(report)}${suppressionReasons(report.suppressed)}.`, style.width);
}

/** " (2 already committed before this change, 1 accepted in keyguard.baseline.jsonl)" */
function suppressionReasons(entries: readonly Suppressed[]): string {
  const counts = new Map<SuppressedBy, number>();
  for (const { by } of entries) counts.set(by, (counts.get(by) ?? 0) + 1);
  const reasons = [...counts].map(([by, count]) => `${count} ${SUPPRESSED_BY[by]}`);
  return reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
}

/** A hazard says at once how the thing is written safely. */
function adviceInOneLine(advisory: AdvisedFinding): string {
  if (advisory.hazard === undefined) return inOneLine(advisory);
  return `${placeToOpen(advisory.location)}: ${advisory.guidance.summary}`;
}

function inOneLine(finding: Finding): string {
  return `${placeToOpen(finding.location)}: ${whatItIs(finding)} ${finding.redacted}`;
}

/** Only what somebody wrote is quoted: other reasons say the same once more. */
function whySuppressed({ by, reason }: Suppressed): string {
  const isQuoted = (by === 'baseline' || by === 'policy' || by === 'inline-allow') && reason !== '';
  return isQuoted ? `${SUPPRESSED_BY[by]} (${reason})` : SUPPRESSED_BY[by];
}
