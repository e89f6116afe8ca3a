import type { Build } from '../model/build.ts';
import { buildOfGithub, isGithub } from './github.ts';
import { buildOf } from './system.ts';
import { SYSTEMS } from './systems.ts';
import { holds, type Variables } from './variables.ts';

/**
 * The build that runs, by what its server says in variables and, where it does, in a file; null where no server that is
 * known says anything. `readPayload` is asked only by those with a file. Throws `KeyguardError` (`usage`) with the place
 * for what cannot be understood.
 */
export function findBuild(env: Variables, readPayload: () => unknown): Build | null {
  const [preCommit, ...others] = SYSTEMS;
  // It runs within the others.
  if (preCommit !== undefined && holds(env, preCommit.detected)) return buildOf(preCommit, env);
  if (isGithub(env)) return buildOfGithub(env, readPayload());
  const system = others.find(({ detected }) => holds(env, detected));
  return system === undefined ? null : buildOf(system, env);
}
