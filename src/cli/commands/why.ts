import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleset } from '#compiled/ruleset';
import { decide } from '../../config/decide.ts';
import type { Policy } from '../../config/policy.ts';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { judgeWindows, type LineRange } from '../../judge-windows.ts';
import { keysAmong, nameOfMatch } from '../../show/redact.ts';
import type { Finding } from '../../model/finding.ts';
import { overlaps } from '../../model/span.ts';
import type { Judged } from '../../model/verdict.ts';
import { notACommand } from '../../report/display.ts';
import { DROP_REASONS } from '../../report/wording/drop-reasons.ts';
import { evidenceInWords } from '../../report/wording/evidence.ts';
import { SUPPRESSED_BY } from '../../report/wording/suppression.ts';
import { countedByRule, type Detection, fingerprintFor } from '../../read-fragment.ts';
import { hazardsIn } from '../../read-hazards.ts';
import { watch } from '../../containers.ts';
import { mostHeld } from '../../read-with-members.ts';
import { boundsFor } from '../../unpack/bounds.ts';
import { createScanner, type Scanner } from '../../scanner.ts';
import { openRepository, type Repository } from '../../sources/git/repository.ts';
import { openTreeSource } from '../../sources/git/tree.ts';
import type { Fragment } from '../../model/fragment.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { writeAll } from '../output.ts';
import { refuseMissingPaths } from '../missing-path.ts';
import { withOwnKeys } from '../own-keys.ts';
import { policyOfFolder } from '../read-policy.ts';
import { loadHazards } from '../run-scan.ts';
import type { WhyArgs } from '../scan-args.ts';
import { whyInside } from '../why-inside.ts';

/** `keyguard why PATH[:LINE]`: what looked like a key in a file, and why it was reported or not. */
export async function whyCommand(args: WhyArgs, io: Io): Promise<ExitCode> {
  const { path, line } = placeFrom(args.place);
  const repository = await openRepository(io.host);
  const here = fromHereOrTop(path, repository, io.host);
  refuseMissingPaths(io.host, [here]);
  const top = repository?.top ?? io.host.cwd;
  const policy = await policyOfFolder(top, io.host, args);
  const builtIn = createScanner(ruleset);
  const source = await openTreeSource(repository, io.host, [here], { overlap: builtIn.overlap });
  const { scanner } = await withOwnKeys({ ...builtIn, loadHazards }, top, source.places ?? [], [], io.host);
  const allowance = { bounds: boundsFor('tree'), unpacked: 0 };
  const told: string[] = [];
  let lines = 0;
  let isOpened = false;
  for await (const fragment of source.fragments()) {
    const nextOrdinal = countedByRule();
    const { fragment: watched, container } = watch(fragment, (kind) => mostHeld(kind, fragment, allowance));
    const hazards = hazardsIn(fragment, scanner);
    for await (const window of judgeWindows(watched, scanner.matcher)) {
      const { found, locate, end } = window;
      const keys = keysAmong(found.map(({ judged }) => judged));
      const explained = found.map(({ judged }) => ({
        judged,
        ordinal: judged.verdict.kind === 'drop' ? 0 : nextOrdinal(judged.match.rule.id),
        name: nameOfMatch(judged, keys),
        range: locate(judged.match.span),
      }));
      const wanted = withoutReadings(explained).filter(({ range }) => line === null || range.line === line);
      told.push(...wanted.map((match) => explanation(match, fragment, policy, scanner)));
      const exposing = (await hazards(window)) ?? [];
      told.push(
        ...exposing.filter(({ finding }) => isWanted(finding, line)).map((one) => advice(one, policy, scanner)),
      );
      if (fragment.countsAs > 0) lines = Math.max(lines, locate({ start: end, end }).line);
    }
    const opened = fragment.countsAs > 0 ? container() : null;
    isOpened ||= opened !== null;
    if (opened !== null) told.push(...(await whyInside(fragment, opened, allowance, policy, scanner)));
  }
  if (line !== null && line > lines && !isOpened)
    throw new KeyguardError('usage', `${here} has ${lines} lines; ${line} is none of them.`);
  if (told.length === 0) told.push(nothingThere(args.place, scanner, io));
  if (policy.userRules !== null) told.push(notAsked(policy.userRules.rules.length));
  await writeAll(io.stdout, `${told.map(notACommand).join('\n')}\n`);
  return 0;
}

