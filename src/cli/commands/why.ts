import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleset } from '#compiled/ruleset';
import { decide } from '../../config/decide.ts';
import type { Policy } from '../../config/policy.ts';
import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { judgeWindows, type LineRange } from '../../judge-windows.ts';
import { keysAmong, nameOfMatch } from '../../show/redact.ts';
import { fingerprintOf, fingerprintOfPlace } from '../../model/secret.ts';
import { countedByRule } from '../../read-fragment.ts';
import { overlaps } from '../../model/span.ts';
import type { Judged } from '../../model/verdict.ts';
import { notACommand } from '../../report/display.ts';
import { DROP_REASONS } from '../../report/wording/drop-reasons.ts';
import { evidenceInWords } from '../../report/wording/evidence.ts';
import { SUPPRESSED_BY } from '../../report/wording/suppression.ts';
import { createScanner, type Scanner } from '../../scanner.ts';
import { openRepository, type Repository } from '../../sources/git/repository.ts';
import { openTreeSource } from '../../sources/git/tree.ts';
import type { Fragment } from '../../model/fragment.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { writeAll } from '../output.ts';
import { refuseMissingPaths } from '../missing-path.ts';
import { policyOfFolder } from '../read-policy.ts';
import type { WhyArgs } from '../scan-args.ts';

/** `keyguard why PATH[:LINE]`: what looked like a key in a file, and why it was reported or not. */
export async function whyCommand(args: WhyArgs, io: Io): Promise<ExitCode> {
  const { path, line } = placeFrom(args.place);
  const repository = await openRepository(io.host);
  const here = fromHereOrTop(path, repository, io.host);
  refuseMissingPaths(io.host, [here]);
  const policy = await policyOfFolder(repository?.top ?? io.host.cwd, io.host, args);
  const scanner = createScanner(ruleset);
  const source = await openTreeSource(repository, io.host, [here], { overlap: scanner.overlap });
  const told: string[] = [];
  let lines = 0;
  for await (const fragment of source.fragments()) {
    const nextOrdinal = countedByRule();
    for await (const { found, locate, end } of judgeWindows(fragment, scanner.matcher)) {
      const keys = keysAmong(found.map(({ judged }) => judged));
      const explained = found.map(({ judged }) => ({
        judged,
        ordinal: judged.verdict.kind === 'drop' ? 0 : nextOrdinal(judged.match.rule.id),
        name: nameOfMatch(judged, keys),
        range: locate(judged.match.span),
      }));
      const wanted = withoutReadings(explained).filter(({ range }) => line === null || range.line === line);
      told.push(...wanted.map((match) => explanation(match, fragment, policy, scanner)));
      if (fragment.countsAs > 0) lines = Math.max(lines, locate({ start: end, end }).line);
    }
  }
  if (line !== null && line > lines)
    throw new KeyguardError('usage', `${here} has ${lines} lines; ${line} is none of them.`);
  if (told.length === 0) told.push(nothingThere(args.place, scanner, io));
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

function placeFrom(place: string): { readonly path: string; readonly line: number | null } {
  const { path = place, line } = /^(?<path>.+?):(?<line>\d+)(?::\d+)?$/u.exec(place)?.groups ?? {};
  if (path === '') throw new KeyguardError('usage', 'keyguard why wants a place: keyguard why PATH:LINE.');
  return { path, line: line === undefined ? null : Number(line) };
}

function explanation(
  { judged, ordinal, name, range }: Explained,
  { provenance }: Fragment,
  policy: Policy,
  { sink }: Scanner,
): string {
  const raw = 'places' in provenance ? (provenance.places[0] ?? null) : null;
  const path = raw === null ? '-' : sink.path(raw);
  const where = provenance.kind === 'path' ? `${path} (its name)` : `${path}:${range.line}:${range.column}`;
  const { match, verdict } = judged;
  const { decoded } = match.view;
  const view = decoded.length === 0 ? '' : `, read as ${decoded.join(' › ')}`;
  const what = `${where}: ${sink.text(name)} (${match.rule.id}${view}):`;
  if (verdict.kind === 'drop') return `${what} not reported, because ${DROP_REASONS[verdict.reason]}.`;
  const decision = decide(policy, {
    fingerprint: match.rule.guessable
      ? fingerprintOfPlace(match.rule.id, raw ?? '', ordinal)
      : fingerprintOf(match.secret),
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
