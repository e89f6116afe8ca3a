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
  'BITBUCKET_COMMIT',
  'BUILD_BUILDID',
  'CIRCLECI',
  'TRAVIS',
  'BUILDKITE',
  'DRONE',
  'SEMAPHORE',
  'APPVEYOR',
  'CIRRUS_CI',
  'VERCEL',
  'NETLIFY',
];

/** A CI builds what has been pushed already. `CI=false` is how people say no. */
export function isCi({ env }: Host): boolean {
  const ci = env['CI'];
  if (ci !== undefined && ci !== '') return !/^(?:0|false|no)$/iu.test(ci);
  return VARIABLES.some((name) => env[name] !== undefined);
}

/** Whether it is worth loading what knows build servers; the pre-commit framework runs on the machines of people, too. */
export function mayBeBuild(host: Host): boolean {
  return isCi(host) || PRE_COMMIT.some((name) => (host.env[name] ?? '') !== '');
}

const PRE_COMMIT = ['PRE_COMMIT_TO_REF', 'PRE_COMMIT_ORIGIN'];
