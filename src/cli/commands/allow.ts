import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BaselineEntry, formatBaseline, isDate, parseBaseline } from '../../config/baseline-file.ts';
import { BASELINE_FILE } from '../../config/policy.ts';
import { unknownRule } from '../../config/rule-ids.ts';
import { KeyguardError } from '../../errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Risk } from '../../model/rule.ts';
import { parseFingerprint } from '../../model/secret.ts';
import { escapeForDisplay } from '../../report/display.ts';
import { placeInSentence } from '../../report/wording/place.ts';
import { nearestRepository } from '../../sources/git/find-git.ts';
import type { ExitCode } from '../exit-code.ts';
import { findFinding } from '../find-finding.ts';
import type { Io } from '../io.ts';
import { KNOWN_RULES } from '../known-rules.ts';
import { writeAll } from '../output.ts';
import { contradiction, type Given, type Parsed, valueOf } from '../parse.ts';
import { replaceFile } from '../replace-file.ts';
import { standsAtTop } from '../run-scan.ts';
import { stageBaseline } from '../unstaged-baseline.ts';

/** As git checks a file out. */
const FOR_ALL = 0o666;

/** Accepts one finding: its line in `keyguard.baseline.jsonl` at the top of the repository is written or replaced. */
export async function allowCommand({ words, given }: Parsed, io: Io): Promise<ExitCode> {
  const asked = entryFrom(words[0] ?? '', given, io);
  const top = nearestRepository(io.host);
  const path = join(top ?? io.host.cwd, BASELINE_FILE);
  const entries = await readEntries(path);
  const found = await findFinding(asked.fingerprint, io.host);
  const entry = found === null ? asked : forFinding(asked, found);
  const before = entries.filter(({ fingerprint }) => fingerprint === entry.fingerprint);
  const others = entries.filter(({ fingerprint }) => fingerprint !== entry.fingerprint);
  // Whoever accepts it again changes the decision, not the day on which it was first made.
  const written = { ...entry, firstSeen: before[0]?.firstSeen ?? entry.firstSeen };
  await replaceFile(path, formatBaseline([...others, written]), FOR_ALL);
  await writeAll(io.stdout, told({ entry: written, isReplaced: before.length > 0, found, top }, io));
  return 0;
}

function entryFrom(word: string, given: Given, { host: { today }, sink, program }: Io): BaselineEntry {
  const fingerprint = parseFingerprint(word);
  if (fingerprint === undefined) {
    throw new KeyguardError(
      'usage',
      `"${word}" is no fingerprint: it is the 16 digits of 0-9 and a-f beside a finding.`,
    );
  }
  const reason = valueOf(given, 'reason')?.trim() ?? '';
  // What a finding prints to be filled in is no reason yet.
  if (!/[\p{L}\p{N}]/u.test(reason)) {
    throw new KeyguardError('usage', `Say why: ${program} allow ${fingerprint} --reason "it is a test fixture".`);
  }
  if (sink(reason) !== escapeForDisplay(reason)) {
    throw new KeyguardError('usage', '--reason holds a key, and the file is committed; say it without the key.');
  }
  const until = dateOf('until', given);
  if (until !== null && until < today)
    throw new KeyguardError('usage', `--until ${until} has passed; give a later day.`);
  const proof = proofFrom(given, today);
  const rule = valueOf(given, 'rule');
  if (rule !== null) checkRule(rule, proof);
  return { fingerprint, rule, redacted: null, firstSeen: today, reason, owner: null, until, proof };
}

/** What a reviewer wants to know of it, and whether it may be accepted so. */
function forFinding(asked: BaselineEntry, { ruleId, risk, redacted }: Finding): BaselineEntry {
  checkRisk(ruleId, risk, asked.proof);
  return { ...asked, rule: asked.rule ?? ruleId, redacted };
}

function proofFrom(given: Given, today: string): BaselineEntry['proof'] {
  const on = dateOf('i-revoked-it', given);
  if (on !== null && given.has('never-live')) throw contradiction('--i-revoked-it', '--never-live');
  if (given.has('never-live')) return { kind: 'never-live' };
  if (on === null) return null;
  if (on > today) throw new KeyguardError('usage', `--i-revoked-it ${on} is in the future; revoke the key first.`);
  return { kind: 'revoked', on };
}

function dateOf(name: 'until' | 'i-revoked-it', given: Given): string | null {
  const text = valueOf(given, name);
  if (text === null || isDate(text)) return text;
  throw new KeyguardError('usage', `--${name} takes a day as 2026-11-20, not "${text}".`);
}

function checkRule(id: string, proof: BaselineEntry['proof']): void {
  const rule = KNOWN_RULES.find((known) => known.id === id);
  if (rule === undefined) throw new KeyguardError('usage', `--rule: ${unknownRule(id, KNOWN_RULES)}`);
  checkRisk(id, rule.risk, proof);
}

function checkRisk(id: string, risk: Risk, proof: BaselineEntry['proof']): void {
  if (risk === 'high' && proof === null) {
    throw new KeyguardError(
      'usage',
      `The risk of ${id} is high: revoke the key and add --i-revoked-it DATE, or --never-live if it never opened anything.`,
    );
  }
}

async function readEntries(path: string): Promise<readonly BaselineEntry[]> {
  try {
    // Replacing a link would break it, and following it could write to any file of the user.
    if (!(await lstat(path)).isFile()) throw new KeyguardError('config', `${path} is not a regular file; make it one.`);
    return parseBaseline(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

interface Done {
  readonly entry: BaselineEntry;
  readonly isReplaced: boolean;
  readonly found: Finding | null;
  readonly top: string | null;
}

function told({ entry, isReplaced, found, top }: Done, { host, sink }: Io): string {
  const limit = entry.until === null ? '' : ` until ${entry.until}`;
  const did = isReplaced ? 'It replaces the earlier entry in' : 'It stands in';
  const lines = [
    `Accepted ${entry.fingerprint}${limit}: ${sink(entry.reason)}`,
    found === null
      ? 'No finding here has this fingerprint now.'
      : `It is the ${found.title} ${found.redacted} in ${placeInSentence(found.location)}.`,
  ];
  if (entry.proof === null && entry.rule === null) {
    lines.push('If the risk of its rule is high, this is not enough: it needs --i-revoked-it DATE or --never-live.');
  }
  if (top === null) lines.push(`${did} ${BASELINE_FILE} of this folder.`);
  else
    lines.push(
      `${did} ${BASELINE_FILE}; for a commit it counts once it is staged:`,
      stageBaseline(standsAtTop(top, host)),
    );
  return `${lines.join('\n')}\n`;
}
