import { ruleset } from '#compiled/ruleset';
import type { Host } from '../host.ts';
import type { RawPath } from '../model/fragment.ts';
import type { Report } from '../model/report.ts';
import { createScanner } from '../scanner.ts';
import { openRepository } from '../sources/git/repository.ts';
import { openTreeSource } from '../sources/git/tree.ts';
import { openFilesSource } from '../sources/listed.ts';
import { openStdinSource } from '../sources/stdin.ts';
import { refuseMissingPaths } from './missing-path.ts';
import { policyOfFolder } from './read-policy.ts';
import { runScan, type ScanGround, type ScanSettings } from './run-scan.ts';

/** The working tree, or `paths` of it; without a repository the current folder. */
export async function scanTree(host: Host, paths: readonly string[], settings: ScanSettings): Promise<Report> {
  refuseMissingPaths(host, paths);
  const ground = await groundOf(host, settings);
  const { repository, scanner } = ground;
  const [policy, source] = await Promise.all([
    policyOfFolder(repository?.top ?? host.cwd, host, settings),
    openTreeSource(repository, host, paths, { overlap: scanner.overlap }),
  ]);
  return runScan(source, policy, ground);
}

/** The files of a list. */
export async function scanFiles(host: Host, files: readonly RawPath[], settings: ScanSettings): Promise<Report> {
  const ground = await groundOf(host, settings);
  const top = ground.repository?.top ?? host.cwd;
  const policy = await policyOfFolder(top, host, settings);
  return runScan(openFilesSource(host, top, files, { overlap: ground.scanner.overlap }), policy, ground);
}

/** Standard input; `name` is the file that it stands for. */
export async function scanStdin(host: Host, name: string | null, settings: ScanSettings): Promise<Report> {
  const ground = await groundOf(host, settings);
  const policy = await policyOfFolder(ground.repository?.top ?? host.cwd, host, settings);
  return runScan(openStdinSource(host, name, { overlap: ground.scanner.overlap }), policy, ground);
}

/** Files can be scanned without a repository and without git; then nothing is known of where they have been. */
async function groundOf(host: Host, settings: ScanSettings): Promise<ScanGround> {
  return { host, settings, scanner: createScanner(ruleset), repository: await openRepository(host) };
}
