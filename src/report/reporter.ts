import type { Report } from '../model/report.ts';
import { codequalityReport } from './ci/codequality.ts';
import { githubReport } from './ci/github.ts';
import { gitlabReport } from './ci/gitlab.ts';
import { junitReport } from './ci/junit.ts';
import { markdownReport } from './ci/markdown.ts';
import { sarifReport } from './ci/sarif.ts';
import type { Format } from './formats.ts';
import { jsonReport } from './json.ts';
import { jsonlReport } from './jsonl.ts';
import { prettyReport } from './pretty.ts';
import type { PrettyStyle } from './pretty.ts';

/** Turns a report into text and nothing else; who writes it, and where, is the business of `cli`. */
export type Reporter = (report: Report, style: ReportStyle) => string;

export interface ReportStyle extends PrettyStyle {
  /** `YYYY-MM-DD`, for formats that demand a time. */
  readonly today: string;
  /** What to do about any key of a rule; null where nothing is known. */
  readonly helpOf: (ruleId: string) => RuleHelp | null;
}

/** Sentences, in order. */
export interface RuleHelp {
  readonly url: string | null;
  readonly revoke: readonly string[];
  readonly replace: readonly string[];
  readonly afterLeak: readonly string[];
}

/** A further format is one file, one line here, and one word in `formats.ts`. */
export const reporters: Readonly<Record<Format, Reporter>> = {
  pretty: prettyReport,
  json: jsonReport,
  jsonl: jsonlReport,
  sarif: sarifReport,
  github: githubReport,
  gitlab: gitlabReport,
  codequality: codequalityReport,
  junit: junitReport,
  markdown: markdownReport,
};
