import { KeyguardError } from '../errors.ts';
import type { Build, Revision } from '../model/build.ts';
import { branchNamed, commitNamed, REMEDY, type Variables } from './variables.ts';

/**
 * GitHub Actions, and Gitea and Forgejo, which took over its variables: what happened stands in a file, by the name of
 * the event. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function buildOfGithub(env: Variables, payload: unknown): Build {
  const event = env['GITHUB_EVENT_NAME'] ?? '';
  const about = aboutOf(event, env, payload);
  return {
    ci: nameOf(env),
    base: [],
    head: [],
    isMergeRef: false,
    branch: null,
    names: [],
    ...about,
    source: `${event === '' ? 'an event' : event}, ${PAYLOAD}`,
    visibility: visibilityIn(payload),
    deepen: 'fetch-depth: 0 for actions/checkout',
  };
}

/** The variable that names the file. */
export const PAYLOAD = 'GITHUB_EVENT_PATH';

export function isGithub(env: Variables): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

function nameOf(env: Variables): string {
  if (env['FORGEJO_ACTIONS'] === 'true') return 'Forgejo Actions';
  return env['GITEA_ACTIONS'] === 'true' ? 'Gitea Actions' : 'GitHub Actions';
}

type About = Pick<Build, 'kind'> & Partial<Pick<Build, 'base' | 'head' | 'isMergeRef' | 'branch' | 'names'>>;

function aboutOf(event: string, env: Variables, payload: unknown): About {
  if (event === 'schedule') return { kind: 'schedule' };
  const ref = textAt(payload, 'ref') ?? env['GITHUB_REF'] ?? '';
  if (event === 'push') return ref.startsWith('refs/tags/') ? { kind: 'tag' } : pushed(ref, env, payload);
  if (event === 'merge_group') {
    return {
      kind: 'review',
      base: commitAt(payload, 'merge_group', 'base_sha'),
      head: commitAt(payload, 'merge_group', 'head_sha'),
    };
  }
  if (event.startsWith('pull_request') || textAt(payload, 'pull_request', 'head', 'sha') !== undefined)
    return proposed(env, payload);
  return { kind: 'manual' };
}

function pushed(ref: string, env: Variables, payload: unknown): About {
  // Nothing is pushed then; what is checked out is the default branch.
  if (fieldAt(payload, ['deleted']) === true) return { kind: 'manual' };
  const after = commitAt(payload, 'after');
  const branch = branchNamed(`"ref" of ${PAYLOAD}`, ref);
  return {
    kind: 'push',
    base: commitAt(payload, 'before'),
    head: after.length > 0 ? after : commitNamed('GITHUB_SHA', env['GITHUB_SHA']),
    branch,
    names: branch === null ? [] : [branch],
  };
}

function proposed(env: Variables, payload: unknown): About {
  const branch =
    branchNamed('GITHUB_BASE_REF', env['GITHUB_BASE_REF']) ??
    branchNamed(`"pull_request.base.ref" of ${PAYLOAD}`, textAt(payload, 'pull_request', 'base', 'ref'));
  const proposed = branchNamed(`"pull_request.head.ref" of ${PAYLOAD}`, textAt(payload, 'pull_request', 'head', 'ref'));
  return {
    kind: 'review',
    names: proposed === null ? [] : [proposed],
    base: [...commitAt(payload, 'pull_request', 'base', 'sha'), ...(branch === null ? [] : [branchRevision(branch)])],
    head: commitAt(payload, 'pull_request', 'head', 'sha'),
    isMergeRef: /^refs\/pull\/\d+\/merge$/u.test(env['GITHUB_REF'] ?? ''),
  };
}

function branchRevision(name: string): Revision {
  return { kind: 'branch', name };
}

function commitAt(payload: unknown, ...path: readonly string[]): readonly Revision[] {
  return commitNamed(`"${path.join('.')}" of ${PAYLOAD}`, textAt(payload, ...path));
}

/** A fork of a private repository is private; should one day one be public, everybody has what lies there. */
function visibilityIn(payload: unknown): Build['visibility'] {
  const known = [
    fieldAt(payload, ['repository', 'private']),
    fieldAt(payload, ['pull_request', 'head', 'repo', 'private']),
  ].filter((value) => typeof value === 'boolean');
  if (known.length === 0) return null;
  return known.every(Boolean) ? 'private' : 'public';
}

function textAt(payload: unknown, ...path: readonly string[]): string | undefined {
  const value = fieldAt(payload, path);
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw new KeyguardError('usage', `"${path.join('.')}" of ${PAYLOAD} is no text; ${REMEDY}`);
}

function fieldAt(payload: unknown, path: readonly string[]): unknown {
  let value = payload;
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
