import { KeyguardError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { fetchEnvironment } from './environment.ts';
import { openRepository, type Repository } from './repository.ts';
import { runGit } from './run.ts';

export interface Deepened {
  readonly repository: Repository;
  /** What was run, as one would type it; null where the clone was whole. */
  readonly command: string | null;
}

/** Waiting for a server takes longer than waiting for a disk. */
const SILENCE_MS = 300_000;

/**
 * Fetches what a shallow clone lacks: all commits, and all branches, as far as the first remote gives them. It is the
 * only thing in keyguard that opens a connection, and done only where it was asked for. Nothing of the repository runs;
 * what leads to the server (credentials, ssh, a proxy) is that of the user, or what the build has set up.
 */
export async function deepen(repository: Repository, host: Host): Promise<Deepened> {
  if (!repository.isShallow) return { repository, command: null };
  const remote = await remoteOf(repository);
  const refspec = `+refs/heads/*:refs/remotes/${remote}/*`;
  const how = ['--unshallow', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
  const args = ['fetch', ...how, '--upload-pack=git-upload-pack', '--', remote, refspec];
  const git = { ...repository.git, env: fetchEnvironment(host), silenceMs: SILENCE_MS };
  await runGit(git, args);
  const whole = await openRepository(host);
  if (whole === null || whole.isShallow)
    throw new KeyguardError('git', `git fetch --unshallow ${remote} left the clone shallow; clone it whole.`);
  return { repository: whole, command: `git fetch --unshallow --no-tags ${remote} '${refspec}'` };
}

/** The one that a clone makes, else the first. A name that could be an option is none. */
async function remoteOf({ git }: Repository): Promise<string> {
  const { stdout } = await runGit(git, ['remote']);
  const names = stdout.toString('utf8').split('\n').slice(0, -1);
  const remote = names.includes('origin') ? 'origin' : names[0];
  if (remote !== undefined && /^[\w][\w.-]*$/u.test(remote)) return remote;
  throw new KeyguardError('git', '--fetch: this clone has no remote to fetch from; clone it whole.');
}
