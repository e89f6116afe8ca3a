import type { Shown } from '../model/finding.ts';
import type { PolicyRule, Rule } from '../model/rule.ts';
import type { Matcher } from '../match/matcher.ts';
import { ownKeysOf, type ValueFile } from './own-keys.ts';
import { knowingOwnKeys } from './own-matcher.ts';

export interface Own {
  /** The same matcher, which also knows the values; null where none is worth looking for. */
  readonly widen: ((matcher: Matcher) => Matcher) | null;
  readonly tooMany: number;
  readonly leftAlone: number;
}

/** What a scan needs of the values in these files. Loaded only where there is one. */
export function ownFrom(
  files: readonly ValueFile[],
  facts: PolicyRule,
  rules: readonly Rule[],
  show: (text: string) => Shown,
): Own {
  const { keys, tooMany, leftAlone } = ownKeysOf(files, facts, rules, show);
  return { widen: keys.length === 0 ? null : (matcher) => knowingOwnKeys(matcher, keys), tooMany, leftAlone };
}
