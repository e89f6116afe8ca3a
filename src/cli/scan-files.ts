import type { Host } from '../host.ts';
import type { RawPath } from '../model/fragment.ts';
import type { Report } from '../model/report.ts';
import { openRepository } from '../sources/git/repository.ts';
import { openTreeSource } from '../sources/git/tree.ts';
import { openFilesSource } from '../sources/listed.ts';
import { openStdinSource } from '../sources/stdin.ts';
import { refuseMissingPaths } from './missing-path.ts';
import type { LoadedPolicy } from './policy-from.ts';
import { policyOfFolder } from './read-policy.ts';
import { runScan, type ScanGround, type ScanSettings, scannerFor } from './run-scan.ts';

/** The working tree, or `paths` of it; without a repository the current folder. */
export async function scanTree(host: Host, paths: readonly string[], settings: ScanSettings): Promise<Report> {
  refuseMissingPaths(host, paths);
  const { policy, ground } = await prepare(host, settings);
  const source = await openTreeSource(ground.repository, host, paths, { overlap: ground.scanner.overlap });
  return runScan(source, policy, ground);
}

/** The files of a list. */
export async function scanFiles(host: Host, files: readonly RawPath[], settings: ScanSettings): Promise<Report> {
  const { policy, ground } = await prepare(host, settings);
  const top = ground.repository?.top ?? host.cwd;
  return runScan(openFilesSource(host, top, files, { overlap: ground.scanner.overlap }), policy, ground);
}

/** Standard input; `name` is the file that it stands for. */
export async function scanStdin(host: Host, name: string | null, settings: ScanSettings): Promise<Report> {
  const { policy, ground } = await prepare(host, settings);
  return runScan(openStdinSource(host, name, { overlap: ground.scanner.overlap }), policy, ground);
}

interface Prepared {
  readonly policy: LoadedPolicy;
  readonly ground: ScanGround;
}

/** Files can be scanned without a repository and without git; then nothing is known of where they have been. */
async function prepare(host: Host, settings: ScanSettings): Promise<Prepared> {
  const repository = await openRepository(host);
  const policy = await policyOfFolder(repository?.top ?? host.cwd, host, settings);
  return { policy, ground: { host, settings, scanner: await scannerFor(policy), repository } };
}
