import type { CiSystem } from './system.ts';

/**
 * Build servers that tell in variables what they build, the more specific first. Which variables there are stands in the
 * documentation of each, which is named beside it.
 */
export const SYSTEMS: readonly CiSystem[] = [
  {
    // https://pre-commit.com/#pre-commit-for-pushed-commits
    name: 'the pre-commit framework',
    detected: { PRE_COMMIT_TO_REF: true, PRE_COMMIT_ORIGIN: true },
    deepen: 'git fetch --unshallow',
    change: {},
    pushed: { base: ['PRE_COMMIT_FROM_REF', 'PRE_COMMIT_SOURCE'], head: ['PRE_COMMIT_TO_REF', 'PRE_COMMIT_ORIGIN'] },
    branch: ['PRE_COMMIT_REMOTE_BRANCH'],
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    name: 'GitLab CI',
    detected: { GITLAB_CI: true },
    deepen: 'GIT_DEPTH: 0 among the variables of the job',
    tag: { CI_COMMIT_TAG: true },
    review: { CI_PIPELINE_SOURCE: ['merge_request_event', 'external_pull_request_event'] },
    schedule: { CI_PIPELINE_SOURCE: ['schedule'] },
    manual: { CI_PIPELINE_SOURCE: ['web', 'api', 'trigger', 'pipeline', 'chat', 'ondemand_dast_scan', 'webide'] },
    change: {
      base: ['CI_MERGE_REQUEST_DIFF_BASE_SHA', 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA'],
      baseBranch: ['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
      head: ['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA', 'CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA', 'CI_COMMIT_SHA'],
    },
    pushed: { base: ['CI_COMMIT_BEFORE_SHA'], head: ['CI_COMMIT_SHA'] },
    branch: ['CI_COMMIT_BRANCH'],
    proposed: 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME',
    visibility: 'CI_PROJECT_VISIBILITY',
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    name: 'Bitbucket Pipelines',
    detected: { BITBUCKET_COMMIT: true, BITBUCKET_BUILD_NUMBER: true },
    deepen: 'clone: depth: full',
    tag: { BITBUCKET_TAG: true },
    review: { BITBUCKET_PR_ID: true },
    change: {
      base: ['BITBUCKET_PR_DESTINATION_COMMIT'],
      baseBranch: ['BITBUCKET_PR_DESTINATION_BRANCH'],
      head: ['BITBUCKET_COMMIT'],
    },
    pushed: { head: ['BITBUCKET_COMMIT'] },
    branch: ['BITBUCKET_BRANCH'],
    proposed: 'BITBUCKET_BRANCH',
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables
    name: 'Azure Pipelines',
    detected: { TF_BUILD: true, BUILD_BUILDID: true },
    deepen: 'fetchDepth: 0 for the checkout step',
    review: { BUILD_REASON: ['PullRequest'], SYSTEM_PULLREQUEST_PULLREQUESTID: true },
    schedule: { BUILD_REASON: ['Schedule'] },
    manual: { BUILD_REASON: ['Manual', 'ResourceTrigger', 'BuildCompletion'] },
    change: { baseBranch: ['SYSTEM_PULLREQUEST_TARGETBRANCH'], head: ['SYSTEM_PULLREQUEST_SOURCECOMMITID'] },
    pushed: { head: ['BUILD_SOURCEVERSION'] },
    branch: ['BUILD_SOURCEBRANCH'],
    proposed: 'SYSTEM_PULLREQUEST_SOURCEBRANCH',
    mergeRef: 'BUILD_SOURCEBRANCH',
  },
  {
    // https://circleci.com/docs/variables/; `CIRCLE_BASE_REVISION` is for << pipeline.git.base_revision >>
    name: 'CircleCI',
    detected: { CIRCLECI: true },
    deepen: 'method: full for the checkout step',
    tag: { CIRCLE_TAG: true },
    review: { CIRCLE_PULL_REQUEST: true },
    // The previous build of the same branch, which is all that is told, may hold what the change brings in.
    change: { head: ['CIRCLE_SHA1'] },
    pushed: {
      base: ['CIRCLE_BASE_REVISION'],
      range: ['CIRCLE_COMPARE_URL', 'CIRCLE_RANGE'],
      head: ['CIRCLE_SHA1'],
    },
    branch: ['CIRCLE_BRANCH'],
    proposed: 'CIRCLE_BRANCH',
  },
  {
    // https://docs.travis-ci.com/user/environment-variables/
    name: 'Travis CI',
    detected: { TRAVIS: true },
    deepen: 'git: depth: false',
    tag: { TRAVIS_TAG: true },
    review: { TRAVIS_EVENT_TYPE: ['pull_request'], TRAVIS_PULL_REQUEST: true },
    schedule: { TRAVIS_EVENT_TYPE: ['cron'] },
    manual: { TRAVIS_EVENT_TYPE: ['api'] },
    change: { range: ['TRAVIS_COMMIT_RANGE'], baseBranch: ['TRAVIS_BRANCH'], head: ['TRAVIS_PULL_REQUEST_SHA'] },
    pushed: { range: ['TRAVIS_COMMIT_RANGE'], head: ['TRAVIS_COMMIT'] },
    branch: ['TRAVIS_BRANCH'],
    proposed: 'TRAVIS_PULL_REQUEST_BRANCH',
  },
  {
    // https://buildkite.com/docs/pipelines/configure/environment-variables
    name: 'Buildkite',
    detected: { BUILDKITE: true },
    deepen: 'BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS without --depth',
    tag: { BUILDKITE_TAG: true },
    review: { BUILDKITE_PULL_REQUEST: true },
    schedule: { BUILDKITE_SOURCE: ['schedule'] },
    manual: { BUILDKITE_SOURCE: ['ui', 'api', 'trigger_job'] },
    change: { baseBranch: ['BUILDKITE_PULL_REQUEST_BASE_BRANCH'], head: ['BUILDKITE_COMMIT'] },
    pushed: { head: ['BUILDKITE_COMMIT'] },
    branch: ['BUILDKITE_BRANCH'],
    proposed: 'BUILDKITE_BRANCH',
  },
  {
    // https://woodpecker-ci.org/docs/usage/environment
    name: 'Woodpecker',
    detected: { CI: ['woodpecker'], CI_SYSTEM_NAME: ['woodpecker'] },
    deepen: 'depth: 0 and partial: false among the settings of the clone step',
    tag: { CI_COMMIT_TAG: true, CI_PIPELINE_EVENT: ['tag', 'release'] },
    review: { CI_PIPELINE_EVENT: ['pull_request', 'pull_request_closed'] },
    schedule: { CI_PIPELINE_EVENT: ['cron'] },
    manual: { CI_PIPELINE_EVENT: ['manual', 'deployment'] },
    change: { baseBranch: ['CI_COMMIT_TARGET_BRANCH'], head: ['CI_COMMIT_SHA'] },
    pushed: { base: ['CI_PREV_COMMIT_SHA'], head: ['CI_COMMIT_SHA'] },
    branch: ['CI_COMMIT_BRANCH'],
    proposed: 'CI_COMMIT_SOURCE_BRANCH',
  },
  {
    // https://docs.drone.io/pipeline/environment/reference/
    name: 'Drone',
    detected: { DRONE: true },
    deepen: 'a clone section without depth',
    tag: { DRONE_TAG: true, DRONE_BUILD_EVENT: ['tag'] },
    review: { DRONE_BUILD_EVENT: ['pull_request'], DRONE_PULL_REQUEST: true },
    schedule: { DRONE_BUILD_EVENT: ['cron'] },
    manual: { DRONE_BUILD_EVENT: ['promote', 'rollback', 'custom'] },
    change: { baseBranch: ['DRONE_TARGET_BRANCH'], head: ['DRONE_COMMIT_AFTER', 'DRONE_COMMIT_SHA'] },
    pushed: { base: ['DRONE_COMMIT_BEFORE'], head: ['DRONE_COMMIT_AFTER', 'DRONE_COMMIT_SHA'] },
    branch: ['DRONE_BRANCH'],
    proposed: 'DRONE_SOURCE_BRANCH',
    visibility: 'DRONE_REPO_VISIBILITY',
  },
  {
    // https://docs.semaphore.io/reference/env-vars
    name: 'Semaphore',
    detected: { SEMAPHORE: true },
    deepen: 'git fetch --unshallow after checkout',
    tag: { SEMAPHORE_GIT_REF_TYPE: ['tag'] },
    review: { SEMAPHORE_GIT_REF_TYPE: ['pull-request'] },
    schedule: { SEMAPHORE_WORKFLOW_TRIGGERED_BY_SCHEDULE: true },
    manual: { SEMAPHORE_WORKFLOW_TRIGGERED_BY_API: true, SEMAPHORE_WORKFLOW_TRIGGERED_BY_MANUAL_RUN: true },
    change: {
      range: ['SEMAPHORE_GIT_COMMIT_RANGE'],
      baseBranch: ['SEMAPHORE_GIT_BRANCH'],
      head: ['SEMAPHORE_GIT_PR_SHA'],
    },
    pushed: { range: ['SEMAPHORE_GIT_COMMIT_RANGE'], head: ['SEMAPHORE_GIT_SHA'] },
    branch: ['SEMAPHORE_GIT_BRANCH'],
    proposed: 'SEMAPHORE_GIT_PR_BRANCH',
  },
  {
    // https://www.appveyor.com/docs/environment-variables/ (the branch is the base of a pull request)
    name: 'AppVeyor',
    detected: { APPVEYOR: true },
    deepen: 'no clone_depth and no shallow_clone',
    tag: { APPVEYOR_REPO_TAG: ['true', 'True'] },
    review: { APPVEYOR_PULL_REQUEST_NUMBER: true },
    schedule: { APPVEYOR_SCHEDULED_BUILD: true },
    manual: { APPVEYOR_FORCED_BUILD: true, APPVEYOR_RE_BUILD: true },
    change: { baseBranch: ['APPVEYOR_REPO_BRANCH'], head: ['APPVEYOR_PULL_REQUEST_HEAD_COMMIT'] },
    pushed: { head: ['APPVEYOR_REPO_COMMIT'] },
    branch: ['APPVEYOR_REPO_BRANCH'],
    proposed: 'APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH',
  },
  {
    // https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
    name: 'CodeBuild',
    detected: { CODEBUILD_BUILD_ID: true },
    deepen: 'a git clone depth of Full for the source',
    review: {
      CODEBUILD_WEBHOOK_EVENT: ['PULL_REQUEST_CREATED', 'PULL_REQUEST_UPDATED', 'PULL_REQUEST_REOPENED'],
    },
    change: { baseBranch: ['CODEBUILD_WEBHOOK_BASE_REF'], head: ['CODEBUILD_RESOLVED_SOURCE_VERSION'] },
    pushed: { base: ['CODEBUILD_WEBHOOK_PREV_COMMIT'], head: ['CODEBUILD_RESOLVED_SOURCE_VERSION'] },
    branch: ['CODEBUILD_WEBHOOK_HEAD_REF'],
    proposed: 'CODEBUILD_WEBHOOK_HEAD_REF',
  },
  {
    // https://cirrus-ci.org/guide/writing-tasks/#environment-variables
    name: 'Cirrus CI',
    detected: { CIRRUS_CI: true },
    deepen: 'CIRRUS_CLONE_DEPTH taken out',
    tag: { CIRRUS_TAG: true },
    review: { CIRRUS_PR: true },
    schedule: { CIRRUS_CRON: true },
    change: { base: ['CIRRUS_BASE_SHA'], baseBranch: ['CIRRUS_BASE_BRANCH'], head: ['CIRRUS_CHANGE_IN_REPO'] },
    pushed: { head: ['CIRRUS_CHANGE_IN_REPO'] },
    branch: ['CIRRUS_BRANCH'],
    proposed: 'CIRRUS_BRANCH',
  },
  {
    // https://vercel.com/docs/environment-variables/system-environment-variables
    name: 'Vercel',
    detected: { VERCEL: true },
    deepen: 'VERCEL_DEEP_CLONE=true',
    change: {},
    pushed: { base: ['VERCEL_GIT_PREVIOUS_SHA'], head: ['VERCEL_GIT_COMMIT_SHA'] },
    branch: ['VERCEL_GIT_COMMIT_REF'],
  },
  {
    // https://docs.netlify.com/build/configure-builds/environment-variables/
    name: 'Netlify',
    detected: { NETLIFY: true },
    deepen: 'git fetch --unshallow before it',
    change: {},
    pushed: { base: ['CACHED_COMMIT_REF'], head: ['COMMIT_REF'] },
    branch: ['HEAD', 'BRANCH'],
  },
  {
    // https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html
    name: 'TeamCity',
    detected: { TEAMCITY_VERSION: true },
    deepen: 'teamcity.git.shallowClone=false',
    change: {},
    pushed: { head: ['BUILD_VCS_NUMBER'] },
  },
  {
    // https://www.jenkins.io/doc/book/pipeline/jenkinsfile/ and the git and branch-source plugins
    name: 'Jenkins',
    detected: { JENKINS_URL: true },
    deepen: 'the shallow clone option of the checkout switched off',
    tag: { TAG_NAME: true },
    review: { CHANGE_ID: true },
    change: { baseBranch: ['CHANGE_TARGET'], head: ['GIT_COMMIT'] },
    pushed: { base: ['GIT_PREVIOUS_COMMIT', 'GIT_PREVIOUS_SUCCESSFUL_COMMIT'], head: ['GIT_COMMIT'] },
    branch: ['BRANCH_NAME', 'GIT_BRANCH'],
    proposed: 'CHANGE_BRANCH',
  },
];
