import type { Advice } from './advice-data.ts';

/** Who can revoke a key of this type. `owner`: only an owner of the organization. */
export type Revoker = 'holder' | 'member' | 'owner';

/** How one key type is revoked and replaced. From the rule file of its provider. */
export interface Revocation {
  readonly url: string | null;
  /** `sourced`: a page of the provider says so; `general-knowledge`: open it once before you trust it. */
  readonly evidence: 'sourced' | 'general-knowledge';
  readonly who: Revoker;
  /** Revoked in every exposure state, even when it was only staged. */
  readonly always: boolean;
  /** False where there is nothing to revoke, as for what runs out by itself; the first step says why. */
  readonly revocable?: boolean;
  /**
   * What to do in the console. Plain sentences; a finding says the first one only, with "the key" as "the key that ends
   * in wxyz", so that one is the deed. Of `replace` and `afterLeak` it says the first one as well.
   */
  readonly steps: readonly string[];
  /** How to make the new key: the right type, the least permission. */
  readonly replace: readonly string[];
  /** Where its use is looked at afterwards; null where there is no such page. */
  readonly usageUrl: string | null;
  /** What to look at after a leak, beyond usage; may be empty. */
  readonly afterLeak: readonly string[];
}

/** What is advised where a key is shown to everybody by design. */
export interface PublicUseAdvice {
  /** The end of the summary. */
  readonly todo: string;
  readonly steps: readonly string[];
  readonly url: string;
}

/** How the provider is asked whether a key lives, and what its answers mean. keyguard itself never asks. */
export interface Verification {
  readonly method: string;
  readonly url: string;
  /** `{key}` stands for the key. */
  readonly header: string;
  readonly live: readonly string[];
  readonly liveRestricted: readonly string[];
  readonly dead: readonly string[];
  readonly unknown: readonly string[];
  readonly note?: string;
}

export interface KeyTypeGuidance {
  readonly ruleId: string;
  readonly title: string;
  readonly opens: string;
  readonly envVars: readonly string[];
  readonly revocation: Revocation;
  /** null where such keys are secret everywhere. */
  readonly publicUse: PublicUseAdvice | null;
  /** null where no call is known that costs nothing. */
  readonly verification: Verification | null;
  readonly notes: readonly string[];
}

/** In a table `columns` name the cells of each row, and the first cell names the row. */
export type TopicBlock =
  | { readonly kind: 'text'; readonly text: string; readonly source: string; readonly asOf: string }
  /** `steps` are done in order, the items of a `list` are not. */
  | { readonly kind: 'steps'; readonly steps: readonly string[]; readonly source: string; readonly asOf: string }
  | { readonly kind: 'list'; readonly steps: readonly string[]; readonly source: string; readonly asOf: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly source: string;
      readonly asOf: string;
    }
  /** To be typed as it stands: shown on a line of its own, never wrapped. */
  | { readonly kind: 'command'; readonly command: string; readonly source: string; readonly asOf: string }
  /** What has changed at the provider since; shown beside the older fact, never instead of it. */
  | { readonly kind: 'today'; readonly text: string; readonly source: string; readonly asOf: string };

export interface Topic {
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly TopicBlock[];
}

export interface ProviderGuidance {
  readonly provider: string;
  /** The word for `keyguard guide WORD`: the name of the rule file. */
  readonly slug: string;
  readonly consoleUrl: string | null;
  readonly docsUrl: string | null;
  readonly keyTypes: readonly KeyTypeGuidance[];
  readonly topics: readonly Topic[];
}

/** `rules/guides/<provider>.json`: topics of one provider, beside what its rule file knows. */
export interface GuideFile {
  readonly topics: readonly Topic[];
}

/** `rules/guides/common.json`: what holds for the keys of every provider. */
export interface CommonGuidance extends GuideFile {
  /** When the rule files were last compared with the pages of the providers. */
  readonly asOf: string;
  readonly advice: Advice;
}

/** The safe way to write what a rule of `rules/policy/` found. `{name}`, `{file}`, `{base}` and `{rule}` are filled in. */
export interface PolicyGuidance {
  readonly ruleId: string;
  readonly summary: string;
  readonly steps: readonly { readonly text: string; readonly url?: string; readonly command?: string }[];
  readonly references: readonly string[];
}

export interface GuidanceData {
  readonly providers: readonly ProviderGuidance[];
  readonly policies: readonly PolicyGuidance[];
  readonly common: CommonGuidance;
}
