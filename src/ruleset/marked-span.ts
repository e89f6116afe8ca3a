import type { Span } from '../model/span.ts';

/** A filled example without its marks. */
export interface MarkedText {
  readonly text: string;
  readonly secret: Span;
}

/** `key=<<secret>>` → `key=secret` and where the secret stands; null unless each mark stands there once. */
export function markedSpan(example: string): MarkedText | null {
  const [before, rest, ...more] = example.split('<<');
  const [secret, after, ...others] = rest?.split('>>') ?? [];
  if (before === undefined || secret === undefined || after === undefined) return null;
  if (more.length + others.length > 0 || secret === '') return null;
  return { text: before + secret + after, secret: { start: before.length, end: before.length + secret.length } };
}
