import type { Rule } from './rule.ts';
import type { Secret } from './secret.ts';
import type { Span } from './span.ts';
import type { View } from './view.ts';

/** A rule's pattern fits here. Whether it is a key is the judge's business. */
export interface Match {
  readonly rule: Rule;
  readonly view: View;
  /** Of the named group `secret`, in `view.text`. */
  readonly at: Span;
  /** The same in bytes of the fragment. */
  readonly span: Span;
  readonly secret: Secret;
  /** The side on which a forbidden byte touches the match: it is part of something longer. */
  readonly touches: 'left' | 'right' | null;
}
