import type { Build } from './model/build.ts';
import type { Exposure } from './model/finding.ts';
import type { Fingerprint, Secret } from './model/secret.ts';

/** A server builds what has been pushed; who can read it is claimed only where the server says so. */
export function exposuresInBuild(
  build: Build,
  secrets: ReadonlyMap<Fingerprint, Secret>,
): ReadonlyMap<Fingerprint, Exposure> {
  const exposure = exposureIn(build);
  return new Map([...secrets.keys()].map((fingerprint) => [fingerprint, exposure]));
}

function exposureIn({ ci, visibility }: Build): Exposure {
  switch (visibility) {
    case 'private':
      return { state: 'pushed-private', detail: `${ci} builds it, and says that the repository is private` };
    case 'public':
      return { state: 'pushed', detail: `${ci} builds it, and says that the repository is public` };
    case null:
      return { state: 'pushed', detail: `${ci} builds it; who can read the repository is not known from here` };
  }
}
