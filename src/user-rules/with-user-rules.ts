import { createHash } from 'node:crypto';
import { createMatcher, type ToPattern } from '../match/matcher.ts';
import { secretPattern } from '../match/secret-pattern.ts';
import { createScanner, decodedFrom, type Scanner } from '../scanner.ts';
import { createSink, hidingAll } from '../show/sink.ts';
import { toLinearPattern, type UserRules } from './compile-user-rules.ts';
import { readerWith } from './read-with-user-rules.ts';

/** The scanner that also knows the rules of a repository: it reads with both, and its sink hides the keys of both. */
export function withUserRules(builtIn: Scanner, userRules: UserRules): Scanner {
  const all = [...builtIn.rules.values(), ...userRules.rules];
  const own = new Set(userRules.rules);
  const toPattern: ToPattern = (rule) => (own.has(rule) ? toLinearPattern(rule) : secretPattern(rule.pattern));
  const { overlap } = createScanner({ hash: '', rules: userRules.rules }, toLinearPattern);
  const hash = createHash('sha256').update([builtIn.rulesetHash, ...userRules.texts].join('\0'));
  return {
    ...builtIn,
    sink: hidingAll(createSink(createMatcher(all, toPattern), decodedFrom)),
    rules: new Map(all.map((rule) => [rule.id, rule])),
    rulesetHash: hash.digest('hex').slice(0, 16),
    overlap: Math.max(builtIn.overlap, overlap),
    reader: readerWith(userRules, builtIn),
  };
}
