import process from 'node:process';
import { breath } from '../breath.ts';
import { nearest } from '../config/suggest.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Report } from '../model/report.ts';
import { coverageLine } from '../report/coverage-line.ts';
import type { ReportContext } from '../report/verdict-line.ts';
import { endAllChildren } from '../sources/git/run.ts';
import { createHost } from './host.ts';
import { writeAll } from './output.ts';
import { programOf } from './program.ts';
import { type ScanSettings, scanStaged } from './run-scan.ts';
import { wantsColour } from './colour.ts';
import { exitCodeOf } from './exit-code.ts';
import { textSink } from './failure.ts';
import { guardProcess } from './guard.ts';

/** How a hook looks, what it says first when git is stopped, and who is told. */
interface Hook {
  readonly scan: (host: Host, args: readonly string[]) => Promise<HookScan>;
  readonly stopped: string;
  readonly context: ReportContext;
}

interface HookScan {
  readonly report: Report;
  /** The command that shows what the hook leaves out; null if there is none. */
  readonly rerun: string | null;
}

/** A hook has no options: what is committed decides, and the built-in rules. */
const NOTHING_ASKED: ScanSettings = { skipRules: [], failOn: null, config: null, allowIncomplete: false };

const STAGED: Hook = {
  scan: async (host) => ({ report: await scanStaged(host, NOTHING_ASKED), rerun: scanAgain(host) }),
  stopped: 'commit stopped: ',
  context: 'hook',
};

/** A merge that commits by itself runs `pre-merge-commit` only. What few runs need is loaded when they do. */
const HOOKS: ReadonlyMap<string, Hook> = new Map([
  ['pre-commit', STAGED],
  ['pre-merge-commit', STAGED],
  [
    'commit-msg',
    {
      scan: async (host, [file]) => {
        const { scanMessage } = await import('./scan-message.ts');
        return { report: await scanMessage(host, file, NOTHING_ASKED), rerun: null };
      },
      stopped: 'commit stopped: ',
      context: 'hook',
    },
  ],
  [
    'pre-push',
    {
      scan: async (host, args) => (await import('./scan-push.ts')).scanPush(host, args, NOTHING_ASKED),
      stopped: 'push stopped: ',
      context: 'hook',
    },
  ],
  [
    'pre-receive',
    {
      scan: async (host) => {
        const { scanReceived } = await import('./scan-push.ts');
        return { report: await scanReceived(host, NOTHING_ASKED), rerun: null };
      },
      stopped: 'push refused: ',
      context: 'server-hook',
    },
  ],
]);

/**
 * What git runs on every commit, so this file is bundled and loads neither yargs nor simple-git. Everything goes to
 * stderr: git shows it, and a hook's stdout ends up there as well. https://git-scm.com/docs/githooks
 */
export async function runHook([name, ...args]: readonly string[]): Promise<void> {
  if (name?.startsWith('agent-') === true) {
    await (await import('./agent-hook.ts')).runAgentHook(name);
    return;
  }
  const hook = name === undefined ? undefined : HOOKS.get(name);
  const { finish, fail } = guardProcess(endAllChildren, textSink(), (hook ?? STAGED).stopped);
  try {
    const started = performance.now();
    if (hook === undefined) throw noSuchHook(name);
    const scanned = await hook.scan(createHost(), args);
    // A signal that came while a file was judged: nothing is said of a scan that was interrupted.
    await breath();
    await writeAll(process.stderr, await textOf(scanned, started, hook.context));
    await finish(exitCodeOf(scanned.report));
  } catch (error) {
    fail(error);
  }
}

function noSuchHook(name = ''): KeyguardError {
  const names = [...HOOKS.keys()];
  const near = nearest(name, names);
  const hint = near === null ? `there are ${names.join(', ')}.` : `did you mean "${near}"?`;
  return new KeyguardError('usage', `keyguard serves no hook "${name}"; ${hint}`);
}

async function textOf(scanned: HookScan, started: number, context: ReportContext): Promise<string> {
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  return `${await blocksOf(scanned, context)}${coverageLine(scanned.report, seconds)}\n`;
}

/** A clean commit prints the coverage line at most, and does not load the rest. */
async function blocksOf({ report, rerun }: HookScan, context: ReportContext): Promise<string> {
  const { findings, advisories, suppressed, notices, coverage } = report;
  if (![findings, advisories, suppressed, notices, coverage.errors].some((list) => list.length > 0)) return '';
  const { prettyReport } = await import('../report/pretty.ts');
  return prettyReport(report, {
    width: process.stderr.columns ?? 80,
    colour: wantsColour(process.stderr, process.env),
    verbose: false,
    context,
    rerun,
    isShort: true,
    program: programOf(process.argv[1]),
    fold: null,
  });
}

/** `git commit -a` and `git commit PATH` stage in a lock file, which is gone when they end: nothing is staged then. */
function scanAgain({ env: { GIT_INDEX_FILE } }: Host): string {
  return GIT_INDEX_FILE?.endsWith('.lock') === true ? 'keyguard scan' : 'keyguard scan --staged';
}
