import { RE2JS } from 're2js';
import type { SecretPattern } from '../match/secret-pattern.ts';

/** As `secretPattern`, in time that grows with the text and not with what the pattern makes of it. */
export function linearPattern(source: string, maxLength: number): SecretPattern {
  const pattern = RE2JS.compile(source.replace('(?<secret>', '(?P<secret>'));
  return (text, at) => {
    // The engine looks at all that it is given.
    const matcher = pattern.matcher(text.slice(at, at + maxLength));
    if (!matcher.lookingAt()) return null;
    const [start, end] = [matcher.start('secret'), matcher.end('secret')];
    return start < 0 ? null : { end: at + matcher.end(), secret: { start: at + start, end: at + end } };
  };
}
