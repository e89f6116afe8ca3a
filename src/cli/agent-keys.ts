import { ruleset } from '#compiled/ruleset';
import type { FoundKey } from '../agents/agent-reason.ts';
import type { EventText } from '../agents/event-text.ts';
import { decide } from '../config/decide.ts';
import { detect } from '../detect.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Fragment, RawPath } from '../model/fragment.ts';
import { createScanner, type Scanner } from '../scanner.ts';
import type { Repository } from '../sources/git/repository.ts';
import type { Source } from '../sources/source.ts';
import { windowsOf } from '../sources/windows.ts';
import { withOwnKeys } from './own-keys.ts';
import type { LoadedPolicy } from './policy-from.ts';
import { policyOfHead } from './read-policy.ts';
import { scannerFor } from './run-scan.ts';

/** Everything that looks for keys in what an agent sends. */
export interface KeySearch {
  readonly shown: (text: string) => string;
  /** Throws `KeyguardError` where a part could not be looked at: then nobody knows. */
  readonly find: (text: EventText, path: RawPath | null) => Promise<readonly FoundKey[]>;
}

/** With all rules, those of the repository and the values of its `.env` files; outside of one without these. */
export async function openKeySearch(host: Host, opening: Promise<Repository | null>): Promise<KeySearch> {
  const builtIn = createScanner(ruleset);
  const repository = await opening;
  const policy = repository === null ? null : await policyOfHead(repository, host);
  const ruled = policy === null ? builtIn : await scannerFor(policy, builtIn);
  const { scanner } = await withOwnKeys(ruled, repository?.top ?? host.cwd, [], [], host);
  return {
    shown: scanner.sink.text,
    find: (text, path) => findKeys(text, path, scanner, policy),
  };
}

async function findKeys(
  text: EventText,
  path: RawPath | null,
  scanner: Scanner,
  policy: LoadedPolicy | null,
): Promise<readonly FoundKey[]> {
  const { detections, coverage } = await detect(sourceOf(text, path, scanner), scanner);
  if (coverage.errors.length > 0 || coverage.scanned !== coverage.expected) {
    throw new KeyguardError('unread', 'a part of the event could not be looked at, so it does not go on; send less.');
  }
  return detections.flatMap(({ finding, kind, offset, end, path: at }) => {
    if (kind === 'advise' && policy?.failOn !== 'warning') return [];
    // A comment beside a key that an agent writes is written by the agent.
    const decision = policy === null ? null : decide(policy, { ...finding, path: at, allow: null });
    return decision?.kind === 'suppress' ? [] : [{ finding, start: offset, end }];
  });
}

function sourceOf({ bytes }: EventText, path: RawPath | null, { overlap }: Scanner): Source {
  const fragment: Fragment = {
    provenance: path === null ? { kind: 'stdin', name: null } : { kind: 'file', places: [path] },
    countsAs: 1,
    windows: () => windowsOf(once(bytes), overlap),
  };
  return {
    scope: { kind: 'stdin', detail: 'the event of an agent' },
    expected: 1,
    skipped: [],
    fragments: async function* () {
      yield fragment;
    },
    before: null,
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}
