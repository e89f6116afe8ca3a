import type { Rule } from '../model/rule.ts';
import { nearest } from './suggest.ts';

export type KnownRule = Pick<Rule, 'id' | 'risk'>;

/** Why this rule cannot be switched off, as one line without its place; null when it can. */
export function whyNotSkippable(id: string, rules: readonly KnownRule[]): string | null {
  const rule = rules.find((known) => known.id === id);
  if (rule === undefined) return unknownRule(id, rules);
  if (rule.risk !== 'high') return null;
  return (
    `"${id}" cannot be switched off, because its risk is high. Accept single findings instead: ` +
    'keyguard allow FINGERPRINT --reason TEXT, with --i-revoked-it DATE or --never-live.'
  );
}

export function unknownRule(id: string, rules: readonly KnownRule[]): string {
  const near = nearest(
    id,
    rules.map((rule) => rule.id),
  );
  const hint = near === null ? 'keyguard rules list shows all' : `did you mean "${near}"?`;
  return `unknown rule ${JSON.stringify(id)}; ${hint}${near === null ? '.' : ''}`;
}
