import { performance } from 'node:perf_hooks';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { breath } from '../../breath.ts';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { type RawPath, rawPathFrom } from '../../model/fragment.ts';
import type { Report } from '../../model/report.ts';
import { coverageLine } from '../../report/coverage-line.ts';
import { reporters, type ReportStyle } from '../../report/reporter.ts';
import { FOLDS } from '../../report/fold.ts';
import { mayBeBuild } from '../ci.ts';
import { wantsColour } from '../colour.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import type { Io, Terminal } from '../io.ts';
import { writeAll } from '../output.ts';
import { addToFile, writeReportFile } from '../report-file.ts';
import { ruleHelp } from '../rule-help.ts';
import { scanStaged } from '../run-scan.ts';
import type { Loudness, ScanArgs } from '../scan-args.ts';
import { scanFiles, scanStdin, scanTree } from '../scan-files.ts';

/** `keyguard scan`: the report on stdout or in files, the coverage as the last line on stderr. */
export async function scanCommand(args: ScanArgs, io: Io): Promise<ExitCode> {
  const started = performance.now();
  const report = await reportOn(args, io.host);
  // A signal that came while a file was judged: nothing is said of a scan that was interrupted.
  await breath();
  await writeReports(report, args, io);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  if (!args.quiet) await writeAll(io.stderr, `${coverageLine(report, seconds)}\n`);
  return exitCodeOf(report, args.allowIncomplete);
}

async function reportOn(args: ScanArgs, host: Host): Promise<Report> {
  const { what } = args;
  switch (what.kind) {
    case 'tree':
      if (what.paths.length === 0 && mayBeBuild(host)) return (await import('../scan-build.ts')).scanBuild(host, args);
      return scanTree(host, what.paths, args);
    case 'staged':
      return scanStaged(host, args);
    case 'range':
      return (await import('../scan-range.ts')).scanRange(host, what.asked, args);
    case 'stdin':
      return scanStdin(host, what.name, args);
    case 'files-from':
      return scanFiles(host, await readList(what.file, host), args);
  }
}

async function writeReports(report: Report, args: ScanArgs, io: Io): Promise<void> {
  const formats = [args.format, ...args.reports.map(({ format }) => format)];
  const helpOf = formats.includes('sarif') ? await ruleHelp() : (): null => null;
  for (const { format, file } of args.reports) {
    await writeReportFile(resolve(io.host.cwd, file), reporters[format](report, styleFor(args, io, null, helpOf)));
  }
  const stream = args.output === null ? io.stdout : null;
  const style = styleFor(args, io, stream, helpOf);
  const text = reporters[args.format](report, style);
  if (args.output !== null) return writeReportFile(resolve(io.host.cwd, args.output), text);
  await writeAll(io.stdout, text);
  if (args.format === 'pretty') await tellGithub(report, style, io);
}

/** In a workflow the findings stand beside the lines of the change, and in the summary of the run as well. */
async function tellGithub(report: Report, style: ReportStyle, { host, stdout }: Io): Promise<void> {
  if (host.env['GITHUB_ACTIONS'] !== 'true') return;
  await writeAll(stdout, reporters.github(report, style));
  const summary = host.env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '') await addToFile(summary, reporters.markdown(report, style));
}

const WIDEST = 100;
const USUAL = 80;

/** `stream` is the terminal that shows the text; null for a file. */
function styleFor(
  args: ScanArgs,
  { host, program }: Io,
  stream: Terminal | null,
  helpOf: ReportStyle['helpOf'],
): ReportStyle {
  return {
    width: Math.min(stream?.columns ?? USUAL, WIDEST),
    colour: coloured(args, host, stream),
    verbose: args.verbose,
    context: 'scan',
    // A hook says "and 295 more" and sends people here.
    rerun: null,
    program,
    fold: stream === null ? null : (FOLDS.find(([variable]) => isSet(host.env[variable]))?.[1] ?? null),
    today: host.today,
    helpOf,
  };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(?:|0|false)$/iu.test(value);
}

function coloured({ color }: Loudness, host: Host, stream: Terminal | null): boolean {
  if (stream === null || color === 'never') return false;
  return color === 'always' || wantsColour(stream, host.env);
}

/** A list of paths, one a line, or separated by NUL as `git ls-files -z` prints them; `-` is standard input. */
async function readList(file: string, host: Host): Promise<readonly RawPath[]> {
  const bytes = file === '-' ? await readStdin(host) : await readListFile(file, host);
  const separator = bytes.includes(0) ? 0 : 0x0a;
  const paths: RawPath[] = [];
  for (let at = 0; at < bytes.length;) {
    const next = bytes.indexOf(separator, at);
    const end = next < 0 ? bytes.length : next;
    const stop = separator === 0x0a && bytes[end - 1] === 0x0d ? end - 1 : end;
    if (stop > at) paths.push(rawPathFrom(bytes.subarray(at, stop)));
    at = end + 1;
  }
  return paths;
}

async function readListFile(file: string, host: Host): Promise<Buffer> {
  try {
    return await readFile(resolve(host.cwd, file));
  } catch (error) {
    throw new KeyguardError('usage', `--files-from: ${file} could not be read; check the path.`, { cause: error });
  }
}

async function readStdin({ stdin }: Host): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
