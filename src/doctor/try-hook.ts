import type { Host } from '../host.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { findGit } from '../sources/git/find-git.ts';
import { type Environment, environmentOf } from './environments.ts';
import type { HookState } from './hook-state.ts';
import { type AtEnd, type Ended, runToEnd } from './run-hook.ts';
import { type Candidate, PROOF_BRANCH, type ThrowAway } from './throw-away.ts';

/** What came of one commit, merge or push that was tried. */
export interface Try {
  readonly how: 'stopped' | 'passed' | 'not-tried';
  /** Whether it was keyguard who spoke. */
  readonly byKeyguard: boolean;
  /** The last line that was said. It passes the sink before it is shown. */
  readonly lastLine: string;
}

export interface Attempt {
  readonly host: Host;
  readonly repository: HookedRepository;
  readonly place: ThrowAway;
  readonly state: HookState;
  readonly environment: Environment;
  readonly candidate: Candidate;
  readonly atEnd: AtEnd;
}

/** git itself looks for the hook and starts it, so what it would do with the file is what is seen. */
export async function tryHook(attempt: Attempt): Promise<Try> {
  const { state } = attempt;
  if (state.name === 'pre-push') return tryPush(attempt);
  const ended = await start(attempt, ...callOf(attempt), envOf(attempt));
  return tryFrom(ended);
}

/** `git hook` came with 2.36. https://git-scm.com/docs/git-hook */
function callOf(attempt: Attempt): readonly [program: string, args: readonly string[]] {
  const { repository, state, candidate, host } = attempt;
  const args = state.name === 'commit-msg' ? [candidate.message] : [];
  const [major = 0, minor = 0] = repository.gitVersion;
  if (major === 2 && minor < 36) return [state.path, args];
  return [findGit(host), ['hook', 'run', '--ignore-missing', state.name, ...(args.length > 0 ? ['--', ...args] : [])]];
}

/** As `git commit -m` and `git merge --no-edit` give it: https://git-scm.com/docs/githooks */
function envOf({ state, place, candidate }: Attempt): Readonly<Record<string, string>> {
  const base = { GIT_INDEX_FILE: candidate.index, GIT_EDITOR: ':', GIT_PREFIX: '' };
  return state.name === 'pre-merge-commit' && place.other !== null
    ? { ...base, [`GITHEAD_${place.other}`]: PROOF_BRANCH }
    : base;
}

/** A real push that git ends before anything is sent; the hook is told of it as of any other. */
async function tryPush(attempt: Attempt): Promise<Try> {
  const { place, candidate, host } = attempt;
  const push = (...options: readonly string[]): Promise<Ended> => {
    const general = ['push', '--dry-run', '--no-recurse-submodules', '--no-signed', '--no-follow-tags'];
    const refspec = `${candidate.commit}:refs/heads/${PROOF_BRANCH}`;
    return start(attempt, findGit(host), [...general, ...options, place.remote, refspec], {});
  };
  const ended = await push();
  if (ended.code === 0 || (await push('--no-verify')).code === 0) return tryFrom(ended);
  return { ...tryFrom(ended), how: 'not-tried' };
}

async function start(
  { host, repository, place, environment, atEnd }: Attempt,
  program: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>>,
): Promise<Ended> {
  const env = { ...environmentOf(host, environment), ...place.env, ...extra };
  // The terminal is not asked: nobody waits for a question.
  return runToEnd({ program, args, cwd: repository.top, env: { ...env, GIT_TERMINAL_PROMPT: '0' }, atEnd }, host);
}

function tryFrom({ code, said }: Ended): Try {
  const lines = said.split(/\r\n|[\r\n]/u).filter((line) => line.trim() !== '');
  const byKeyguard = lines.some((line) => line.startsWith('keyguard: '));
  return {
    how: code === null ? 'not-tried' : code === 0 ? 'passed' : 'stopped',
    byKeyguard,
    lastLine: lines.at(-1) ?? '',
  };
}
