import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Fingerprint } from '../model/secret.ts';
import { type ScanSettings, scanStaged } from './run-scan.ts';
import { scanTree } from './scan-files.ts';

/** The finding with this fingerprint in what is staged or in the working tree, set aside or not; null if none has it. */
export async function findFinding(fingerprint: Fingerprint, host: Host): Promise<Finding | null> {
  const hasIt = (finding: Finding): boolean => finding.fingerprint === fingerprint;
  const staged = await reportOnStaged(host);
  return allOf(staged).find(hasIt) ?? allOf(await scanTree(host, [], NOTHING_ASKED)).find(hasIt) ?? null;
}

const NOTHING_ASKED: ScanSettings = { skipRules: [], failOn: null, config: null, allowIncomplete: true };

/** Without a repository nothing is staged, and a broken policy file in the index may be what is being mended. */
async function reportOnStaged(host: Host): Promise<Report | null> {
  try {
    return await scanStaged(host, NOTHING_ASKED);
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    return null;
  }
}

function allOf(report: Report | null): readonly Finding[] {
  if (report === null) return [];
  return [...report.findings, ...report.advisories, ...report.suppressed.map(({ finding }) => finding)];
}
