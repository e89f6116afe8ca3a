import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Report } from '../model/report.ts';
import { openMessageSource } from '../sources/commit-message.ts';
import { cleanupOf } from '../sources/git/message-cleanup.ts';
import { readIndex } from '../sources/git/read-index.ts';
import { recordedMessage } from '../sources/git/recorded-message.ts';
import { openRepository } from '../sources/git/repository.ts';
import { policyOfIndex } from './read-policy.ts';
import { runScan, type ScanSettings, scannerFor } from './run-scan.ts';

/** The message in the file that git hands to commit-msg, as it will be recorded. */
export async function scanMessage(host: Host, file: string | undefined, settings: ScanSettings): Promise<Report> {
  if (file === undefined)
    throw new KeyguardError('usage', 'commit-msg is given the file with the message: keyguard hook commit-msg FILE.');
  const repository = await openRepository(host);
  if (repository === null)
    throw new KeyguardError('not-a-repository', `${host.cwd} is in no git repository, so no commit is being made.`);
  const typed = readMessage(resolve(host.cwd, file), file);
  const [policy, cleanup] = await Promise.all([
    policyOfIndex(repository, readIndex(repository), host, settings),
    cleanupOf(repository),
  ]);
  const message = Buffer.from(recordedMessage(typed.toString('latin1'), cleanup), 'latin1');
  const scanner = await scannerFor(policy);
  const source = openMessageSource(message, { overlap: scanner.overlap });
  return runScan(source, policy, { host, settings, scanner, repository });
}

function readMessage(path: string, name: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new KeyguardError('usage', `${name} could not be read as the message of a commit; check the path.`, {
      cause,
    });
  }
}