/** As people type it, from the current folder, or as reports print it, from the top of the repository. */
function fromHereOrTop(path: string, repository: Repository | null, host: Host): string {
  const fromTop = repository === null ? path : join(repository.top, path);
  return !existsSync(resolve(host.cwd, path)) && existsSync(fromTop) ? fromTop : path;
}

/** A match with its verdict and its place. */
interface Explained {
  readonly judged: Judged;
  readonly ordinal: number;
  readonly name: string;
  readonly range: LineRange;
}

/** Other readings of a reported key say nothing new, and their last characters would stand in the middle of it. */
function withoutReadings(matches: readonly Explained[]): readonly Explained[] {
  const reported = matches.filter(({ judged }) => judged.verdict.kind !== 'drop');
  return matches.filter(
    (one) =>
      reported.includes(one) || !reported.some(({ judged }) => overlaps(judged.match.span, one.judged.match.span)),
  );
}

function isWanted({ location }: Finding, line: number | null): boolean {
  return line === null || location.line === line;
}

/** A place that would publish a key. Whether git tracks a file of values is told by a scan. */
function advice({ finding, path, allow }: Detection, policy: Policy, { sink }: Scanner): string {
  const { ruleId, location, opens, redacted } = finding;
  const what = `${location.path ?? '-'}:${location.line}:${location.column}: ${redacted} (${ruleId}):`;
  const decision = decide(policy, { ...finding, path, allow });
  if (decision.kind === 'keep') return `${what} advised, because ${opens}.`;
  return `${what} found, and set aside: ${SUPPRESSED_BY[decision.by]} (${sink.text(decision.reason)}).`;
}

function placeFrom(place: string): { readonly path: string; readonly line: number | null } {
  const { path = place, line } = /^(?<path>.+?):(?<line>\d+)(?::\d+)?$/u.exec(place)?.groups ?? {};
  if (path === '') throw new KeyguardError('usage', 'keyguard why wants a place: keyguard why PATH:LINE.');
  // As reports print a member of a container: all of the container is told.
  const [file = path, member] = path.split(' › ');
  return { path: file, line: line === undefined || member !== undefined ? null : Number(line) };
}

function explanation(
  { judged, ordinal, name, range }: Explained,
  fragment: Fragment,
  policy: Policy,
  { sink }: Scanner,
): string {
  const { provenance } = fragment;
  const raw = 'places' in provenance ? (provenance.places[0] ?? null) : null;
  const path = raw === null ? '-' : sink.path(raw);
  const where = provenance.kind === 'path' ? `${path} (its name)` : `${path}:${range.line}:${range.column}`;
  const { match, verdict } = judged;
  const { decoded } = match.view;
  const view = decoded.length === 0 ? '' : `, read as ${decoded.join(' › ')}`;
  const what = `${where}: ${sink.text(name)} (${match.rule.id}${view}):`;
  if (verdict.kind === 'drop') return `${what} not reported, because ${DROP_REASONS[verdict.reason]}.`;
  if (raw !== null && match.rule.own?.places.includes(raw) === true)
    return `${what} not reported, because this is the file that the value comes from.`;
  const decision = decide(policy, {
    fingerprint: fingerprintFor(match, fragment, raw, ordinal),
    ruleId: match.rule.id,
    risk: match.rule.risk,
    path: raw,
    allow: verdict.allow,
  });
  const believed = evidenceInWords(verdict.evidence);
  if (decision.kind === 'keep') return `${what} reported, because of ${believed}.`;
  return `${what} found because of ${believed}, and set aside: ${SUPPRESSED_BY[decision.by]} (${sink.text(decision.reason)}).`;
}

function nothingThere(place: string, { rules }: Scanner, io: Io): string {
  return `${io.sink(place)}: ${rules.size} rules looked, and nothing there begins as a key does.`;
}

/** They run in a thread of their own, which gives findings and no reasons. */
function notAsked(count: number): string {
  const rules = count === 1 ? 'The rule' : `The ${count} rules`;
  return `${rules} of this repository's config did not look; keyguard scan PATH tells what they find.`;
}
