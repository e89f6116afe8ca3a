import type { Edit } from '../edits.ts';
import type { HookName } from '../hook-names.ts';
import type { ScriptParts } from '../find-programs.ts';
import type { HookedRepository } from '../repository.ts';

/** What may keep the hooks of a repository. */
export const MANAGER_NAMES = [
  'git',
  'husky',
  'lefthook',
  'pre-commit',
  'prek',
  'simple-git-hooks',
  'hooks-path',
  'git-config',
  'template',
] as const;

export type ManagerName = (typeof MANAGER_NAMES)[number];

/** One way in which the hooks of a repository are kept. */
export interface Manager {
  readonly name: ManagerName;
  /** What shows that it rules the hooks here, as a part of a sentence, or null. */
  readonly detect: (order: Order) => string | null;
  /** What it writes into the hooks that it makes. */
  readonly mark?: RegExp;
  /** Files of others that it may have added to, absolute. */
  readonly sharedFiles?: (repository: HookedRepository) => readonly string[];
  /** What to do so that git runs keyguard from now on. Throws `KeyguardError('install')` where that cannot be done. */
  readonly plan: (order: Order) => Promise<Plan>;
}

export interface Order {
  readonly repository: HookedRepository;
  readonly hooks: readonly HookName[];
  readonly parts: ScriptParts;
  /** Keyguard's file from the top of the repository, for files that others share. */
  readonly sharedBin: string;
  /** Windows keeps no bit that says whether a file can be run. */
  readonly isWindows: boolean;
}

export interface Plan {
  readonly edits: readonly Edit[];
  /** What the person should know or do. Sentences. */
  readonly notes: readonly string[];
}
