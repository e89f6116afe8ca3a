import type { Report } from '../model/report.ts';
import { escapeForDisplay } from './display.ts';
import { counted } from './wording/list.ts';
import { commitInWords, placeInSentence } from './wording/place.ts';
import { unitOf } from './wording/scope.ts';
import { whatItIs } from './wording/what-it-is.ts';
import { worstFirst } from './worst-first.ts';

/** Who is told: git stopped in a hook, here or on a server; or somebody who asked. */
export type ReportContext = 'hook' | 'server-hook' | 'scan';

/**
 * The first line of a report, without its newline, and all that many graphical git clients show of it:
 * `keyguard: commit stopped: OpenAI admin API key in src/app.ts:12`. '' when there is nothing to say.
 */
export function verdictLine(report: Report, context: ReportContext): string {
  const what = whatHappened(report);
  return what === '' ? '' : escapeForDisplay(`keyguard: ${stopped(report, context)}${what}`);
}

function whatHappened(report: Report): string {
  const [worst, ...others] = worstFirst(report.findings);
  if (worst === undefined) return report.complete ? '' : notComplete(report);
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const unread = report.complete ? '' : '; scan NOT complete';
  return `${whatItIs(worst)} in ${placeInSentence(worst.location)}${commitInWords(worst.location)}${more}${unread}`;
}

function stopped(report: Report, context: ReportContext): string {
  if (context === 'scan') return '';
  if (context === 'server-hook') return 'push refused: ';
  return report.scope.kind === 'range' || report.scope.kind === 'history' ? 'push stopped: ' : 'commit stopped: ';
}

function notComplete({ scope, coverage }: Report): string {
  const unread = coverage.expected - coverage.scanned;
  if (unread <= 0) return 'scan NOT complete';
  return `scan NOT complete: ${counted(unread, ...unitOf(scope.kind))} could not be read`;
}
