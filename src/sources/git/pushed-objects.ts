import { rawPathFrom, rawPathFromText } from '../../model/fragment.ts';
import type { CommitChange } from './commit-changes.ts';
import { readObjects } from './objects.ts';
import type { Unreadable } from './range-fragments.ts';
import { splitAtNul } from './raw-diff.ts';
import type { Git } from './run.ts';
import { runGit } from './run.ts';

/** What can be pushed besides commits. */
export interface PushedObjects {
  /** Annotated tags, those that they name included. */
  readonly tags: readonly string[];
  /** The files of trees, and blobs, that a tag names in the place of a commit. */
  readonly files: readonly CommitChange[];
  readonly unread: readonly Unreadable[];
}

/** Follows tags to what they name: a tree, a blob, another tag. Commits are left to the list of commits. */
export async function pushedObjects(git: Git, oids: readonly string[]): Promise<PushedObjects> {
  const tags = new Set<string>();
  const files: CommitChange[] = [];
  const unread: Unreadable[] = [];
  let left = [...new Set(oids)];
  while (left.length > 0) {
    const named: string[] = [];
    for await (const answer of readObjects(git, left)) {
      if (answer.kind === 'missing')
        unread.push({ message: `Object ${answer.oid} is missing or corrupt; run git fsck.` });
      else if (answer.type === 'tree') files.push(...(await filesIn(git, answer.oid)));
      else if (answer.type === 'blob') files.push(added(answer.oid, '100644', rawPathFromText(answer.oid)));
      else if (answer.type === 'tag') {
        tags.add(answer.oid);
        named.push(await namedBy(answer.chunks()));
      }
    }
    left = named.filter((oid) => oid !== '' && !tags.has(oid));
  }
  return { tags: [...tags], files, unread };
}

/** Its first line: `object 1a2b…`. */
async function namedBy(chunks: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk.toString('latin1');
    if (text.includes('\n')) break;
  }
  return /^object (?<oid>[0-9a-f]{40,64})\n/u.exec(text)?.groups?.['oid'] ?? '';
}

async function filesIn(git: Git, tree: string): Promise<readonly CommitChange[]> {
  const { stdout } = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  return splitAtNul(stdout).map((entry) => {
    const tab = entry.indexOf('\t');
    const [mode = '', , oid = ''] = entry.subarray(0, tab).toString('latin1').split(' ');
    return added(oid, mode, rawPathFrom(entry.subarray(tab + 1)));
  });
}

function added(newOid: string, newMode: string, path: CommitChange['path']): CommitChange {
  return { newOid, newMode, old: [{ mode: '000000', oid: null }], path };
}
