import type { Build, BuildKind, Revision } from '../model/build.ts';
import { branchNamed, commitNamed, type Condition, holds, rangeNamed, type Variables } from './variables.ts';

/** How a build server that tells everything in variables is understood: which of them say what. */
export interface CiSystem {
  readonly name: string;
  readonly detected: Condition;
  /** How it is told to clone everything. */
  readonly deepen: string;
  /** What the build is about, by the first that holds, in this order; commits that were pushed where none does. */
  readonly tag?: Condition;
  readonly review?: Condition;
  readonly schedule?: Condition;
  readonly manual?: Condition;
  readonly change: Ends;
  readonly pushed: Ends;
  /** Holds the branch that is built. */
  readonly branch?: readonly string[];
  /** Holds the branch that asks to be merged. */
  readonly proposed?: string;
  /** Holds the name of a ref that is a merge made by the server. */
  readonly mergeRef?: string;
  /** Holds "private" where the repository is. */
  readonly visibility?: string;
}

/** The variables that name both ends, the best first. */
export interface Ends {
  /** Holds both ends. */
  readonly range?: readonly string[];
  readonly base?: readonly string[];
  readonly baseBranch?: readonly string[];
  readonly head?: readonly string[];
}

export function buildOf(system: CiSystem, env: Variables): Build {
  const kind = kindOf(system, env);
  const ends = kind === 'review' ? system.change : system.pushed;
  const hasRange = kind === 'review' || kind === 'push';
  const found = hasRange ? endsIn(ends, env) : { base: [], head: [], names: [] };
  const visibility = system.visibility === undefined ? undefined : env[system.visibility];
  return {
    ci: system.name,
    kind,
    source: [WORDS[kind], ...found.names].join(', '),
    base: found.base,
    head: found.head,
    isMergeRef: system.mergeRef !== undefined && /^refs\/pull\/\d+\/merge$/u.test(env[system.mergeRef] ?? ''),
    branch: kind === 'push' ? branchIn(system.branch, env) : null,
    names: namesIn(kind, system, env),
    visibility: visibility === 'private' || visibility === 'public' ? visibility : null,
    deepen: system.deepen,
  };
}

const WORDS: Readonly<Record<BuildKind, string>> = {
  review: 'a change to be merged',
  push: 'a push',
  tag: 'a tag',
  schedule: 'a schedule',
  manual: 'started by hand',
};

function kindOf(system: CiSystem, env: Variables): BuildKind {
  const kinds = ['tag', 'review', 'schedule', 'manual'] as const;
  return kinds.find((kind) => holds(env, system[kind])) ?? 'push';
}

function endsIn(
  { range = [], base = [], baseBranch = [], head = [] }: Ends,
  env: Variables,
): { readonly base: readonly Revision[]; readonly head: readonly Revision[]; readonly names: readonly string[] } {
  const names = [...range, ...base, ...baseBranch, ...head].filter((name) => (env[name] ?? '') !== '');
  const ranges = range.map((name) => rangeNamed(name, env[name]));
  const branches = baseBranch.flatMap((name): readonly Revision[] => {
    const branch = branchNamed(name, env[name]);
    return branch === null ? [] : [{ kind: 'branch', name: branch }];
  });
  return {
    base: [
      ...ranges.flatMap((both) => both.base),
      ...base.flatMap((name) => commitNamed(name, env[name])),
      ...branches,
    ],
    head: [...ranges.flatMap((both) => both.head), ...head.flatMap((name) => commitNamed(name, env[name]))].slice(0, 1),
    names,
  };
}

function namesIn(kind: BuildKind, { branch, proposed }: CiSystem, env: Variables): readonly string[] {
  const named = kind === 'push' ? branch : kind === 'review' && proposed !== undefined ? [proposed] : [];
  const name = branchIn(named, env);
  return name === null ? [] : [name];
}

function branchIn(branch: readonly string[] = [], env: Variables): string | null {
  const name = branch.find((variable) => (env[variable] ?? '') !== '');
  return name === undefined ? null : branchNamed(name, env[name]);
}
