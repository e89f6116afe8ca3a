import type { Repository } from './repository.ts';
import { isSameRepository } from './remote-url.ts';
import { runGit } from './run.ts';

/**
 * What a remote is known to have, as ids of commits. Only its own remote-tracking branches count: what another remote
 * has is new to this one. A push to a bare URL, to a URL that is not the one from which is fetched, or by refspecs that
 * write elsewhere leaves nothing to rely on, and everything counts as new.
 */
export async function commitsOfRemote(repository: Repository, name: string, url: string): Promise<readonly string[]> {
  const remotes = await fetchedRefs(repository);
  const own = remotes.get(name);
  if (own === undefined || !(await isFetchedFrom(repository, name, url))) return [];
  const others = [...remotes].filter(([other]) => other !== name).flatMap(([, patterns]) => patterns);
  const format = '--format=%(objectname) %(symref) %(refname)';
  const { stdout } = await runGit(repository.git, ['for-each-ref', format, 'refs/remotes']);
  return stdout
    .toString('latin1')
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const [oid = '', symref = '', ref = ''] = line.split(' ');
      const mine = longest(own, ref);
      // `refs/remotes/up/*` and `refs/remotes/up/stream/*`: a branch belongs to the closest one.
      return symref === '' && mine > 0 && longest(others, ref) < mine ? [oid] : [];
    });
}

/** Where each remote's branches are kept, as patterns below `refs/remotes/`. Anywhere else they could be our own. */
async function fetchedRefs({ git }: Repository): Promise<ReadonlyMap<string, readonly string[]>> {
  const args = ['config', '-z', '--get-regexp', '^remote\\..*\\.fetch$'];
  const { stdout } = await runGit(git, args, { ok: [0, 1] });
  const remotes = new Map<string, string[]>();
  for (const entry of stdout.toString('latin1').split('\0').slice(0, -1)) {
    const { name, target } =
      /^remote\.(?<name>.*)\.fetch\n\+?[^:^]*:(?<target>refs\/remotes\/.+)$/su.exec(entry)?.groups ?? {};
    if (name === undefined || target === undefined) continue;
    const key = Buffer.from(name, 'latin1').toString('utf8');
    remotes.set(key, [...(remotes.get(key) ?? []), target]);
  }
  return remotes;
}

/** Asked of git, so that `insteadOf` counts. */
async function isFetchedFrom({ git }: Repository, name: string, url: string): Promise<boolean> {
  const asked = await runGit(git, ['remote', 'get-url', '--all', '--', name], { ok: [0, 2, 128] });
  if (asked.code !== 0) return false;
  const urls = asked.stdout.toString('utf8').split('\n').slice(0, -1);
  return urls.some((known) => isSameRepository(known, url));
}

/** Length of the longest pattern that fits, 0 if none does. */
function longest(patterns: readonly string[], ref: string): number {
  return Math.max(0, ...patterns.filter((pattern) => fits(pattern, ref)).map(({ length }) => length));
}

function fits(pattern: string, ref: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === ref;
  const [before, behind] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return ref.length >= pattern.length && ref.startsWith(before) && ref.endsWith(behind);
}
