import { keyguard, type RunOptions, type RunResult } from '../helpers/run.ts';
import type { Place } from './cut-out.ts';

/** The parts of a JSON report that these tests look at. */
export interface JsonReport {
  readonly complete: boolean;
  readonly scope: { readonly kind: string; readonly detail: string; readonly commits?: number };
  readonly coverage: {
    readonly expected: number;
    readonly scanned: number;
    readonly bytes: number;
    readonly skipped: readonly { readonly reason: string; readonly count: number }[];
    readonly errors: readonly { readonly message: string }[];
  };
  readonly findings: readonly JsonFinding[];
  readonly suppressed: readonly { readonly fingerprint: string; readonly by: string; readonly reason: string }[];
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

export interface JsonFinding {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly location: Place & { readonly kind: string; readonly path: string | null };
  readonly occurrences: readonly unknown[];
  readonly exposure: { readonly state: string };
}

export interface JsonScan extends RunResult {
  readonly report: JsonReport;
}

/** `keyguard scan … --format json`, its report read. Throws with what was said when there is none. */
export function scanJson(cwd: string, args: readonly string[], options: RunOptions = {}): JsonScan {
  const run = keyguard(cwd, ['scan', '--format', 'json', ...args], options);
  if (!run.stdout.startsWith('{')) throw new Error(`There is no report: ${run.stderr}`);
  return { ...run, report: JSON.parse(run.stdout) };
}
