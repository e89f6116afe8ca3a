import type { Rule } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import type { SecretPattern } from './secret-pattern.ts';

/** A rule with what running it needs. */
export interface Runner {
  readonly rule: Rule;
  readonly pattern: SecretPattern;
}

/** Where a pattern fits: the whole match, and the secret in it. */
export interface Fit {
  readonly start: number;
  readonly end: number;
  readonly secret: Span;
}

export function fitFrom({ pattern }: Runner, text: string, at: number): Fit | null {
  const fit = at < 0 ? null : pattern(text, at);
  return fit === null ? null : { start: at, ...fit };
}
