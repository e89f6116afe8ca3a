import type { Confidence, PublicUse, Risk, Severity, Structure } from '../model/rule.ts';
import type { PublicUseAdvice, Revocation, Topic } from '../remedy/guidance-data.ts';

/** `rules/<provider>.json` as it is written: `rules/rule.schema.json` says the same to an editor. */
export interface RuleFile {
  /** For editors. */
  readonly $schema?: string;
  readonly provider: string;
  readonly consoleUrl: string | null;
  readonly docsUrl: string | null;
  /** Whose key it is, where the key itself does not tell: host names and words, for every key type of the file. */
  readonly hosts?: readonly string[];
  readonly words?: readonly string[];
  readonly keyTypes: readonly KeyTypeEntry[];
  readonly guide?: readonly Topic[];
}

export interface KeyTypeEntry {
  readonly id: string;
  readonly title: string;
  readonly keyType: string;
  readonly opens: string;
  readonly risk: Risk;
  readonly severity?: Severity;
  readonly confidence: Confidence;
  readonly anchors: readonly string[];
  /**
   * Default `start` when the pattern begins with an anchor, else `inside`. `name`: the anchors are variable names;
   * `near`: words around the key.
   */
  readonly anchorAt?: 'start' | 'inside' | 'name' | 'near';
  readonly left?: string;
  readonly right?: string;
  /** One string, or several that are joined. */
  readonly pattern: string | readonly string[];
  readonly context?: {
    readonly names?: readonly string[];
    readonly hosts?: readonly string[];
    readonly words?: readonly string[];
    readonly required?: boolean;
    readonly strict?: boolean;
  };
  readonly structure?: Structure;
  readonly publicUse?: PublicUse & PublicUseAdvice;
  readonly placeholders?: readonly string[];
  readonly envVars?: readonly string[];
  readonly collidesWith?: readonly string[];
  readonly catchAll?: boolean;
  readonly guessable?: boolean;
  readonly isSecret?: boolean;
  /** `<<` and `>>` stand around the secret; `{{alnum:20}}` is filled from a seed. */
  readonly examples: readonly string[];
  readonly negativeExamples: readonly string[];
  /** How the provider would be asked whether the key lives. Data only; a scan opens no connection. */
  readonly verify?: Readonly<Record<string, unknown>>;
  readonly revoke: Revocation;
  readonly notes?: readonly string[];
  readonly references: readonly string[];
}
