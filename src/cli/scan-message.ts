import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ruleset } from '#compiled/ruleset';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Report } from '../model/report.ts';
import { createScanner } from '../scanner.ts';
import { openMessageSource } from '../sources/commit-message.ts';
import { cleanupOf } from '../sources/git/message-cleanup.ts';
import { readIndex } from '../sources/git/read-index.ts';
import { recordedMessage } from '../sources/git/recorded-message.ts';
import { openRepository } from '../sources/git/repository.ts';
import { policyOfIndex } from './read-policy.ts';
import { runScan, type ScanSettings } from './run-scan.ts';

/** The message in the file that git hands to commit-msg, as it will be recorded. */
export async function scanMessage(host: Host, file: string | undefined, settings: ScanSettings): Promise<Report> {
  if (file === undefined)
    throw new KeyguardError('usage', 'commit-msg is given the file with the message: keyguard hook commit-msg FILE.');
  const opening = openRepository(host);
  const scanner = createScanner(ruleset);
  const repository = await opening;
  if (repository === null)
    throw new KeyguardError('not-a-repository', `${host.cwd} is in no git repository, so no commit is being made.`);
  const typed = readMessage(resolve(host.cwd, file), file);
  const [policy, cleanup] = await Promise.all([
    policyOfIndex(repository, readIndex(repository), host, settings),
    cleanupOf(repository),
  ]);
  const message = Buffer.from(recordedMessage(typed.toString('latin1'), cleanup), 'latin1');
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
