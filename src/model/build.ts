/** What a build is about: a change that asks to be merged, commits that were pushed, or no commits of its own. */
export type BuildKind = 'review' | 'push' | 'tag' | 'schedule' | 'manual';

/** What a build server names; never yet looked up, and never an option of git. */
export type Revision =
  | { readonly kind: 'commit'; readonly id: string }
  | { readonly kind: 'branch'; readonly name: string };

/** What a build server says of the build that runs. */
export interface Build {
  /** "GitHub Actions" */
  readonly ci: string;
  readonly kind: BuildKind;
  /** What the decision rests on: "pull_request, GITHUB_EVENT_PATH". */
  readonly source: string;
  /** What was there before, the best first; none where it is not told, or where nothing was. */
  readonly base: readonly Revision[];
  /** The tip of what is built, the best first; none for HEAD. */
  readonly head: readonly Revision[];
  /** HEAD is the merge that the server made of the base, its first parent, and the change. */
  readonly isMergeRef: boolean;
  /** The branch that is built, by its short name: its own remote-tracking branch says nothing of what was there before. */
  readonly branch: string | null;
  /** Names of branches that become known by it; a name can hold a key, too. */
  readonly names: readonly string[];
  /** Who can read the repository, where it is told. */
  readonly visibility: 'private' | 'public' | null;
  /** How this system is told to clone everything: "fetch-depth: 0 for actions/checkout". */
  readonly deepen: string;
}
