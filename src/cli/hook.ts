import process from 'node:process';
import { nearest } from '../config/suggest.ts';
import { KeyguardError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { coverageLine } from '../report/coverage-line.ts';
import { endAllChildren } from '../sources/git/run.ts';
import { createHost } from './host.ts';
import { writeAll } from './output.ts';
import { programOf } from './program.ts';
import { type ScanSettings, scanStaged } from './run-scan.ts';
import { wantsColour } from './colour.ts';
import { exitCodeOf } from './exit-code.ts';
import { textSink } from './failure.ts';
import { guardProcess } from './guard.ts';

/** Hooks that look at what is staged. A merge that commits by itself runs `pre-merge-commit` only. */
const STAGED_HOOKS = ['pre-commit', 'pre-merge-commit'];

/**
 * What git runs on every commit, so this file is bundled and loads neither yargs nor simple-git. Everything goes to
 * stderr: git shows it, and a hook's stdout ends up there as well. https://git-scm.com/docs/githooks
 */
export async function runHook(argv: readonly string[]): Promise<void> {
  const { finish, fail } = guardProcess(endAllChildren, textSink(), 'commit stopped: ');
  try {
    const started = performance.now();
    demandHook(argv[0]);
    const report = await scanStaged(createHost(), NOTHING_ASKED);
    await writeAll(process.stderr, await textOf(report, started));
    finish(exitCodeOf(report));
  } catch (error) {
    fail(error);
  }
}

/** A hook has no options: what is committed decides, and the built-in rules. */
const NOTHING_ASKED: ScanSettings = { skipRules: [], failOn: null, config: null, allowIncomplete: false };

function demandHook(name: string | undefined): void {
  if (name !== undefined && STAGED_HOOKS.includes(name)) return;
  const near = name === undefined ? null : nearest(name, STAGED_HOOKS);
  const hint = near === null ? `there are ${STAGED_HOOKS.join(' and ')}.` : `did you mean "${near}"?`;
  throw new KeyguardError('usage', `keyguard serves no hook "${name ?? ''}"; ${hint}`);
}

async function textOf(report: Report, started: number): Promise<string> {
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  return `${await blocksOf(report)}${coverageLine(report, seconds)}\n`;
}

/** A clean commit prints the coverage line at most, and does not load the rest. */
async function blocksOf(report: Report): Promise<string> {
  const { findings, advisories, suppressed, notices, coverage } = report;
  if (![findings, advisories, suppressed, notices, coverage.errors].some((list) => list.length > 0)) return '';
  const { prettyReport } = await import('../report/pretty.ts');
  const style = {
    width: process.stderr.columns ?? 80,
    colour: wantsColour(process.stderr, process.env),
    verbose: false,
    context: 'hook',
    rerun: hasPassingIndex(process.env) ? 'keyguard scan' : 'keyguard scan --staged',
    program: programOf(process.argv[1]),
    fold: null,
  } as const;
  return prettyReport(report, style);
}

/** `git commit -a` and `git commit PATH` stage in a lock file, which is gone when they end: nothing is staged then. */
function hasPassingIndex({ GIT_INDEX_FILE }: NodeJS.ProcessEnv): boolean {
  return GIT_INDEX_FILE?.endsWith('.lock') === true;
}
