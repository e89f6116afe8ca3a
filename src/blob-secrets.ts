import { detect } from './detect.ts';
import type { Unread } from './model/coverage.ts';
import type { Fingerprint } from './model/secret.ts';
import type { Detection } from './read-fragment.ts';
import type { Scanner } from './scanner.ts';
import type { History } from './sources/source.ts';

/** Which blobs hold which secrets: those that a history brought in, and others that are looked into for an answer. */
export interface BlobSecrets {
  /** Reads what is not known yet; gives where git failed. */
  readonly learn: (oids: Iterable<string>) => Promise<readonly Unread[]>;
  readonly holds: (oid: string, secret: Fingerprint) => boolean;
}

export function blobSecrets(detections: readonly Detection[], history: History, scanner: Scanner): BlobSecrets {
  const held = new Map<string, Set<Fingerprint>>();
  const read = new Set<string>();
  const keep = (found: readonly Detection[]): void => {
    for (const { provenance, identity } of found) {
      if (provenance.kind !== 'object') continue;
      held.set(provenance.oid, (held.get(provenance.oid) ?? new Set()).add(identity));
    }
  };
  keep(detections);
  return {
    learn: async (oids) => {
      const unknown = [...new Set(oids)].filter((oid) => !history.holds(oid) && !read.has(oid));
      for (const oid of unknown) read.add(oid);
      const found = await detect(history.blobs(unknown), scanner);
      keep(found.detections);
      return found.coverage.errors.filter(({ gitFailed }) => gitFailed === true);
    },
    holds: (oid, secret) => held.get(oid)?.has(secret) === true,
  };
}
