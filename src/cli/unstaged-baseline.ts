import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedFrom } from '../config/baseline-file.ts';
import { type Accepted, BASELINE_FILE } from '../config/policy.ts';
import type { Finding, Notice } from '../model/finding.ts';
import { KNOWN_RULES } from './known-rules.ts';

/** What is told where the baseline of the working tree accepts findings that the one in the index does not. */
export function unstagedBaseline(findings: readonly Finding[], top: string, today: string, atTop: boolean): Notice[] {
  if (findings.length === 0) return [];
  const accepted = acceptedInFolder(top, today);
  const silenced = findings.filter(({ fingerprint, risk }) => {
    const entry = accepted.get(fingerprint);
    return entry !== undefined && (risk !== 'high' || entry.proof !== null);
  });
  if (silenced.length === 0) return [];
  const which = findings.length === 1 ? 'it' : `${silenced.length} of these ${findings.length} findings`;
  const message = `${BASELINE_FILE} accepts ${which} in the working tree, but is not staged: \`${stageBaseline(atTop)}\``;
  return [{ code: 'baseline-not-staged', message }];
}

/** The command by which an accepted finding counts for a commit. */
export function stageBaseline(atTop: boolean): string {
  return `git add -- ${atTop ? '' : ':/'}${BASELINE_FILE}`;
}

/** A file that is not there, or cannot be read as a baseline, accepts nothing. */
function acceptedInFolder(top: string, today: string): ReadonlyMap<string, Accepted> {
  const path = join(top, BASELINE_FILE);
  try {
    // Reading a pipe would never end.
    return statSync(path).isFile() ? acceptedFrom(readFileSync(path), today, KNOWN_RULES) : new Map();
  } catch {
    return new Map();
  }
}
