import type { Report } from '../model/report.ts';
import { jsonReport } from './json.ts';
import { prettyReport } from './pretty.ts';
import type { PrettyStyle } from './pretty.ts';

/** Turns a report into text and nothing else; who writes it, and where, is the business of `cli`. */
export type Reporter = (report: Report, style: PrettyStyle) => string;

/** A further format is one file, and one line in each of these. */
export const FORMATS = ['pretty', 'json'] as const;

export type Format = (typeof FORMATS)[number];

export const reporters: Readonly<Record<Format, Reporter>> = {
  pretty: prettyReport,
  json: jsonReport,
};
