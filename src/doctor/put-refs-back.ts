import type { Host } from '../host.ts';
import { openGit, runGit } from '../sources/git/run.ts';
import type { ThrowAway } from './throw-away.ts';

export type Refs = ReadonlyMap<string, string>;

/** Every ref and what it names, also where that is in the throw-away objects only. */
export async function refsIn(host: Host, { env }: ThrowAway): Promise<Refs> {
  const git = openGit({ ...host, env: { ...host.env, ...env } });
  const { stdout } = await runGit(git, ['for-each-ref', '--format=%(objectname) %(refname)']);
  const lines = stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

/**
 * A hook that commits or stashes writes into the throw-away objects, and its ref would name nothing once they are gone:
 * such a ref gets back what it named before. Gives their names.
 */
export async function putRefsBack(host: Host, place: ThrowAway, before: Refs): Promise<readonly string[]> {
  const moved = [...(await refsIn(host, place))].filter(([ref, oid]) => before.get(ref) !== oid);
  if (moved.length === 0) return [];
  const git = openGit({ ...host });
  const input = moved.map(([, oid]) => `${oid}\n`).join('');
  const { stdout } = await runGit(git, ['cat-file', '--batch-check=%(objectname)'], { input: [input] });
  const answers = stdout.toString('latin1').split('\n');
  const lost = moved.filter((_, i) => answers[i]?.endsWith(' missing') === true).map(([ref]) => ref);
  for (const ref of lost) {
    const was = before.get(ref);
    await runGit(git, was === undefined ? ['update-ref', '-d', ref] : ['update-ref', ref, was]);
  }
  return lost;
}
