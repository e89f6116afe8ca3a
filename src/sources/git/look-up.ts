import type { Secret } from '../../model/secret.ts';
import type { Repository } from './repository.ts';
export interface LookUp {
  readonly places: readonly { inHead: boolean; remoteBranches: readonly string[] }[];
  readonly headOnRemote: readonly string[];
  readonly remotesSearched: number;
  readonly lastFetch: string | null;
}
export async function lookUp(_r: Repository, s: readonly Secret[]): Promise<LookUp> {
  return {
    places: s.map(() => ({ inHead: false, remoteBranches: [] })),
    headOnRemote: [],
    remotesSearched: 0,
    lastFetch: null,
  };
}
