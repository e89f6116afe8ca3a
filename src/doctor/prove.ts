import { copyFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { HookName } from '../hooks/hook-names.ts';
import { findRepository, type HookedRepository } from '../hooks/repository.ts';
import { NO_STATE, readState } from '../hooks/state.ts';
import { openPorcelain } from '../sources/git/porcelain.ts';
import { openGit } from '../sources/git/run.ts';
import { ENVIRONMENTS, type Environment, movedTo, withoutRepository } from './environments.ts';
import { configHooks } from './config-hooks.ts';
import { type HookState, stateOf, withConfigHooks } from './hook-state.ts';
import { makeProofKey } from './proof-key.ts';
import { type ProofVerdict, verdictOf } from './proof-verdict.ts';
import { putRefsBack, refsIn } from './put-refs-back.ts';
import type { AtEnd } from './run-hook.ts';
import { type Candidate, openThrowAway, stage, type ThrowAway } from './throw-away.ts';
import { tryHook, type Try } from './try-hook.ts';
import { type Change, changesBetween, type Look, lookAt } from './watch.ts';
import { otherWorktrees } from './worktrees.ts';

export interface Proof {
  readonly rows: readonly ProofRow[];
  /** Worktrees that could not be looked at, and why. */
  readonly notTried: readonly { readonly place: string; readonly why: string }[];
}

/** One hook in one environment, with a key and without. */
export interface ProofRow {
  /** The top of the worktree. */
  readonly place: string;
  readonly isHere: boolean;
  readonly hook: HookName;
  /** Null: there is nothing to try. */
  readonly environment: Environment | null;
  readonly withKey: Try | null;
  readonly without: Try | null;
  readonly verdict: ProofVerdict;
  /** What was written meanwhile. */
  readonly changes: readonly Change[];
  /** Refs among it that named what is gone now, and so got back what they named before. */
  readonly putBack: readonly string[];
}

export const PROVED_HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'] as const;

/**
 * Runs the hooks that git would run, as git would, on a commit that is never made. Nothing of the repository is written,
 * unless a hook of somebody else does: then it is named.
 */
export async function prove(host: Host, atEnd: AtEnd): Promise<Proof> {
  const here = await findRepository(host);
  if (here.isBare)
    throw new KeyguardError('usage', `${host.cwd} has no working tree, so no commit can be tried there.`);
  const rows: ProofRow[] = await proveIn(movedTo(host, here.top), here, PROVED_HOOKS, ENVIRONMENTS, true, atEnd);
  const notTried: { readonly place: string; readonly why: string }[] = [];
  for (const place of await otherWorktrees(host, here)) {
    try {
      rows.push(...(await proveElsewhere(host, place, atEnd)));
    } catch (error) {
      if (!(error instanceof KeyguardError)) throw error;
      notTried.push({ place, why: error.message });
    }
  }
  return { rows, notTried };
}

async function proveElsewhere(host: Host, place: string, atEnd: AtEnd): Promise<ProofRow[]> {
  const there = { ...host, cwd: place, env: withoutRepository(host.env) };
  return proveIn(there, await findRepository(there), ['pre-commit'], ['shell'], false, atEnd);
}

async function proveIn(
  host: Host,
  repository: HookedRepository,
  hooks: readonly HookName[],
  environments: readonly Environment[],
  isHere: boolean,
  atEnd: AtEnd,
): Promise<ProofRow[]> {
  const recorded = recordedIn(repository.commonDir);
  const fromConfig = await configHooks(host);
  const states = hooks.map((name) =>
    withConfigHooks(stateOf(name, repository, recorded, host.platform === 'win32'), fromConfig, repository.gitVersion),
  );
  const gitDir = await openPorcelain(host).revParse('--absolute-git-dir');
  const watched = { top: repository.top, commonDir: repository.commonDir, gitDir: realpathSync(gitDir) };
  const place = await openThrowAway(host, [repository.top, repository.commonDir]);
  const forget = atEnd(place.remove);
  try {
    const candidates = await stageBoth(host, place);
    const refs = await refsIn(host, place);
    // By the index of the clean commit: git would write beside the real one if it is a split one.
    const git = openGit({ ...host, env: { ...host.env, ...place.env, GIT_INDEX_FILE: candidates.without.index } });
    const look = async (): Promise<Look> => lookAt(watched, git);
    const rows: ProofRow[] = [];
    for (const state of states) {
      const general = { place: repository.top, isHere, hook: state.name };
      if (isAbsent(state))
        rows.push({ ...general, ...NOTHING_THERE, verdict: state.isRecorded ? 'lets-through' : 'not-installed' });
      else
        for (const environment of environments) {
          const before = await look();
          const attempt = { host, repository, place, state, environment, atEnd };
          const withKey = await tryHook({ ...attempt, candidate: fresh(place, candidates.withKey) });
          const without = await tryHook({ ...attempt, candidate: fresh(place, candidates.without) });
          const changes = changesBetween(before, await look());
          const putBack = changes.length === 0 ? [] : await putRefsBack(host, place, refs);
          const verdict = verdictOf(state, withKey, without);
          rows.push({ ...general, environment, withKey, without, verdict, changes, putBack });
        }
    }
    return rows;
  } finally {
    place.remove();
    forget();
  }
}

const NOTHING_THERE = { environment: null, withKey: null, without: null, changes: [], putBack: [] } as const;

/** git runs nothing, and says nothing. */
function isAbsent({ runs }: HookState): boolean {
  return runs === 'none' || runs === 'dangling' || runs === 'not-executable';
}

/** A broken file is a check of its own; here it only tells less. */
function recordedIn(commonDir: string): ReturnType<typeof readState> {
  try {
    return readState(commonDir);
  } catch {
    return NO_STATE;
  }
}

interface Both {
  readonly withKey: Candidate;
  readonly without: Candidate;
}

async function stageBoth(host: Host, place: ThrowAway): Promise<Both> {
  const key = makeProofKey();
  const subject = 'chore: see whether the hooks stop a key\n';
  const withKey = await stage(host, place, 'key', { content: `${key}\n`, message: `${subject}\n${key}\n` });
  const without = await stage(host, place, 'clean', { content: 'This holds no key.\n', message: subject });
  return { withKey, without };
}

/** Hooks write to the index and to the message, and the next one shall not see it. */
function fresh({ folder }: ThrowAway, { index, message, commit }: Candidate): Candidate {
  const [indexNow, messageNow] = [join(folder, 'index'), join(folder, 'COMMIT_EDITMSG')];
  copyFileSync(index, indexNow);
  copyFileSync(message, messageNow);
  return { index: indexNow, message: messageNow, commit };
}
