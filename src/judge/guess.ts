import { prefixOf } from './body.ts';
import { type Contender } from './choose.ts';
import { contextOf } from './context.ts';

/**
 * Whether a key is believed though its pieces need not belong together: two lines, two items of a list. Its construction
 * proves it, or a prefix that is its own, or what is assigned to; a shape that hashes and words have in common is none.
 */
export function provesItself({ match, inspection, context }: Contender): boolean {
  if (inspection.isSound) return true;
  if (inspection.damage !== null) return false;
  const { rule } = match;
  if (rule.anchorAt === 'name') return true;
  if (rule.catchAll) return false;
  const hasPrefix = prefixOf(rule, match.secret.reveal()).length >= SHORTEST_PREFIX;
  if (!rule.context.required) return hasPrefix || contextOf(match)?.strength === ASSIGNED;
  const { strength = 0 } = context ?? {};
  return strength === ASSIGNED || (hasPrefix && strength > NEARBY);
}

const SHORTEST_PREFIX = 3;
const ASSIGNED = 4;
const NEARBY = 1;
