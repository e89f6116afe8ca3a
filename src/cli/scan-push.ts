import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Exposure } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { commitsOfAllRefs, rangeOfPush } from '../sources/git/pushed-range.ts';
import { refsFromPrePush, refsFromPreReceive } from '../sources/git/pushed-refs.ts';
import type { RangeRequest } from '../sources/git/range.ts';
import { readIndex } from '../sources/git/read-index.ts';
import { commitsOfRemote } from '../sources/git/remote-has.ts';
import { openRepository, type Repository } from '../sources/git/repository.ts';
import { mergeBase } from '../sources/git/revisions.ts';
import type { LoadedPolicy } from './policy-from.ts';
import { policyOfCommit, policyOfPush } from './read-policy.ts';
import type { ScanGround, ScanSettings } from './run-scan.ts';
import { scanCommits } from './scan-range.ts';

/** What a push brings to its remote, as git tells pre-push. `url` is the remote's name as well where it has no other. */
export async function scanPush(
  host: Host,
  [remote, url = remote]: readonly string[],
  settings: ScanSettings,
): Promise<{ readonly report: Report; readonly rerun: string | null }> {
  if (remote === undefined || url === undefined)
    throw new KeyguardError(
      'usage',
      'pre-push is given the remote and its address: keyguard hook pre-push REMOTE URL.',
    );
  const refs = refsFromPrePush(await readStdin(host));
  const repository = await openPushed(host);
  const known = await commitsOfRemote(repository, remote, url);
  const name = remote === url ? 'a push to an address' : `a push to ${remote}`;
  const request = await rangeOfPush(repository, name, refs, known);
  const policy = await policyOnPush(repository, request, host, settings);
  const newTags = refs.flatMap(({ ref, before }) => (before === null && ref.startsWith('refs/tags/') ? [ref] : []));
  const report = await scanCommits(request, policy, { host, settings, repository }, newTags);
  return { report, rerun: rangeToType(request) };
}

/** Where two ids say all of it. */
function rangeToType({ include: [to, ...tips], exclude: [from, ...more] }: RangeRequest): string | null {
  if (to === undefined || from === undefined || tips.length + more.length > 0) return null;
  return `keyguard scan --range ${from.slice(0, 12)}..${to.slice(0, 12)}`;
}

/** What a push brings to this repository, which git keeps in quarantine until this hook has ended well. */
export async function scanReceived(host: Host, settings: ScanSettings): Promise<Report> {
  const refs = refsFromPreReceive(await readStdin(host));
  const repository = await openPushed(host);
  const request = await rangeOfPush(repository, 'a received push', refs, await commitsOfAllRefs(repository));
  const { head } = repository;
  const from = head === null ? 'nowhere, as HEAD has no commit' : `HEAD ${head.slice(0, 12)}`;
  const policy = await policyOfCommit(repository, head, from, host, settings);
  const expose: ScanGround['expose'] = async (_kept, secrets) =>
    new Map([...secrets.keys()].map((fingerprint) => [fingerprint, RECEIVED]));
  return scanCommits(request, policy, { host, settings, repository, expose });
}

const RECEIVED: Exposure = {
  state: 'pushed',
  detail: 'it has reached this server, which refuses it; who could read it on the way is not known from here',
};

async function openPushed(host: Host): Promise<Repository> {
  const repository = await openRepository(host, 'taken');
  if (repository !== null) return repository;
  throw new KeyguardError('not-a-repository', `${host.cwd} is in no git repository, so nothing is pushed from it.`);
}

/** The index decides, as for a commit; what the remote has tells which silence is new. A bare repository has none. */
async function policyOnPush(
  repository: Repository,
  { include: [tip], exclude: [had] }: RangeRequest,
  host: Host,
  settings: ScanSettings,
): Promise<LoadedPolicy> {
  if (repository.top === repository.gitDir)
    return { ...(await policyOfCommit(repository, repository.head, 'HEAD', host, settings)), honoursAllows: true };
  const base = async (): Promise<string | null> =>
    tip === undefined || had === undefined ? null : mergeBase(repository, tip, had);
  return policyOfPush(repository, readIndex(repository), base, host, settings);
}

async function readStdin({ stdin }: Host): Promise<Buffer> {
  if ('isTTY' in stdin && stdin.isTTY === true)
    throw new KeyguardError('usage', 'git says on standard input what is pushed, and a terminal says nothing.');
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
