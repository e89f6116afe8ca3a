import type { Host } from '../host.ts';

/** Set by CI systems that do not set `CI`. https://docs.gitlab.com/ci/variables/predefined_variables/ and their like */
const VARIABLES = [
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'TF_BUILD',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
  'CODEBUILD_BUILD_ID',
  'BITBUCKET_BUILD_NUMBER',
];

/** A CI builds what has been pushed already. `CI=false` is how people say no. */
export function isCi({ env }: Host): boolean {
  const ci = env['CI'];
  if (ci !== undefined && ci !== '') return !/^(?:0|false|no)$/iu.test(ci);
  return VARIABLES.some((name) => env[name] !== undefined);
}
