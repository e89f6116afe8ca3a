import { escapeForDisplay } from './display.ts';
import type { Line } from './paint.ts';

/** The lines around a block that a log shows folded, under a title. `id` names the block in this log. */
export interface Fold {
  readonly begin: (title: string, id: string) => string;
  readonly end: (id: string) => string;
}

/** A block between the lines that fold it. */
export function folded(block: readonly Line[], title: string, number: number, fold: Fold): readonly Line[] {
  const id = `keyguard_${number}`;
  const begin = fold.begin(escapeForDisplay(title), id);
  const end = fold.end(id);
  return [fixed(begin), ...block, ...(end === '' ? [] : [fixed(end)])];
}

/** Written as it is: the words of a build server, and a title that is escaped for it. */
function fixed(text: string): Line {
  return [{ text, tone: 'fixed' }];
}

const GITHUB: Fold = { begin: (title) => `::group::${title.replaceAll('%', '%25')}`, end: () => '::endgroup::' };

/** GitLab shows the time between two stamps; without a clock there is none. https://docs.gitlab.com/ci/jobs/job_logs/ */
const GITLAB: Fold = {
  begin: (title, id) => `\u001b[0Ksection_start:0:${id}\r\u001b[0K${title}`,
  end: (id) => `\u001b[0Ksection_end:0:${id}\r\u001b[0K`,
};

/** https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands */
const AZURE: Fold = { begin: (title) => `##[group]${title}`, end: () => '##[endgroup]' };

/** https://buildkite.com/docs/pipelines/configure/managing-log-output */
const BUILDKITE: Fold = { begin: (title) => `--- ${title}`, end: () => '' };

const TRAVIS: Fold = {
  begin: (title, id) => `travis_fold:start:${id}\r\u001b[0K${title}`,
  end: (id) => `travis_fold:end:${id}\r\u001b[0K`,
};

/** By the variable that says where a build runs. */
export const FOLDS: readonly (readonly [variable: string, fold: Fold])[] = [
  ['GITHUB_ACTIONS', GITHUB],
  ['GITLAB_CI', GITLAB],
  ['TF_BUILD', AZURE],
  ['BUILDKITE', BUILDKITE],
  ['TRAVIS', TRAVIS],
];
