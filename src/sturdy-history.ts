import { KeyguardError } from './errors.ts';
import type { Unread } from './model/coverage.ts';
import type { Sink } from './show/sink.ts';
import type { History, Source } from './sources/source.ts';

/** A history that answers "not known" where git fails, for what was found is told all the same; and how it failed. */
export interface SturdyHistory {
  readonly history: History;
  readonly failures: readonly Unread[];
}

export function sturdy(history: History, { text }: Sink): SturdyHistory {
  const failures = new Map<string, Unread>();
  const unlessGitFails = async <Answer>(asked: Promise<Answer>, unknown: Answer): Promise<Answer> => {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof KeyguardError)) throw error;
      failures.set(error.message, { message: text(error.message), gitFailed: true });
      return unknown;
    }
  };
  const { base } = history;
  return {
    history: {
      ...history,
      oldSides: (commits) => unlessGitFails(history.oldSides(commits), new Map()),
      describe: (commits) => unlessGitFails(history.describe(commits), new Map()),
      atTips: (paths) => unlessGitFails(history.atTips(paths), null),
      ...(base !== undefined && { base: (paths) => unlessGitFails(base(paths), NOTHING) }),
    },
    get failures() {
      return [...failures.values()];
    },
  };
}

const NOTHING: Source = {
  scope: { kind: 'tree', detail: 'nothing' },
  expected: 0,
  skipped: [],
  before: null,
  fragments: async function* () {
    // Not known to be there: what was found counts as new.
  },
};
