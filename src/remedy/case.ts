import type { Exposure, Finding } from '../model/finding.ts';
import type { SentenceName } from './advice-data.ts';
import type { PossibleProvider } from './candidates.ts';
import type { KeyTypeGuidance, ProviderGuidance } from './guidance-data.ts';
import type { Situation } from './situation.ts';

/** One finding with everything that its steps depend on. */
export interface Case {
  readonly finding: Finding;
  readonly exposure: Exposure;
  readonly situation: Situation;
  /** null where it is not certain whose key it is, and for users' own rules. */
  readonly provider: ProviderGuidance | null;
  readonly keyType: KeyTypeGuidance | null;
  /** Whose key it may be; empty where that is certain. */
  readonly candidates: readonly PossibleProvider[];
  /** A sentence of the guidance, filled. */
  readonly say: (name: SentenceName, values?: Readonly<Record<string, string>>) => string;
}
