import { describe, expect, test } from 'vitest';
import type { LocalCommit, Location } from '../../../src/model/finding.ts';
import { adviceFor, commandsOf, findingOf, headWith, placeIn, said, sink } from './findings.ts';

const HEAD: LocalCommit = headWith();
const OLDER: LocalCommit = { ...HEAD, id: '5e6f7a8b'.repeat(5), parent: '9c0d1e2f'.repeat(5), isHead: false };
const AUTHOR = 'git commit --amend --no-edit --allow-empty --reset-author';

/** What is advised for a finding of a range, of what these commits brought in. */
function advised(
  location: Location,
  ...commits: readonly LocalCommit[]
): { readonly text: string; readonly git: readonly string[] } {
  const advice = adviceFor(findingOf('openai-project-key', { location }), 'local', { scope: 'range' }, commits);
  const git = commandsOf(advice).filter((command) => command.startsWith('git ') && !command.includes('reflog'));
  return { text: said(advice), git };
}

describe('what a commit says itself', () => {
  test.each<[Location['kind'], LocalCommit, string]>([
    ['message', HEAD, 'git commit --amend'],
    ['message', OLDER, 'git rebase -i 9c0d1e2f9c0d'],
    ['message', { ...OLDER, hasMerge: true }, 'git rebase -i --rebase-merges 9c0d1e2f9c0d'],
    ['message', { ...OLDER, parent: null }, 'git rebase -i --root'],
    ['author', HEAD, AUTHOR],
    ['author', OLDER, 'git rebase -i 9c0d1e2f9c0d'],
  ])('as %s is said anew, in the last commit and in an older one', (kind, commit, command) => {
    expect(advised(placeIn(null, kind), commit).git).toEqual([command]);
  });

  test('beside files that hold it is one step more', () => {
    const file = headWith(sink.text('src/app.ts'));
    const { git } = advised(placeIn('src/app.ts'), file, OLDER);
    expect(git).toEqual(['git commit --amend --no-edit --allow-empty -- src/app.ts', 'git rebase -i 9c0d1e2f9c0d']);
    expect(advised(placeIn('src/app.ts'), file).git).toEqual(git.slice(0, 1));
  });
});

describe('what is no commit', () => {
  test.each<[Location['kind'], string]>([
    ['tag', 'Delete the tag (git tag -d) and make it again without the key.'],
    ['ref', 'Give the branch or tag a name without the key'],
  ])('as a %s is made again', (kind, text) => {
    const advice = advised(placeIn(null, kind));
    expect(advice.text).toContain(text);
    expect(advice.git).toEqual([]);
  });
});

describe('a commit of another branch', () => {
  test('is not to be rewritten from here', () => {
    const { text, git } = advised(placeIn('src/app.ts'), { ...OLDER, isElsewhere: true });
    expect(text).toContain('commit 5e6f7a8b5e6f, which is not on the branch that is checked out');
    expect(git).toEqual([]);
  });
});

describe('the name of a file', () => {
  test('is changed in the commit that gave it', () => {
    const name = sink.text('src/named.ts');
    expect(advised(placeIn('src/named.ts', 'path'), headWith(name)).git).toEqual([
      'git commit --amend --no-edit --allow-empty',
    ]);
    const older = advised(placeIn('src/named.ts', 'path'), { ...OLDER, paths: [name] });
    expect(older.text).toContain('git mv the file to a name without the key');
    expect(older.git).toEqual(['git rebase -i 9c0d1e2f9c0d']);
  });
});
